import Diagnostics
import SMT
package import TransitionSystem

/// What has no term here.
package enum NotSymbolic: Error, Sendable, Hashable {
  /// Symbolic constants, products and powers of what is not known, properties that change the state,
  /// values that are handed on undefined to where they are counted with.
  case unsupported
  /// The term would have more parts than are worth it.
  case tooLarge
  /// Something is asked of all instances of a rule or property, and these are too many.
  case tooManyInstances
  /// No more was wanted.
  case stopped
}

/// What the interpreter does, with unknowns in the state. Where the interpreter takes one way, both are
/// taken, each under its condition, and what they leave is chosen by it; loops are unrolled, and calls
/// are gone into (symbolic execution with merging, as in King 1976 and in bounded model checking of
/// programs).
///
/// Memory is as the interpreter has it: the state's slots first, and frames above them.
package struct SymbolicEvaluator {
  let system: TransitionSystem
  let sizes: OpenSizes
  var memory: [SymbolicSlot]
  var frameBase: Int
  /// What is the case where evaluation has come to, beside what was the case where the function was
  /// called. What a function writes into its own frame depends on the first alone.
  var path = Truth.known(true)
  var callPath = Truth.known(true)
  /// Whether something has gone wrong.
  var hasFailed = Truth.known(false)
  /// Whether an assumption has failed, before anything went wrong.
  var isDiscarded = Truth.known(false)
  /// Whether a loop or a call goes on where it is not followed any more.
  var isUnfinished = Truth.known(false)
  /// Whether what is evaluated may change the state, and where it has.
  let mayWriteState: Bool
  var isWritten: [Bool]
  private let stop: StopCondition?
  private var partCount = 0
  private var partsUpToLook = Self.partsBetweenLooks
  var depth = 0

  /// Parts that are evaluated at most.
  private static let mostParts = 20_000_000
  private static let partsBetweenLooks = 4_096

  init(
    _ system: TransitionSystem, _ slots: [SymbolicSlot], _ sizes: OpenSizes, mayWriteState: Bool,
    stop: StopCondition?
  ) {
    self.stop = stop
    (self.system, self.sizes) = (system, sizes)
    self.mayWriteState = mayWriteState
    memory = slots
    isWritten = Array(repeating: false, count: slots.count)
    frameBase = slots.count
  }

  /// Whether a property's expression is true, without anything going wrong.
  ///
  /// - Parameters:
  ///   - states: Those of a system with the same variables.
  ///   - bindings: Of the property's parameters.
  package static func truth(
    of property: Property, _ bindings: [Int64], in system: TransitionSystem, _ states: TypedStates
  ) throws(NotSymbolic) -> Truth {
    let outcome = try outcome(
      of: property, bindings.map { .constant($0) }, in: system, states.slots)
    guard case .known(false) = outcome.isUnfinished else { throw .unsupported }
    return outcome.isTrue & !outcome.hasFailed & !outcome.isDiscarded
  }

  func isNowhere(_ condition: Truth) -> Bool {
    if case .known(false) = condition { true } else { false }
  }

  mutating func push(slotCount: Int) {
    frameBase = memory.count
    memory += Array(repeating: .undefined, count: slotCount)
  }

  mutating func fail(if condition: Truth) {
    if isNowhere(condition) { return }
    hasFailed = hasFailed | (callPath & path & condition & !isDiscarded)
  }

  mutating func discard(if condition: Truth) {
    if isNowhere(condition) { return }
    isDiscarded = isDiscarded | (callPath & path & condition & !hasFailed)
  }

  mutating func leaveUnfinished() { isUnfinished = isUnfinished | (callPath & path) }

  /// Evaluates under a further condition.
  mutating func under<Result>(
    _ condition: Truth, _ body: (inout Self) throws(NotSymbolic) -> Result
  ) throws(NotSymbolic) -> Result {
    let before = path
    path = path & condition
    defer { path = before }
    return try body(&self)
  }

  mutating func countPart() throws(NotSymbolic) { try countParts(1) }

  mutating func countParts(_ count: Int) throws(NotSymbolic) {
    partCount += count
    guard partCount > partsUpToLook else { return }
    if partCount > Self.mostParts { throw .tooLarge }
    partsUpToLook = partCount + Self.partsBetweenLooks
    if stop?.isDue() == true { throw .stopped }
  }

  /// Whether a value lies within bounds.
  func contains(_ bounds: ClosedRange<Int64>, _ value: SymbolicValue) -> Truth {
    let range = value.range
    if bounds.lowerBound <= range.lowerBound, range.upperBound <= bounds.upperBound {
      return .known(true)
    }
    if !bounds.overlaps(range) { return .known(false) }
    let number = value.asNumber
    var holds = Truth.known(true)
    if range.lowerBound < bounds.lowerBound { holds = .term(IntTerm(bounds.lowerBound) <= number) }
    if range.upperBound > bounds.upperBound {
      holds = holds & .term(number <= IntTerm(bounds.upperBound))
    }
    return holds
  }
}

/// What a function has given back, where it has.
struct Returned {
  var contents: [SymbolicSlot]
  var isDone = Truth.known(false)
}
