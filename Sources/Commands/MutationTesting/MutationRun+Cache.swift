import Diagnostics
import Murphi
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
  private static let revision = 2

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
