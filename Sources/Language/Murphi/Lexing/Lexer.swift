package import Diagnostics

/// Splits a source text into words.
///
/// Never fails: what is no word is complained about and passed over.
/// Complexity: O(bytes).
package struct Lexer {
  private let bytes: [UInt8]
  private let rules: LexicalRules
  private let stop: StopCondition
  private var looks = 0
  private var offset = 0
  private var tokens: [Token] = []
  private var comments: [SourceSpan] = []
  private var diagnostics: [Diagnostic] = []
  /// Spellings of other languages that have been complained about: each is said once.
  private var foreignSpellings: Set<String> = []

  /// All that a text consists of.
  package struct Output: Sendable {
    /// In order; the last is of kind `end`.
    package let tokens: [Token]
    /// Comments in order, their delimiters included.
    package let comments: [SourceSpan]
    /// Words that one of Rumur and CMurphi reserves, and this text uses as names; the place of each
    /// word's first declaration. So the text is the other tool's.
    package let freedKeywords: [Keyword: SourceSpan]
    package let diagnostics: [Diagnostic]
  }

  /// Splits a text.
  ///
  /// - Parameters:
  ///   - rules: Whose words they are, where the tools differ.
  ///   - stop: When no more is wanted: then the text seems to end.
  package static func lex(
    _ source: SourceText, rules: LexicalRules = .rumur, stop: StopCondition = .init()
  ) -> Output {
    var lexer = Lexer(bytes: source.bytes, rules: rules, stop: stop)
    lexer.run()
    let freed = lexer.tokens.freeDeclaredKeywords()
    return Output(
      tokens: lexer.tokens, comments: lexer.comments, freedKeywords: freed,
      diagnostics: lexer.diagnostics)
  }

  private init(bytes: [UInt8], rules: LexicalRules, stop: StopCondition) {
    self.bytes = bytes
    self.rules = rules
    self.stop = stop
  }

  private mutating func run() {
    if let zero = bytes.firstIndex(of: 0) {
      report(
        .unexpectedCharacter, "this is no text: the byte 0x0 is in none", from: zero, to: zero + 1,
        hint: "a model is a file of text, in UTF-8")
      return append(.end, from: bytes.count)
    }
    if bytes.starts(with: SourceText.byteOrderMark) { offset = SourceText.byteOrderMark.count }
    while offset < bytes.count, !stop.isDue(&looks) { lexOne() }
    append(.end, from: bytes.count)
  }

  private mutating func lexOne() {
    let byte = bytes[offset]
    switch byte {
    case 0x20, 0x09...0x0D:
      offset += 1
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      lexWord()
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      lexNumber()
    case UInt8(ascii: "\""):
      lexString(openedBy: 1)
    case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
      lexLineComment()
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"):
      lexBlockComment()
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/") && peek(2) != UInt8(ascii: "*"):
      lexForeignComment()
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "\\"):
      lexForeign(.and, "/\\", hint: "`&` is *and*")
    case UInt8(ascii: "\\") where peek(1) == UInt8(ascii: "/"):
      lexForeign(.or, "\\/", hint: "`|` is *or*")
    case 0x80...:
      lexUnicode()
    default:
      lexSymbol()
    }
  }

  private func peek(_ distance: Int) -> UInt8 {
    offset + distance < bytes.count ? bytes[offset + distance] : 0
  }

  private mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind: kind, span: SourceSpan(start: start, end: offset)))
  }

  private mutating func report(
    _ code: DiagnosticCode, _ message: String, from start: Int, to end: Int, hint: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(code, message, at: SourceSpan(start: start, end: end), hint: hint))
  }

  // MARK: - Words and numbers

  private mutating func lexWord() {
    let start = offset
    while offset < bytes.count, bytes[offset].isWordByte { offset += 1 }
    guard offset - start <= Keyword.longestByteCount else {
      return append(.identifier, from: start)
    }
    let word = String(decoding: bytes[start..<offset], as: UTF8.self)
    append(Keyword.named(word).map { .keyword($0) } ?? .identifier, from: start)
  }

  /// Decimal, `0x` hexadecimal, or octal with a leading 0 by Rumur's rules; ours are sizes,
  /// `2MiB`.
  private mutating func lexNumber() {
    let start = offset
    var base: UInt64 = 10
    if rules.hasBases, bytes[offset] == UInt8(ascii: "0") {
      if peek(1) | 0x20 == UInt8(ascii: "x") {
        base = 16
        offset += 2
      } else if peek(1).isDigit {
        base = 8
        offset += 1
      }
    }
    let digits = offset
    while offset < bytes.count, bytes[offset].isWordByte { offset += 1 }
    if base != 16, let end = endOfDigits(beforeKeywordIn: digits..<offset) { offset = end }
    if offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "."), bytes[offset + 1].isDigit {
      offset += 1
      while offset < bytes.count, bytes[offset].isWordByte { offset += 1 }
      report(
        .realNumber, "numbers are whole: real arithmetic is not supported", from: start, to: offset)
      return append(.faultyNumber, from: start)
    }
    if let (unit, length) = sizeUnit(endingAt: offset, from: digits) {
      guard let count = value(of: digits..<offset - length, base: base, start: start) else {
        return append(.faultyNumber, from: start)
      }
      let (size, isTooLarge) = count.multipliedReportingOverflow(by: unit)
      if isTooLarge {
        report(
          .numberTooLarge, "the size is beyond \(Int64.max), the greatest number there is",
          from: start, to: offset)
      }
      return append(isTooLarge ? .faultyNumber : .number(size), from: start)
    }
    let number = value(of: digits..<offset, base: base, start: start)
    append(number.map { .number($0) } ?? .faultyNumber, from: start)
  }

  /// Where digits end that a keyword follows at once, as in `1end`; nil if none does.
  private func endOfDigits(beforeKeywordIn word: Range<Int>) -> Int? {
    guard let end = word.first(where: { !bytes[$0].isDigit }), end > word.lowerBound,
      word.upperBound - end <= Keyword.longestByteCount,
      Keyword.named(String(decoding: bytes[end..<word.upperBound], as: UTF8.self)) != nil
    else { return nil }
    return end
  }

  /// The unit that a number ends with, in bytes, and how long its name is.
  private func sizeUnit(endingAt end: Int, from start: Int) -> (unit: Int64, length: Int)? {
    guard end - start > 3 else { return nil }
    switch String(decoding: bytes[end - 3..<end], as: UTF8.self) {
    case "KiB": return (1 << 10, 3)
    case "MiB": return (1 << 20, 3)
    case "GiB": return (1 << 30, 3)
    case "TiB": return (1 << 40, 3)
    default: return nil
    }
  }

  /// What digits amount to; nil after a complaint.
  private mutating func value(of digits: Range<Int>, base: UInt64, start: Int) -> Int64? {
    var value: UInt64 = 0
    var isTooLarge = false
    for position in digits {
      guard let digit = bytes[position].digitValue, digit < base else {
        let name = base == 16 ? "hexadecimal" : base == 8 ? "octal" : "decimal"
        report(
          .malformedNumber, "this is no \(name) number", from: start, to: digits.upperBound,
          hint: base == 8 ? "a leading 0 makes a number octal" : nil)
        return nil
      }
      let product = value.multipliedReportingOverflow(by: base)
      let sum = product.partialValue.addingReportingOverflow(digit)
      isTooLarge = isTooLarge || product.overflow || sum.overflow || sum.partialValue > Int64.max
      value = sum.partialValue
    }
    if digits.isEmpty {
      report(.malformedNumber, "digits are missing behind `0x`", from: start, to: digits.upperBound)
      return nil
    }
    if isTooLarge {
      report(
        .numberTooLarge, "the number is beyond \(Int64.max), the greatest there is", from: start,
        to: digits.upperBound, hint: "numbers have 64 bits, one of them for the sign")
      return nil
    }
    return Int64(value)
  }

  // MARK: - Strings and comments

  /// A string may run over several lines. As in Rumur, one that begins with `"` ends with the next
  /// `"`, and only where the text has none with `”`; one that begins with `“` ends with either.
  ///
  /// - Parameter opening: Bytes of the opening quote.
  private mutating func lexString(openedBy opening: Int) {
    let start = offset
    let isStraight = opening == 1
    guard
      let end = endOfString(from: start + opening, atCurlyQuote: !isStraight)
        ?? (isStraight ? endOfString(from: start + opening, atCurlyQuote: true) : nil)
    else {
      offset = bytes.count
      report(
        .unterminatedString, "the string that begins here never ends", from: start,
        to: start + opening)
      return append(.string, from: start)
    }
    offset = end
    append(.string, from: start)
  }

  /// Where the string that has begun is over, its closing quote included; nil if it never is.
  private func endOfString(from start: Int, atCurlyQuote: Bool) -> Int? {
    var position = start
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\\") where rules.hasEscapes:
        position += isCurlyQuote(at: position + 1) ? 4 : 2
      case UInt8(ascii: "\""):
        return position + 1
      case 0xE2 where atCurlyQuote && isCurlyQuote(at: position):
        return position + 3
      default:
        position += 1
      }
    }
    return nil
  }

  /// Whether `”` stands at a place.
  private func isCurlyQuote(at position: Int) -> Bool {
    bytes[min(position, bytes.count)...].starts(with: [0xE2, 0x80, 0x9D])
  }

  private mutating func lexLineComment() {
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
    comments.append(SourceSpan(start: start, end: offset))
  }

  private mutating func lexBlockComment() {
    let start = offset
    offset += 2
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        offset += 2
        comments.append(SourceSpan(start: start, end: offset))
        return
      }
      offset += 1
    }
    report(
      .unterminatedComment, "the comment that begins here never ends", from: start, to: start + 2)
    comments.append(SourceSpan(start: start, end: offset))
  }

  // MARK: - What other languages write

  /// `//` means nothing; what stands behind it is read as what it is meant to be.
  private mutating func lexForeignComment() {
    let start = offset
    reportForeign(
      "//", from: start, hint: "a comment stands behind `--`, or between `/*` and `*/`")
    lexLineComment()
  }

  /// An operator of TLA+, read as what it is meant to be.
  private mutating func lexForeign(_ symbol: Token.Symbol, _ spelling: String, hint: String) {
    let start = offset
    reportForeign(spelling, from: start, hint: hint)
    offset += spelling.utf8.count
    append(.symbol(symbol), from: start)
  }

  private mutating func reportForeign(_ spelling: String, from start: Int, hint: String) {
    guard foreignSpellings.insert(spelling).inserted else { return }
    report(
      .foreignSpelling, "`\(spelling)` means nothing in Murphi", from: start,
      to: start + spelling.utf8.count, hint: hint)
  }

  /// Behind a character of C such as `'a'`; nil if none begins here.
  private func endOfCharacter(from start: Int) -> Int? {
    if start > 0, bytes[start - 1].isWordByte { return nil }
    let rest = bytes[start...].dropFirst(2).prefix(2)
    return rest.firstIndex(of: UInt8(ascii: "'")).map { $0 + 1 }
  }

  /// What may be meant by a character that means nothing.
  private func hint(forCharacterAt start: Int) -> String? {
    let next = start + 1 < bytes.count ? bytes[start + 1] : 0
    switch bytes[start] {
    case UInt8(ascii: "#"):
      return next.isWordByte
        ? "there is no preprocessor: constants stand behind `const`" : "`!=` is *not equal*"
    case UInt8(ascii: "'"):
      return start > 0 && bytes[start - 1].isWordByte && !next.isWordByte
        ? "no variable has a prime: `x := …` gives `x` its next value"
        : "a string stands between double quotes"
    case UInt8(ascii: "\\"):
      return "`&` is *and*, `|` is *or*, `forall x: t do … end` is *for all*"
    default:
      return nil
    }
  }

  // MARK: - Operators

  private mutating func lexSymbol() {
    let start = offset
    guard let (symbol, length) = Self.symbol(bytes[offset], peek(1), peek(2)) else {
      return skipUnknown()
    }
    offset += length
    append(.symbol(symbol), from: start)
  }

  /// The longest operator that the bytes begin with, and its length.
  private static func symbol(
    _ first: UInt8, _ second: UInt8, _ third: UInt8
  ) -> (Token.Symbol, Int)? {
    switch (Unicode.Scalar(first), Unicode.Scalar(second)) {
    case (":", "="): return (.becomes, 2)
    case (".", "."): return (.dotDot, 2)
    case ("=", "=") where third == UInt8(ascii: ">"): return (.arrow, 3)
    case ("=", "="): return (.doubleEqual, 2)
    case ("-", ">"): return (.implies, 2)
    case ("|", "|"): return (.or, 2)
    case ("&", "&"): return (.and, 2)
    case ("<", "<"): return (.shiftLeft, 2)
    case (">", ">"): return (.shiftRight, 2)
    case ("<", "="): return (.lessOrEqual, 2)
    case (">", "="): return (.greaterOrEqual, 2)
    case ("!", "="): return (.notEqual, 2)
    default: return singles[Int(first)].map { ($0, 1) }
    }
  }

  /// The operators of one byte, by that byte.
  private static let singles: [Token.Symbol?] = {
    var table = [Token.Symbol?](repeating: nil, count: 256)
    for symbol in Token.Symbol.allCases where symbol.rawValue.utf8.count == 1 {
      if let byte = symbol.rawValue.utf8.first { table[Int(byte)] = symbol }
    }
    return table
  }()

  /// Rumur's operators from beyond ASCII.
  private mutating func lexUnicode() {
    let start = offset
    for length in 2...3 where offset + length <= bytes.count {
      let text = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
      if text == "“" { return lexString(openedBy: length) }
      guard let kind = Self.unicodeTokens[text] else { continue }
      offset += length
      return append(kind, from: start)
    }
    skipUnknown()
  }

  /// Passes over bytes that begin no word, with one message for a run of them.
  private mutating func skipUnknown() {
    let start = offset
    if bytes[start] == UInt8(ascii: "'"), let end = endOfCharacter(from: start) {
      offset = end
      report(
        .unexpectedCharacter, "there are no characters", from: start, to: end,
        hint: "a name of an `enum` may stand for one")
      return append(.faultyNumber, from: start)
    }
    repeat { offset += 1 } while offset < bytes.count && !bytes[offset].mayBeginWord
    let byte = bytes[start]
    let shown: String
    if byte > 0x20, byte < 0x7F {
      shown = "`\(Character(Unicode.Scalar(byte)))`"
    } else if byte >= 0x80, let text = String(validating: bytes[start..<offset], as: UTF8.self),
      let scalar = text.unicodeScalars.first, scalar.properties.generalCategory != .control
    {
      shown = "`\(scalar)`"
    } else {
      shown = "the byte 0x\(String(byte, radix: 16, uppercase: true))"
    }
    if byte == UInt8(ascii: "\\"), !foreignSpellings.insert("\\").inserted { return }
    report(
      .unexpectedCharacter, "\(shown) means nothing here", from: start, to: offset,
      hint: hint(forCharacterAt: start))
  }

  private static let unicodeTokens: [String: Token.Kind] = [
    "≔": .symbol(.becomes), "≥": .symbol(.greaterOrEqual), "≤": .symbol(.lessOrEqual),
    "≠": .symbol(.notEqual), "→": .symbol(.implies), "⇒": .symbol(.arrow), "¬": .symbol(.not),
    "∧": .symbol(.and), "∨": .symbol(.or), "÷": .symbol(.slash), "∕": .symbol(.slash),
    "−": .symbol(.minus), "×": .symbol(.star), "∀": .keyword(.forall), "∃": .keyword(.exists),
  ]
}

extension UInt8 {
  fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  fileprivate var isWordByte: Bool {
    let lower = self | 0x20
    return isDigit || self == UInt8(ascii: "_")
      || (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z"))
  }

  /// The value as a digit of a base up to 36.
  fileprivate var digitValue: UInt64? {
    if isDigit { return UInt64(self - UInt8(ascii: "0")) }
    let lower = self | 0x20
    guard lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "z") else { return nil }
    return UInt64(lower - UInt8(ascii: "a")) + 10
  }

  /// Whether a word, white space or an operator may begin with this byte, so that a run of unknown
  /// bytes ends before it.
  fileprivate var mayBeginWord: Bool {
    if self < 0x80 {
      return !(self < 0x09 || (self > 0x0D && self < 0x20) || self == 0x7F)
        && ![UInt8(ascii: "@"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "`")]
          .contains(self)
    }
    return self == 0xE2 || self == 0xC2 || self == 0xC3
  }
}
