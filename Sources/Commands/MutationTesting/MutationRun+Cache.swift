import Diagnostics
import Murphi
import Mutation
import Options
import Scenarios
import TransitionSystem
import UserCache

extension MutationRun {
  /// The words of the model, whatever its layout and comments say, and all that an outcome depends on
  /// beside them.
  var cacheKey: String {
    let sizes = sizes.map { size in
      "\(size.size.name) \(size.system.constants) \(size.size.settings.words)"
        + " \(size.size.without.sorted().map(\.debugDescription))"
        + size.expectations.map { " \($0.expectedWords)" }.joined()
    }
    let head = [
      plan.programVersion, "\(Self.revision)", "\(plan.trialSeconds) \(plan.comparisonSeconds)",
      "\(lexicalRules)",
    ]
    return ResultCache.key(
      Array((head + sizes).joined(separator: "\n").utf8) + Self.words(of: source, lexicalRules))
  }

  /// Grows when mutants or what becomes of them are found out in another way.
  private static let revision = 3

  /// Runs are kept for the model of a path, whatever it says: they are taken again before they count.
  static func runsKey(_ source: SourceText) -> String {
    ResultCache.key(Array("runs of mutants \(source.path)".utf8))
  }

  /// What mutants change, in words that stay the same where the rest of the model changes.
  static func changes(_ mutants: [Mutant], _ source: SourceText) -> [String] {
    var counts: [String: Int] = [:]
    return mutants.map { mutant in
      let edits = mutant.edits.map { edit in
        let before = String(decoding: source.bytes[edit.span.start..<edit.span.end], as: UTF8.self)
        return "\(before) -> \(edit.replacement)"
      }
      let words = [mutant.kind.rawValue, mutant.declaration.name, mutant.question] + edits
      let change = words.joined(separator: "; ")
      counts[change, default: 0] += 1
      // One of several that say the same in one rule.
      return ResultCache.key(Array("\(change) \(counts[change] ?? 0)".utf8))
    }
  }

  /// The words of a text, each in a line.
  static func words(of text: SourceText, _ rules: LexicalRules) -> [UInt8] {
    var bytes: [UInt8] = []
    for token in Lexer.lex(text, rules: rules).tokens {
      bytes += text.bytes[token.span.start..<token.span.end]
      bytes.append(0x0A)
    }
    return bytes
  }
}

extension CheckSettings {
  /// All that a verdict may depend on.
  fileprivate var words: String {
    "\(engine) \(deadlock) \(symmetry) \(reduction) \(store)"
      + " \(String(describing: maximumStateCount)) \(String(describing: maximumDepth))"
  }
}

extension Scenario {
  /// What is expected beside the verdict.
  fileprivate var expectedWords: String {
    let measures = measures.sorted { $0.key < $1.key }.map {
      "\($0.key.debugDescription) \($0.value)"
    }
    return "\(states.map { "\($0)" } ?? "") \(measures) \(deadRules.sorted())"
  }
}
