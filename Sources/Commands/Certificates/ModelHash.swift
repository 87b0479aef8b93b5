package import Diagnostics
package import Murphi
import RunFormats

/// A hash of what a model says: its words, whatever its comments and layout are, whose meaning it has,
/// and values of constants.
package enum ModelHash {
  /// SHA-256 in hexadecimal digits.
  ///
  /// - Parameter constants: Each in a line, as a file of a proof has them.
  package static func of(
    _ source: SourceText, dialect: Dialect, constants: [String]
  ) -> String {
    var bytes = Array("\(dialect.rawValue)\n".utf8)
    for constant in constants { bytes += Array("\(constant)\n".utf8) }
    bytes += Array("\n".utf8)
    for token in Lexer.lex(source, rules: dialect.lexicalRules).tokens {
      bytes += source.bytes[token.span.start..<token.span.end]
      bytes.append(0x0A)
    }
    return SHA256.hash(bytes).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
