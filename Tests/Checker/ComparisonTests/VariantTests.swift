import Checking
import Comparison
import Diagnostics
import Exploration
import Foundation
import Murphi
import Patches
import TestSupport
import Testing
import Trace
import TransitionSystem

/// What the variants of the shipped models change, against what their heads say of it in a line
/// `Review:`.
@Suite struct VariantTests {
  /// Models with more states than that take longer than the rest together.
  private static let mostStates = 10_000

  @Test(arguments: RepositoryModel.variants.enumerated().map { ($0, $1) })
  func theHeadSaysWhatChanges(number: Int, variant: RepositoryModel) throws {
    let path = try #require(variant.patch)
    let stated = try variant.patchMessage().first { $0.hasPrefix("Review: ") }
      .map { String($0.dropFirst("Review: ".count)) }
    let head = try Self.model(try variant.source())
    let source = try RepositoryModel(variant.path).source()
    // A variant may need another size, and is compared with the model of that size.
    let constants = DeclarationChange.resized(
      ModelPair(base: try Self.model(source), head: head))
    let base = try Self.model(source, constants)
    let pair = ModelPair(base: base, head: head)
    var request = CheckRequest(pair.base.system)
    request.options.executor = .auto
    request.options.maximumStateCount = Self.mostStates
    guard let comparison = BehaviourComparison.compare(pair, request) else {
      Issue.record("\(path): there is no product of it and its model")
      return
    }
    guard let words = Self.words(comparison, pair) else { return }
    #expect(words == stated, "\(path)")
    // The interpreter takes a second for each, and knows no symbolic constants.
    if number % 8 == 0, base.system.symbolicConstants.isEmpty {
      try compareByStateSets(comparison, pair, request, path)
    }
  }

  /// Small models have the same answers by the second way: runs of the same lengths.
  private func compareByStateSets(
    _ comparison: BehaviourComparison, _ pair: ModelPair, _ request: CheckRequest, _ path: String
  ) throws {
    guard comparison.method == .product else { return }
    var request = request
    request.options.maximumStateCount = 1_500
    let bySets = BehaviourComparison.compareByStateSets(pair, request)
    for (first, second) in [
      (comparison.added, bySets.added), (comparison.removed, bySets.removed),
    ] {
      switch (first, second) {
      case (_, .undecided): break
      case (.none, .none): break
      case (.run(let run), .run(let other)):
        #expect(run.execution.steps.count == other.execution.steps.count, "\(path)")
      default: Issue.record("\(path): \(first) and \(second)")
      }
    }
  }

  private static func model(
    _ source: SourceText, _ constants: [String: Int64] = [:]
  ) throws -> ModelPair.Model {
    return ModelPair.Model(
      system: try #require(MurphiModel.load(source, overrides: constants).system), source: source)
  }

  /// `adds "rule", removes "rule"`, or `other values`; nil where a limit was reached.
  private static func words(_ comparison: BehaviourComparison, _ pair: ModelPair) -> String? {
    var words: [String] = []
    for (verb, answer, system) in [
      ("adds", comparison.added, pair.head.system),
      ("removes", comparison.removed, pair.base.system),
    ] {
      switch answer {
      case .none: break
      case .undecided: return nil
      case .run(let run):
        let rules = run.isStart ? system.startStates : system.rules
        words.append("\(verb) \"\(rules[run.step.rule].name)\"")
      }
    }
    if !words.isEmpty { return words.joined(separator: ", ") }
    switch comparison.values {
    case .different?: return "other values"
    case .undecided?: return nil
    default: return "nothing"
    }
  }
}

extension RepositoryModel {
  /// The lines in front of a variant's diff.
  fileprivate func patchMessage() throws -> [String] {
    let path = try #require(patch)
    let text = try String(
      contentsOf: Repository.root.appendingPathComponent(path), encoding: .utf8)
    return try Patch(SourceText(path: path, text: text)).messageLines
  }
}
