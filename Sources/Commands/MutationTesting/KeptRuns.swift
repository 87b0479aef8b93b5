import Synchronization
import Trace
import TransitionSystem

/// The run at whose end a mutant was noticed, by names, so that it can be taken again in the same mutant
/// of a model that has changed elsewhere.
struct KeptRun: Sendable, Equatable {
  let size: String
  /// The first is a start state.
  let steps: [Step]

  struct Step: Sendable, Equatable {
    let rule: String
    let bindings: [Int64]
  }

  /// - Returns: Nil where two rules of the run's have one name.
  init?(_ execution: Execution, of system: TransitionSystem, size: String) {
    self.size = size
    steps = execution.steps.enumerated().map { position, step in
      let rules = position == 0 ? system.startStates : system.rules
      return Step(rule: rules[step.instance.rule].name, bindings: step.instance.bindings)
    }
    guard instances(in: system) == execution.steps.map(\.instance) else { return nil }
  }

  /// The run in a system that may be another one; nil where it has no such rules.
  func instances(in system: TransitionSystem) -> [RuleInstance]? {
    var instances: [RuleInstance] = []
    for (position, step) in steps.enumerated() {
      let rules = position == 0 ? system.startStates : system.rules
      guard
        let number = rules.firstIndex(where: {
          $0.name == step.rule && $0.parameters.count == step.bindings.count
        })
      else { return nil }
      instances.append(RuleInstance(rule: number, bindings: step.bindings))
    }
    return instances
  }

  /// As they are kept: the size, and for each step the rule and its parameters.
  fileprivate var fields: [String] {
    [size] + steps.flatMap { [$0.rule, $0.bindings.map(String.init).joined(separator: " ")] }
  }

  fileprivate init?(_ fields: ArraySlice<String>) {
    guard let size = fields.first, fields.count % 2 == 1 else { return nil }
    self.size = size
    let words = Array(fields.dropFirst())
    steps = stride(from: 0, to: words.count, by: 2).map { position in
      Step(
        rule: words[position],
        bindings: words[position + 1].split(separator: " ").compactMap { Int64($0) })
    }
  }
}

/// Runs at whose ends mutants were noticed, from earlier and from now, by what the mutants change.
final class KeptRuns: Sendable {
  private let known: [String: KeptRun]
  private let found = Mutex<[String: KeptRun]>([:])

  init(_ bytes: [UInt8]) {
    var known: [String: KeptRun] = [:]
    for fields in KeptLines.lines(bytes) where fields.count > 1 {
      known[fields[0]] = KeptRun(fields.dropFirst())
    }
    self.known = known
  }

  subscript(change: String) -> KeptRun? { known[change] }

  func note(_ run: KeptRun?, _ change: String) {
    found.withLock { $0[change] = run }
  }

  /// What is known now of some changes; nil where that is no more than was known.
  func news(of changes: [String]) -> [UInt8]? {
    let found = found.withLock { $0 }
    guard found.contains(where: { known[$0.key] != $0.value }) else { return nil }
    return KeptLines.bytes(
      changes.compactMap { change in
        (found[change] ?? known[change]).map { [change] + $0.fields }
      })
  }
}
