/// One line of `/proc/iomem`, taken apart: `start-end : name`.
///
/// Before it may stand blanks, the name of a file and the number of a line as grep writes them, the
/// number that `cat -n` writes, or what a log has before each line.
struct IOMemLine {
  let start: UInt64
  let last: UInt64
  let name: String
  /// Blanks before the range, behind what else stands there.
  let indentation: Int
  /// Digits of the shorter of the two addresses.
  let digitCount: Int

  init?(_ bytes: ArraySlice<UInt8>) {
    if let line = Self(bytes, from: bytes.startIndex) {
      self = line
      return
    }
    // A range stands behind a few words at most, and no word can begin within another.
    var isWithinWord = false
    for at in bytes.indices.prefix(Self.longestPrefix) {
      let isOfWord = Self.isOfWord(bytes[at])
      defer { isWithinWord = isOfWord }
      guard isOfWord, !isWithinWord, let line = Self(bytes, from: at) else { continue }
      guard let indentation = Self.indentation(behind: bytes[..<at]) else { return nil }
      self.init(
        start: line.start, last: line.last, name: line.name, indentation: indentation,
        digitCount: line.digitCount)
      return
    }
    return nil
  }

  private init(
    start: UInt64, last: UInt64, name: String, indentation: Int, digitCount: Int
  ) {
    self.start = start
    self.last = last
    self.name = name
    self.indentation = indentation
    self.digitCount = digitCount
  }

  /// What begins there, after blanks.
  private init?(_ bytes: ArraySlice<UInt8>, from at: Int) {
    var reader = TextReader(bytes[at...])
    reader.skipBlanks()
    let first = reader.remaining.startIndex
    guard let start = reader.hexadecimal() else { return nil }
    let firstCount = reader.remaining.startIndex - first
    guard reader.skip("-") else { return nil }
    let second = reader.remaining.startIndex
    guard let last = reader.hexadecimal() else { return nil }
    let secondCount = reader.remaining.startIndex - second
    // The kernel writes " : "; a name may be empty, and then a copy has lost the last blank.
    guard reader.skipBlanks(), reader.skip(":") else { return nil }
    self.init(
      start: start, last: last, name: reader.rest, indentation: first - at,
      digitCount: min(firstCount, secondCount))
  }

  /// Whether it is RAM whose address is shown.
  var showsRAM: Bool { last > 0 && MemoryRegion.Kind(name: name) == .systemRAM }

  /// Whether another line stands behind the name, as where a mail program has joined lines.
  var hasAnother: Bool {
    let bytes = Array(name.utf8)[...]
    return bytes.indices.dropFirst().contains { at in
      let isBehindBlank = bytes[at - 1] == UInt8(ascii: " ") && bytes[at] != UInt8(ascii: " ")
      return isBehindBlank && (Self(bytes, from: at)?.digitCount ?? 0) >= 8
    }
  }

  private static let longestPrefix = 256

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// How many blanks end what stands before a range; nil if a listing has no such line.
  private static func indentation(behind prefix: ArraySlice<UInt8>) -> Int? {
    let blanks = prefix.reversed().prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let words = prefix.dropLast(blanks.count)
    guard let end = words.last else { return blanks.count }
    switch end {
    case UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: ">"), UInt8(ascii: "*"),
      UInt8(ascii: "+"):
      return blanks.count
    case UInt8(ascii: "-"):
      // A line around one that grep found: `iomem.txt-12-`.
      return words.dropLast().last.map(isDigit) == true ? blanks.count : nil
    default:
      // The number of a line by itself.
      let isNumber = words.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        .allSatisfy(isDigit)
      return isNumber && !blanks.isEmpty ? blanks.count : nil
    }
  }
}
