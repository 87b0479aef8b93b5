import Evaluation
import NativeCode
import Packing
import TransitionSystem

/// Successors by compiled rules; what they give back, by the interpreter. For one thread.
final class NativeGenerator: SuccessorGenerator {
  let packing: StatePacking
  private let space: SearchSpace
  private let worker: NativeWorker
  /// Made when there is something for it.
  private var fallback: InterpreterGenerator?

  /// - Parameters:
  ///   - antecedentsHeld: For each of the system's `Antecedents`, whether it has been true already.
  ///   - fallback: The generator so far, if there is one; what it has counted still counts.
  init(
    _ space: SearchSpace, _ library: NativeLibrary, antecedentsHeld: [Bool],
    fallback: InterpreterGenerator? = nil
  ) {
    self.space = space
    packing = space.packing
    self.fallback = fallback
    worker = NativeWorker(space, library, antecedentsHeld: antecedentsHeld)
  }

  /// Goes on with the same rules compiled otherwise.
  func use(_ library: NativeLibrary) { worker.use(library) }

  private var interpreter: InterpreterGenerator {
    if let fallback { return fallback }
    let made = InterpreterGenerator(space)
    fallback = made
    return made
  }

  var coverHits: [Int] {
    guard let fallback else { return worker.coverHits }
    return zip(worker.coverHits, fallback.coverHits).map { $0 + $1 }
  }

  var antecedentsHeld: [Bool] {
    guard let fallback else { return worker.antecedentsHeld }
    return zip(worker.antecedentsHeld, fallback.antecedentsHeld).map { $0 || $1 }
  }

  var remarksMet: [Bool] {
    guard let fallback else { return worker.remarksMet }
    return zip(worker.remarksMet, fallback.remarksMet).map { $0 || $1 }
  }

  func startStates(
    from first: Int, into batch: SuccessorBatch
  ) throws(Undecided) -> Int {
    try interpreter.startStates(from: first, into: batch)
  }

  func expand(
    _ states: UnsafePointer<UInt64>, count: Int, into batch: SuccessorBatch
  ) throws(Undecided) -> Int {
    let expanded = worker.expand(states, count: count, into: batch)
    if expanded > 0 || batch.isShort { return expanded }
    // Whatever was given back is taken by the interpreter, which ends too where that is why.
    try worker.throwUndecided()
    return try interpreter.expand(states, count: count, into: batch)
  }

  func inspect(
    _ state: UnsafePointer<UInt64>, into inspection: inout Inspection
  ) throws(Undecided) {
    if worker.inspect(state, into: &inspection) { return }
    try worker.throwUndecided()
    guard space.domain.hasCases else { return try interpreter.inspect(state, into: &inspection) }
    // The interpreter asks for no more than it would have asked for by itself.
    interpreter.vacuity.note(held: worker.antecedentsHeld)
    defer { worker.note(antecedentsHeld: interpreter.antecedentsHeld) }
    try interpreter.inspect(state, into: &inspection)
  }
}
