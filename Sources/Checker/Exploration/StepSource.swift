import Diagnostics
package import Evaluation
import Packing
import Symmetry

/// The steps that lead on from single states, for whoever goes through a system in another way than a search:
/// by the interpreter first, and by compiled rules as soon as they are there. For one thread.
package final class StepSource {
  package let space: SearchSpace
  private let interpreter: InterpreterGenerator
  private var native: NativeGenerator?
  private var executor: ExecutorSwitch
  private let batch: SuccessorBatch
  private var expandedCount = 0

  /// - Parameter options: Of these, who executes rules.
  package init(_ space: SearchSpace, _ options: ExplorationOptions) {
    self.space = space
    interpreter = InterpreterGenerator(space)
    executor = ExecutorSwitch(space, options)
    batch = SuccessorBatch(wordCount: space.packing.wordCount)
    executor.wait { !space.stop.isDue() }
  }

  deinit { executor.cancel() }

  /// Why rules were to be compiled and are not.
  package var compilationFailure: String? { executor.failure.map { "\($0)" } }

  /// Words of a state.
  package var wordCount: Int { space.packing.wordCount }

  /// The most states whose steps are asked for at once.
  package static let mostStates = SuccessorBatch.stateCount

  /// Calls `body` with each start state; what goes wrong in one leaves it out.
  package func forEachStart(_ body: (UnsafePointer<UInt64>) -> Void) throws(Undecided) {
    let canonicalizer = Canonicalizer(space.symmetry, packing: space.packing)
    var position = 0
    while position < space.startInstances.count {
      position = try interpreter.startStates(from: position, into: batch)
      batch.canonicalize(by: canonicalizer)
      for number in 0..<batch.count { body(UnsafePointer(batch.state(number))) }
      if batch.isShort { throw .stopped }
    }
  }

  /// Calls `body` for all steps from some states.
  ///
  /// - Parameters:
  ///   - states: One after another.
  ///   - count: How many, at most `mostStates`.
  ///   - step: Given the position of the state, the instance by its number, and where it leads. What goes
  ///     wrong in a step leads nowhere.
  /// - Returns: Of how many states these were all steps: at least one.
  /// - Throws: What was not decided of the first state.
  package func expand(
    _ states: UnsafePointer<UInt64>, count: Int,
    step: (_ state: Int, _ instance: Int, _ successor: UnsafePointer<UInt64>) -> Void
  ) throws(Undecided) -> Int {
    lookForCode()
    let generator: any SuccessorGenerator = native ?? interpreter
    let expanded = try generator.expand(states, count: count, into: batch)
    if batch.isShort { throw .stopped }
    expandedCount += expanded
    var position = 0
    for state in 0..<expanded {
      while position < batch.ends[state] {
        step(state, batch.instances[position], UnsafePointer(batch.state(position)))
        position += 1
      }
    }
    return expanded
  }

  /// What the properties say of a state.
  package func inspect(
    _ state: UnsafePointer<UInt64>, into inspection: inout Inspection
  ) throws(Undecided) {
    inspection.removeAll()
    let generator: any SuccessorGenerator = native ?? interpreter
    try generator.inspect(state, into: &inspection)
  }

  /// Takes compiled rules where they have come.
  private func lookForCode() {
    guard let library = executor.poll(stateCount: expandedCount) else { return }
    if let native {
      native.use(library)
    } else {
      native = NativeGenerator(
        space, library, antecedentsHeld: interpreter.antecedentsHeld, fallback: interpreter)
    }
  }
}
