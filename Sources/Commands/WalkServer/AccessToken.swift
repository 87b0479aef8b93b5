/// What whoever talks to the server has to know: other users of the machine reach the port, too.
package struct AccessToken: Sendable {
  /// 32 hexadecimal digits.
  package let text: String

  /// 128 bits of the system's random source.
  package init() {
    var generator = SystemRandomNumberGenerator()
    let words = (generator.next() as UInt64, generator.next() as UInt64)
    text = Self.digits(words.0) + Self.digits(words.1)
  }

  private static func digits(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether a text is the token. How long that takes does not depend on where they differ.
  package func matches(_ other: some StringProtocol) -> Bool {
    let (own, others) = (Array(text.utf8), Array(other.utf8))
    guard own.count == others.count else { return false }
    var difference: UInt8 = 0
    for position in own.indices { difference |= own[position] ^ others[position] }
    return difference == 0
  }
}
