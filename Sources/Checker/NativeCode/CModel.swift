import Analysis
import Packing
import Symmetry
import TransitionSystem

/// What all emitted functions share: the system, how its states are packed, and what is known of
/// its functions.
struct CModel {
  let system: TransitionSystem
  let packing: StatePacking
  let alike: AlikeElements
  let purity: Purity
  /// Where the model has symbolic constants, what is to be known of them.
  let symbolic: CSymbolicModel?
  /// Functions whose results are kept; nil where loops or calls are counted, which needs each call.
  let recalled: RecalledFunctions?
  /// Whether loop rounds are counted. Left out where the text bounds them below the limit.
  let countsRounds: Bool
  /// Whether calls are counted. Left out where no function can call itself.
  let countsCalls: Bool
  /// As `CallGraph.calleesFirst`.
  let calleesFirst: [Int]?
  /// Functions that may return an undefined value.
  private let undefinedResults: Set<Int>

  init(
    _ system: TransitionSystem, _ packing: StatePacking, _ alike: AlikeElements, countsRounds: Bool
  ) {
    self.system = system
    self.packing = packing
    self.alike = alike
    let calls = CallGraph(system.functions)
    purity = Purity(system, calls)
    symbolic = CSymbolicModel(system, packing, calls)
    calleesFirst = calls.calleesFirst
    undefinedResults = Set(
      system.functions.indices.filter { system.functions[$0].mayReturnUndefined })
    self.countsRounds = countsRounds || calleesFirst == nil
    countsCalls = calleesFirst == nil || !Self.fits(system)
    recalled =
      symbolic == nil || self.countsRounds || countsCalls
      ? nil : calleesFirst.map { RecalledFunctions(system, packing, calleesFirst: $0) }
  }

  /// Whether frames and heights of all calls in the text together are far from the limits.
  private static func fits(_ system: TransitionSystem) -> Bool {
    let functions = system.functions
    guard functions.count < ExecutionLimits.callDepth / 2 else { return false }
    var slots = 0
    var height = 0
    system.forEachPart { part in
      guard case .call(let function) = part else { return }
      slots += functions[function].frameSlotCount + functions[function].resultSlotCount
      height += functions[function].height
    }
    // Each call in the text is active once at most, as no function calls itself.
    return slots < ExecutionLimits.stackSlotCount(of: system) && height < ExecutionLimits.nesting
  }

  /// Whether a call of a function that returns a single value may return an undefined one.
  func mayReturnUndefined(_ function: Int) -> Bool { undefinedResults.contains(function) }

  /// The packing of a slot, which is that of all slots of the same variable and type.
  func field(_ slot: Int) -> StatePacking.FieldSlot { packing.fields[slot] }

  /// The name of a function in C.
  static func name(ofFunction index: Int) -> String { CName.part(.function, index) }

  /// The name of what is called for it.
  func nameForCalls(ofFunction index: Int) -> String {
    recalled?.dependences[index] == nil
      ? Self.name(ofFunction: index) : CName.part(.recalled, index)
  }

  /// Where the slots of a variable begin, by name.
  func slotName(_ offset: Int) -> String {
    // Variables lie one behind the other: the last that begins at the offset or before it.
    var (first, end) = (0, system.variables.count)
    while first < end {
      let middle = (first + end) / 2
      if system.variables[middle].slot <= offset { first = middle + 1 } else { end = middle }
    }
    guard first > 0, !system.variables[first - 1].isHidden else { return String(offset) }
    let variable = system.variables[first - 1]
    let name = CName.variable(variable.name)
    return offset == variable.slot ? name : "\(name) + \(offset - variable.slot)"
  }
}

extension Function {
  /// Whether a single value that is returned may be undefined.
  fileprivate var mayReturnUndefined: Bool {
    var found = false
    body.forEachPart { part in
      if case .statement(let statement) = part, case .result(.scalar(let value)) = statement.kind,
        case .handedOn = value.kind
      {
        found = true
      }
    }
    return found
  }
}
