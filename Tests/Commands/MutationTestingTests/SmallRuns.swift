import Diagnostics
import Murphi
import Mutation
import MutationTesting
import Scenarios
import Testing
import TransitionSystem

extension ScenarioFile {
  /// The one scenario that some keys, each in a line with four blanks in front, say of a model.
  static func scenario(_ keys: String) throws -> Scenario {
    let head = "version: 1\nscenarios:\n  - name: size\n    model: m.m\n    expect: holds\n"
    return try #require(try read(head + keys).first)
  }
}

extension MutationReport {
  /// What comes of all mutants of a model at a size; nothing is known from earlier.
  static func of(
    _ source: SourceText, _ sizes: [MutationSize], plan: MutationPlan = MutationPlan(),
    _ progress: @escaping @Sendable (DisplayText) -> Void = { _ in }
  ) throws -> MutationReport {
    var plan = plan
    plan.usesCache = false
    let run = try MutationRun(source, sizes, plan) { constants, _ in
      (try #require(MurphiModel.load(source, overrides: constants).system), .rumur)
    }
    return try run.report(progress)
  }

  /// That of the mutant whose question begins with some words.
  func outcome(_ question: String, in declaration: String? = nil) -> MutantOutcome? {
    results.first {
      $0.mutant.question.hasPrefix(question)
        && $0.mutant.declaration.name == declaration ?? $0.mutant.declaration.name
    }?.outcome
  }
}

extension MutantOutcome {
  /// What noticed it.
  var witness: Witness? { if case .killed(let notice) = self { notice.witness } else { nil } }
}
