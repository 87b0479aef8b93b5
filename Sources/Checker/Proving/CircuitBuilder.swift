import Diagnostics
import SAT
import SMT
import Symbolic
import TransitionSystem

/// Writes a transition system as a circuit: each rule once, with unknowns for its parameters.
struct CircuitBuilder {
  let system: TransitionSystem
  let states: TypedStates
  let openSizes: OpenSizes
  let stop: StopCondition
  var lowered = TermCircuit()
  private(set) var slots: [FiniteSystem.SlotWires] = []
  private(set) var sizes: [FiniteSystem.Size] = []

  init(
    _ system: TransitionSystem, mayBeUndefined: [Bool], atLeast least: [Int: Int64],
    looseSlots: Set<Int>, _ stop: StopCondition
  ) throws(NotSymbolic) {
    guard system.pathSlot == nil else { throw .unsupported }
    self.system = system
    self.stop = stop
    openSizes = OpenSizes(of: system, atLeast: least, looseSlots: looseSlots)
    states = TypedStates(of: system, mayBeUndefined: mayBeUndefined, openSizes)
    for set in openSizes.sets {
      // An element is there only where all before it are.
      var isThere = Wire.truth
      var (inputs, presence): ([Wire], [Wire]) = ([], [])
      for (_, name) in set.elements {
        let input = lowered.input()
        isThere = lowered.and(isThere, input)
        lowered.declare(name, as: isThere)
        inputs.append(input)
        presence.append(isThere)
      }
      sizes.append(
        FiniteSystem.Size(
          identity: set.identity, least: least[set.identity] ?? 1, inputs: inputs,
          isThere: presence))
    }
    for unknown in states.unknowns {
      let isDefined = unknown.isDefined.map { lowered.declare($0) }
      let type = unknown.type
      let value =
        type.kind == .boolean
        ? [lowered.declare(unknown.value)]
        : type.lower > type.upper
          ? [] : lowered.declare(unknown.value, within: type.lower...type.upper)
      slots.append(FiniteSystem.SlotWires(type: type, value: value, isDefined: isDefined))
    }
  }

  /// That values are of their types, and that nothing is said of what is undefined.
  mutating func typed(_ areTyped: BoolTerm) throws(NotSymbolic) -> Wire {
    var conditions = [try wire(areTyped)]
    for slot in slots {
      guard let isDefined = slot.isDefined else { continue }
      if slot.type.lower > slot.type.upper { conditions.append(!isDefined) }
      for bit in slot.value { conditions.append(!lowered.and(bit, !isDefined)) }
    }
    return lowered.all(conditions)
  }

  // MARK: - Terms

  mutating func wire(_ term: BoolTerm) throws(NotSymbolic) -> Wire {
    do throws(SMTError) { return try lowered.wire(term) } catch { throw .tooLarge }
  }

  mutating func wire(_ truth: Truth) throws(NotSymbolic) -> Wire {
    switch truth {
    case .known(let value): Wire(value)
    case .term(let term): try wire(term)
    }
  }

  /// The wires of what is in a slot, as the slot has them.
  mutating func wires(
    _ content: SymbolicSlot, of slot: FiniteSystem.SlotWires
  ) throws(NotSymbolic) -> [Wire] {
    let isDefined = try wire(content.isDefined)
    var value: [Wire]
    if slot.value.count == 1, case .truth(let term) = content.value {
      value = [try wire(term)]
    } else {
      do throws(SMTError) {
        value = try lowered.wires(content.value.asNumber, count: slot.value.count)
      } catch {
        throw .tooLarge
      }
    }
    guard slot.isDefined != nil else { return value }
    for position in value.indices { value[position] = lowered.and(value[position], isDefined) }
    return value + [isDefined]
  }

  // MARK: - Choices

  /// Unknowns that choose one of some rules and its parameters, and what they say of each.
  struct Chosen {
    let choice: FiniteSystem.Choice
    /// For each rule that has an instance, whether it is chosen, with its parameters.
    let rules: [(number: Int, isChosen: Wire, parameters: [SymbolicValue])]
  }

  mutating func choice(of rules: [[RuleParameter]], named name: String) throws(NotSymbolic)
    -> Chosen
  {
    let number = "\(name) "
    let most = Int64(max(0, rules.count - 1))
    let ruleWires = lowered.declare(number, within: 0...most)
    var parameters: [(range: ClosedRange<Int64>, wires: [Wire])] = []
    for position in 0..<(rules.map(\.count).max() ?? 0) {
      let ranges = rules.filter { position < $0.count && $0[position].count > 0 }.map {
        $0[position].range
      }
      let range = (ranges.map(\.lowerBound).min() ?? 0)...(ranges.map(\.upperBound).max() ?? 0)
      parameters.append((range, lowered.declare("\(name) \(position)", within: range)))
    }
    var chosen: [(number: Int, isChosen: Wire, parameters: [SymbolicValue])] = []
    for (rule, declared) in rules.enumerated() where declared.allSatisfy({ $0.count > 0 }) {
      var conditions = [try wire(IntTerm(unknown: number).equals(IntTerm(rule)))]
      var values: [SymbolicValue] = []
      for (position, parameter) in declared.enumerated() {
        let term = IntTerm(unknown: "\(name) \(position)")
        conditions.append(try wire(parameter.contains(term)))
        conditions.append(try wire(openSizes.isPresent(term, in: parameter.type)))
        let range = parameter.range
        values.append(
          range.lowerBound == range.upperBound
            ? .constant(range.lowerBound) : .number(term, range))
      }
      chosen.append((rule, lowered.all(conditions), values))
    }
    return Chosen(
      choice: FiniteSystem.Choice(rule: ruleWires, parameters: parameters), rules: chosen)
  }
}

extension RuleParameter {
  /// What its values lie in, where it has some.
  var range: ClosedRange<Int64> {
    let (first, last) = (value(at: 0), value(at: max(0, count - 1)))
    return min(first, last)...max(first, last)
  }

  /// Whether a number is one of its values.
  func contains(_ term: IntTerm) -> BoolTerm {
    let isBetween = IntTerm(range.lowerBound) <= term && term <= IntTerm(range.upperBound)
    guard case .stepped(let first, let step, _) = values, step.magnitude > 1,
      let divisor = Divisor(IntegerValue(step))
    else { return isBetween }
    return isBetween && (term - IntTerm(first)).remainder(by: divisor).equals(0)
  }
}
