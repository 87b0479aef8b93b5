import Analysis
import TransitionSystem

/// All conditions that the reduction asks for, each once, with the instances that can change them.
///
/// *Makers* of a condition can turn it from false to true, or to going wrong; *breakers* from true,
/// or from going wrong, to something else; *spoilers* can make it go wrong.
struct PredicateTable: Sendable {
  struct Node: Sendable {
    var kind: Kind
    var comparison = Expression.ComparisonOperator.equal
    var slot = 0
    var constant: Int64 = 0
    var bits: UInt64 = 0
    /// Operands, by position in `operands`.
    var operands = 0..<0
    var canFail = false

    enum Kind: Sendable {
      /// A constant: 0 or 1.
      case constant
      /// A slot has one of some values: those of `bits`, from `constant` on.
      case member
      /// A slot compared with a constant.
      case slot
      /// Whether a slot is undefined: the constant says which answer is wanted.
      case undefined
      /// Evaluated as it stands: number `slot` of `general`.
      case general
      case unknown
      case and
      case or
    }

    /// Whether a value of the slot makes it true.
    @inline(__always)
    func holds(_ value: Int64) -> Bool {
      if kind == .slot { return comparison.holds(value, constant) }
      let position = value &- constant
      // Safe: a distance that wraps around is negative or too large.
      return position >= 0 && position < 64 && bits >> UInt64(position) & 1 == 1
    }
  }

  private(set) var nodes: [Node] = []
  private(set) var operands: [Int] = []
  private(set) var general: [StatePredicate] = []
  private var conditions: [StatePredicate] = []
  private var numbers: [StatePredicate: Int] = [:]
  private(set) var makers = BitMatrix(rowCount: 0, columnCount: 0)
  private(set) var breakers = BitMatrix(rowCount: 0, columnCount: 0)
  private(set) var spoilers = BitMatrix(rowCount: 0, columnCount: 0)

  /// Adds a condition and those that it consists of, and returns its number. Operands have smaller
  /// numbers.
  mutating func insert(_ condition: StatePredicate, _ knowledge: SlotKnowledge) -> Int {
    if let number = numbers[condition] { return number }
    var node = Node(kind: .unknown, canFail: knowledge.canFail(condition))
    if let (slot, bits) = SlotConstraints.bits(condition, knowledge) {
      node.kind = .member
      node.slot = slot
      node.constant = knowledge.types[slot].lower
      node.bits = bits
      return append(node, for: condition)
    }
    switch condition {
    case .constant(let value):
      node.kind = .constant
      node.constant = value ? 1 : 0
    case .compare(let comparison, .slot(let slot), .constant(let constant)):
      node.kind = .slot
      node.slot = slot
      node.comparison = comparison
      node.constant = constant
    case .compare(let comparison, .constant(let constant), .slot(let slot)):
      return insert(.compare(comparison.swapped, .slot(slot), .constant(constant)), knowledge)
    case .compare:
      node.kind = .general
      node.slot = general.count
      general.append(condition)
    case .isUndefined(let slot, let expected):
      node.kind = .undefined
      node.slot = slot
      node.constant = expected ? 1 : 0
    case .opaque:
      break
    case .and(let parts), .or(let parts):
      let numbers = parts.map { insert($0, knowledge) }
      node.operands = operands.count..<operands.count + numbers.count
      operands += numbers
      node.kind = .or
      if case .and = condition { node.kind = .and }
    }
    return append(node, for: condition)
  }

  private mutating func append(_ node: Node, for condition: StatePredicate) -> Int {
    numbers[condition] = nodes.count
    nodes.append(node)
    conditions.append(condition)
    return nodes.count - 1
  }

  /// Finds who changes what, once all conditions are there.
  ///
  /// - Parameter writers: For each slot, the instances that may write to it.
  mutating func link(_ footprints: [Footprint], writers: BitMatrix, slotCount: Int) {
    makers = BitMatrix(rowCount: nodes.count, columnCount: footprints.count)
    breakers = BitMatrix(rowCount: nodes.count, columnCount: footprints.count)
    spoilers = BitMatrix(rowCount: nodes.count, columnCount: footprints.count)
    for (number, node) in nodes.enumerated() {
      switch node.kind {
      case .constant:
        break
      case .slot, .member:
        linkSlot(number, footprints, writers)
      case .undefined:
        writers.forEach(inRow: node.slot) { instance in
          let footprint = footprints[instance]
          let undefines = footprint.mayUndefine(node.slot)
          let defines = footprint.valuesWritten(to: node.slot)?.isEmpty != true
          if node.constant == 1 ? undefines : defines { makers.insert(instance, intoRow: number) }
          if node.constant == 1 ? defines : undefines {
            breakers.insert(instance, intoRow: number)
          }
        }
      case .general, .unknown:
        var reads = SlotSet(slotCount: slotCount)
        conditions[number].insertReads(into: &reads)
        reads.forEach { slot in
          makers.formUnion(row: number, with: writers.row(slot))
          breakers.formUnion(row: number, with: writers.row(slot))
          if node.canFail { spoilers.formUnion(row: number, with: writers.row(slot)) }
        }
      case .and, .or:
        for operand in operands[node.operands] {
          makers.formUnion(row: number, with: makers.row(operand))
          breakers.formUnion(row: number, with: breakers.row(operand))
          if node.canFail {
            spoilers.formUnion(row: number, with: spoilers.row(operand))
            makers.formUnion(row: number, with: spoilers.row(operand))
          }
        }
      }
    }
    conditions = []
    numbers = [:]
  }

  private func linkSlot(_ number: Int, _ footprints: [Footprint], _ writers: BitMatrix) {
    let node = nodes[number]
    writers.forEach(inRow: node.slot) { instance in
      let values = footprints[instance].valuesWritten(to: node.slot)
      let undefines = node.canFail && footprints[instance].mayUndefine(node.slot)
      if undefines { spoilers.insert(instance, intoRow: number) }
      if undefines || values?.contains(where: node.holds) ?? true {
        makers.insert(instance, intoRow: number)
      }
      // Where it goes wrong, whatever is written may end that.
      if node.canFail
        || values?.contains(where: { !node.holds($0) }) ?? true
      {
        breakers.insert(instance, intoRow: number)
      }
    }
  }
}
