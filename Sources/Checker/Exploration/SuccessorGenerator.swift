import Evaluation
import Packing
package import Trace
import TransitionSystem

/// What turns states into their successors: the interpreter, or machine code in its place.
///
/// States go in and out packed. One generator is used by one thread at a time.
protocol SuccessorGenerator: AnyObject {
  /// How states are packed.
  var packing: StatePacking { get }

  /// Takes start states, which are left as they are.
  ///
  /// - Parameters:
  ///   - first: The position of the first instance of a start state that has not been taken.
  ///   - batch: Emptied, then filled with as many as fit.
  /// - Returns: The position of the instance behind the last one taken.
  /// - Throws: What could not be decided; the start states before it are in the batch.
  func startStates(from first: Int, into batch: SuccessorBatch) throws(Undecided) -> Int

  /// Fires every enabled rule instance on states, and takes for each successor the state that
  /// stands for its orbit.
  ///
  /// - Parameters:
  ///   - states: The states, one after another.
  ///   - count: How many; at least one, and at most `SuccessorBatch.stateCount`.
  ///   - batch: Emptied, then filled in the order of states and of rule instances.
  /// - Returns: How many states were expanded: at least one, and all that fit.
  /// - Throws: What could not be decided of the first state; the batch means nothing then.
  func expand(
    _ states: UnsafePointer<UInt64>, count: Int, into batch: SuccessorBatch
  ) throws(Undecided) -> Int

  /// Evaluates the properties in a state that has not been seen before.
  ///
  /// - Throws: What could not be decided; the inspection means nothing then.
  func inspect(
    _ state: UnsafePointer<UInt64>, into inspection: inout Inspection
  ) throws(Undecided)

  /// How often each cover of the system has been hit within bodies so far.
  var coverHits: [Int] { get }

  /// For each of the system's `Antecedents`, whether it has been true in an inspected state.
  var antecedentsHeld: [Bool] { get }

  /// For each of the system's remarks, whether it has been met.
  var remarksMet: [Bool] { get }
}

/// What the properties say about one state.
package struct Inspection {
  /// Whether anything has been noted. Most states have nothing to be noted: what is asked of each of
  /// them is this alone, which spares a tenth of the instructions of a search for invariants.
  package private(set) var isNoted = false
  /// Whether an assumption fails: the state is discarded.
  package private(set) var isDiscarded = false
  /// The first invariant that does not hold, or what went wrong while evaluating a property.
  package private(set) var violation: Violation.Kind?
  /// Covers that are hit, by number.
  package private(set) var coversHit: [Int] = []
  /// Instances of liveness properties, by number, that hold here.
  package private(set) var livenessHeld: [Int] = []
  /// Instances of measures, by number, each with a value that it can have here: with symbolic
  /// constants there can be several of one.
  package private(set) var measures: [(instance: Int, value: Int64)] = []

  package init() {}

  /// What ends the evaluation of properties.
  enum End {
    case discards
    case violates(Violation.Kind)
  }

  /// Notes what ends it, unless something has before.
  mutating func end(by end: End) {
    guard !isDiscarded, violation == nil else { return }
    isNoted = true
    switch end {
    case .discards: isDiscarded = true
    case .violates(let kind): violation = kind
    }
  }

  mutating func noteCover(_ number: Int) {
    isNoted = true
    coversHit.append(number)
  }

  mutating func noteLiveness(_ instance: Int) {
    isNoted = true
    livenessHeld.append(instance)
  }

  mutating func noteMeasure(_ instance: Int, _ value: Int64) {
    isNoted = true
    measures.append((instance, value))
  }

  mutating func removeAll() {
    if !isNoted { return }
    isNoted = false
    isDiscarded = false
    violation = nil
    if !coversHit.isEmpty { coversHit.removeAll(keepingCapacity: true) }
    if !livenessHeld.isEmpty { livenessHeld.removeAll(keepingCapacity: true) }
    if !measures.isEmpty { measures.removeAll(keepingCapacity: true) }
  }
}
