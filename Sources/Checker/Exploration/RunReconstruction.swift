import Evaluation
import Packing
import Symmetry
import Trace
import TransitionSystem

/// Finds a run through states that each stand for an orbit.
///
/// A step leads from such a state to one that is then renamed, so elements change their names from
/// step to step. The renamings are undone from the end backwards: the last state stays as it is,
/// and an element that has a name there has had it since the start.
struct RunReconstruction {
  private let space: SearchSpace
  private let interpreter: InterpreterGenerator
  /// What steps are found with; compiled rules give orbits, so not where there is symmetry.
  private let generator: any SuccessorGenerator
  private let canonicalizer: Canonicalizer
  private let batch: SuccessorBatch

  /// - Parameter generator: What the search has used last, if it can be used here.
  init(
    _ space: SearchSpace, _ interpreter: InterpreterGenerator,
    generator: (any SuccessorGenerator)? = nil
  ) {
    self.space = space
    self.interpreter = interpreter
    let givesStates =
      space.symmetry.isEmpty && space.stubbornSets == nil && !space.domain.hasCases
    self.generator = givesStates ? generator ?? interpreter : interpreter
    canonicalizer = Canonicalizer(space.symmetry, packing: space.packing)
    batch = SuccessorBatch(wordCount: space.packing.wordCount)
  }

  /// - Parameter path: The states that the search has gone through; the first stands for the orbit
  ///   of a start state.
  /// - Returns: A run that ends in the last state; nil if there is none, which is a mistake of the
  ///   search.
  func execution(through path: [PackedState], _ valuation: [Int128] = []) -> Execution? {
    guard let named = namedStates(path), let first = named.first else { return nil }
    guard let startInstance = startInstance(of: first) else { return nil }
    var steps: [RuleInstance] = []
    for (state, next) in zip(named, named.dropFirst()) {
      guard expand(state), let position = position(of: next) else { return nil }
      steps.append(space.instances[batch.instances[position]])
    }
    let values = valuation.isEmpty ? space.domain.valuation : valuation
    return try? Replay(system: space.system, valuation: values).run(start: startInstance, steps)
  }

  /// The first instance of a start state that gives a state.
  private func startInstance(of state: PackedState) -> RuleInstance? {
    var next = 0
    while next < space.startInstances.count {
      let first = next
      guard let end = try? interpreter.startStates(from: first, into: batch) else { return nil }
      next = end
      if let position = position(of: state) {
        return space.startInstances[batch.instances[position]]
      }
      guard next > first else { return nil }
    }
    return nil
  }

  /// - Parameter instances: By position; the first of a start state, the others of rules, each
  ///   applied to the state that stands for the orbit of what the one before leads to.
  func execution(by instances: [Int]) -> Execution? {
    var path: [PackedState] = []
    for (step, instance) in instances.enumerated() {
      let isMade =
        step > 0
        ? expand(path[step - 1])
        : (try? interpreter.startStates(from: instance, into: batch)) != nil
      guard isMade,
        let position = (0..<batch.count).first(where: { batch.instances[$0] == instance })
      else { return nil }
      var state = successor(position)
      canonicalizer.canonicalize(&state.words)
      path.append(state)
    }
    return execution(through: path)
  }

  /// Fills the batch with the successors of a state; false where they are not decided.
  private func expand(_ state: PackedState) -> Bool {
    do throws(Undecided) {
      if generator === interpreter {
        try interpreter.expand(state.words, into: batch)
      } else {
        _ = try generator.expand(state.words, count: 1, into: batch)
      }
      return true
    } catch {
      return false
    }
  }

  private func successor(_ position: Int) -> PackedState {
    PackedState(batch.state(position), wordCount: space.packing.wordCount)
  }

  private func position(of state: PackedState) -> Int? {
    (0..<batch.count).first { successor($0) == state }
  }

  // MARK: - Renaming

  /// The states of the path with names that stay the same.
  private func namedStates(_ path: [PackedState]) -> [PackedState]? {
    if space.symmetry.isEmpty { return path }
    var renamings: [Renaming] = []
    for (state, next) in zip(path, path.dropFirst()) {
      guard expand(state), let renaming = renaming(to: next) else { return nil }
      renamings.append(renaming)
    }
    var named = path
    var renaming: Renaming?
    for (position, step) in renamings.enumerated().reversed() {
      renaming = renaming?.after(step) ?? step
      if let renaming { rename(&named[position], by: renaming) }
    }
    return named
  }

  /// What renames a state of the batch to one that stands for its orbit.
  private func renaming(to state: PackedState) -> Renaming? {
    for position in 0..<batch.count {
      var successor = successor(position)
      let renaming = canonicalizer.canonicalizing(&successor.words)
      if successor == state { return renaming }
    }
    return nil
  }

  private func rename(_ state: inout PackedState, by renaming: Renaming) {
    canonicalizer.rename(&state.words, by: renaming)
  }
}
