package import SAT
import Symbolic
import TransitionSystem

extension FiniteSystem {
  /// Wires that stand for other ones where the circuit is copied: those of another state for those of the
  /// state. There are as many elements in both.
  func knowing(_ state: [Wire]) -> [Wire?] {
    let inputs = sizes.flatMap(\.inputs)
    return circuit.knowing(Array(zip(self.state, state)) + zip(inputs, inputs))
  }

  /// For each scalarset of which the circuit says it, by its identity, how many elements there are.
  package func counts(_ isTrue: (Wire) -> Bool) -> [Int: Int64] {
    Dictionary(
      sizes.map { size in
        (size.identity, size.least + Int64(size.isThere.prefix { isTrue($0) }.count))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// That there are so many elements.
  func have(_ counts: [Int: ClosedRange<Int64>]) -> [Wire] {
    sizes.flatMap { size -> [Wire] in
      guard let range = counts[size.identity] else { return [] }
      // By number, the element whose presence says that there are more than so many.
      func isMore(_ count: Int64) -> Wire? {
        let position = Int(count - size.least)
        return size.isThere.indices.contains(position) ? size.isThere[position] : nil
      }
      return [isMore(range.lowerBound - 1), isMore(range.upperBound).map { !$0 }].compactMap { $0 }
    }
  }

  /// The state of the system with so many elements that a state of this one stands for: without the slots
  /// that are of others, and with the numbers that values have there.
  func state(_ values: [Int64], among counts: [Int: Int64]) -> [Int64] {
    if counts.isEmpty { return values }
    var found: [Int64] = []
    for variable in system.variables {
      var slot = variable.slot
      variable.type.forEachSlot(within: []) { indices, type in
        let isThere = indices.allSatisfy { $0.type.has($0.value, among: counts) }
        if isThere { found.append(type.number(of: values[slot], among: counts)) }
        slot += 1
      }
    }
    return found
  }
}

extension ScalarType {
  /// Whether a value is no element beyond those that there are.
  fileprivate func has(_ value: Int64, among counts: [Int: Int64]) -> Bool {
    guard let (set, element) = element(at: value) else { return true }
    return counts[set.identity].map { element < $0 } ?? true
  }

  /// What a value is in a system with so many elements: members of a union stand behind fewer others.
  fileprivate func number(of value: Int64, among counts: [Int: Int64]) -> Int64 {
    guard value != Slot.undefined, case .union(let members) = kind else { return value }
    let before = members.filter { $0.offset + Int64($0.type.valueCount ?? 0) <= value }
    return before.reduce(value) { number, member in
      let elements = Int64(member.type.valueCount ?? 0)
      return number - (counts[member.type.identity].map { max(0, elements - $0) } ?? 0)
    }
  }
}
