import Evaluation
public import Trace
public import TransitionSystem

/// What turns states into their successors: the interpreter, or machine code in its place.
///
/// States go in and out packed. One generator is used by one thread at a time.
public protocol SuccessorGenerator: AnyObject {
  /// How states are packed.
  var layout: StateLayout { get }

  /// Takes every start state.
  func startStates(into batch: inout SuccessorBatch)

  /// Fires every enabled rule instance on a state.
  ///
  /// - Parameters:
  ///   - state: `layout.wordCount` words.
  ///   - batch: Emptied, then filled in the order of the rule instances.
  func expand(_ state: UnsafePointer<UInt64>, into batch: inout SuccessorBatch)

  /// Evaluates the properties in a state that has not been seen before.
  func inspect(_ state: UnsafePointer<UInt64>, into inspection: inout Inspection)

  /// How often each cover of the system has been hit within bodies so far.
  var coverHits: [Int] { get }
}

/// What expanding one state gave.
public struct SuccessorBatch {
  /// Successors one after another, each `layout.wordCount` words.
  public var words: [UInt64] = []
  /// For each successor, the instance that led to it, by its position among all instances.
  public var instances: [Int32] = []
  /// What went wrong within guards and actions, with the instance's position.
  public var failures: [(instance: Int32, failure: Violation.Failure)] = []
  /// Whether a successor differs from the state.
  public var hasProgress = false

  public init() {}

  /// Empties the batch and keeps its memory.
  public mutating func removeAll() {
    words.removeAll(keepingCapacity: true)
    instances.removeAll(keepingCapacity: true)
    failures.removeAll(keepingCapacity: true)
    hasProgress = false
  }
}

/// What the properties say about one state.
public struct Inspection {
  /// Whether an assumption fails: the state is discarded.
  public var isDiscarded = false
  /// The first invariant that does not hold, or what went wrong while evaluating a property.
  public var violation: Violation.Kind?
  /// Covers that are hit, by number.
  public var coversHit: [Int] = []
  /// For each instance of a liveness property, whether it holds here.
  public var livenessHolds: [Bool] = []
  /// For each instance of a measure, its value here.
  public var measures: [Int64] = []

  public init() {}

  mutating func removeAll() {
    isDiscarded = false
    violation = nil
    coversHit.removeAll(keepingCapacity: true)
    livenessHolds.removeAll(keepingCapacity: true)
    measures.removeAll(keepingCapacity: true)
  }
}
