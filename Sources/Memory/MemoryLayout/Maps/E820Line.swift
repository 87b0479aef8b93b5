/// One line of a kernel log that concerns the e820 map; nil for any other line.
///
/// What stands before it does not matter: `[    0.000000] `, `<6>[    0.000000] `,
/// `Nov 25 07:50:00 host kernel: `, or nothing.
///
/// Source: arch/x86/kernel/e820.c of Linux 2.4 to 7.2. Until Linux 3.5 ends were exclusive and
/// types in parentheses; from 7.0 on types are called as in `/proc/iomem`, and gaps are printed. A
/// guest of Xen without hardware virtualisation calls its table `Xen` (arch/x86/xen/setup.c), and
/// the hypervisor prints the machine's own into its own log (xen/arch/x86/e820.c).
enum E820Line: Hashable {
  /// An entry of the table of this name.
  case entry(table: String, AddressRange, type: String)
  /// An entry without a byte, which has no meaning.
  case emptyEntry(table: String)
  /// `… physical RAM map:`, in front of a table.
  case heading(table: String)
  case update(AddressRange, from: String, to: String)
  /// `type` is nil if entries of any type go.
  case remove(AddressRange, type: String?)
  /// A line of this kind that cannot be read.
  case malformed

  /// The tables that the kernel prints, by what stands before each line.
  ///
  /// `modified` and `user` replace the table before them; so does `extended`, which has what did
  /// not fit into the zero page, and `reserve setup_data`, which has what a boot loader passed on.
  static let firmwareTables = [
    "BIOS-e820", "BIOS-e801", "BIOS-88", "Xen", "LGUEST", hypervisorTable,
  ]
  static let laterTables = ["extended", "reserve setup_data", "modified", "user"]

  /// What the hypervisor's table is called here. What it leaves to a kernel is less.
  static let hypervisorTable = "Xen-e820"

  init?(_ bytes: ArraySlice<UInt8>) {
    if let line = Self.change(bytes) ?? Self.heading(bytes) ?? Self.tableLine(bytes) {
      self = line
    } else {
      return nil
    }
  }

  private static func change(_ bytes: ArraySlice<UInt8>) -> E820Line? {
    var reader = TextReader(bytes)
    guard reader.skip(through: "e820: ") else { return nil }
    let isUpdate = reader.skip("update ")
    guard isUpdate || reader.skip("remove ") else { return nil }
    // `update e820 for mtrr` and the like only say what for.
    guard reader.skip("[mem ") else { return nil }
    guard let range = inclusiveRange(&reader) else { return .malformed }
    let types = reader.rest
    guard isUpdate else { return .remove(range, type: types.isEmpty ? nil : typeName(types)) }
    let sides = types.split(separator: " ==> ", omittingEmptySubsequences: false)
    guard sides.count == 2 else { return .malformed }
    return .update(range, from: typeName(String(sides[0])), to: typeName(String(sides[1])))
  }

  private static func heading(_ bytes: ArraySlice<UInt8>) -> E820Line? {
    var reader = TextReader(bytes)
    guard reader.skip(through: " physical RAM map:") else { return nil }
    let headings: [(StaticString, String)] = [
      ("BIOS-provided", "BIOS-e820"), ("modified", "modified"), ("user-defined", "user"),
      ("extended", "extended"),
    ]
    for (word, table) in headings {
      var reader = TextReader(bytes)
      if reader.skip(through: word) { return .heading(table: table) }
    }
    return nil
  }

  private static func tableLine(_ bytes: ArraySlice<UInt8>) -> E820Line? {
    if let line = hypervisorLine(bytes) { return line }
    for end in bytes.indices.dropLast()
    where bytes[end] == UInt8(ascii: ":") && bytes[end + 1] == UInt8(ascii: " ") {
      guard let table = tables.first(where: { isWord($0, before: end, in: bytes) }),
        let line = tableLine(of: String(decoding: table, as: UTF8.self), bytes[(end + 2)...])
      else { continue }
      return line
    }
    return nil
  }

  /// What stands behind a table's name; nil if it is another line that begins with the same word.
  private static func tableLine(of table: String, _ bytes: ArraySlice<UInt8>) -> E820Line? {
    var reader = TextReader(bytes)
    reader.skipBlanks()
    if reader.skip("[mem ") {
      guard let (start, last) = inclusiveEnds(&reader) else { return .malformed }
      return entry(table, AddressRange(start: start, last: last), start, last, reader.rest)
    }
    if reader.skip("[gap ") { return nil }
    // The old form. Such a word and a number may be anything, unless a range follows.
    guard let start = reader.hexadecimal(), reader.skip(" - "), let end = reader.hexadecimal()
    else { return table.hasPrefix("BIOS-") ? .malformed : nil }
    return parenthesized(table, start, end: end, reader)
  }

  /// A line of Xen's own log: `(XEN)  [0000000000000000, 000000000009fbff] (usable)`, or as old
  /// kernels write it.
  private static func hypervisorLine(_ bytes: ArraySlice<UInt8>) -> E820Line? {
    var reader = TextReader(bytes)
    guard reader.skip(through: "(XEN)") else { return nil }
    // Times, as with `console_timestamps`.
    if reader.skip(" ["), reader.skip("20") {
      _ = reader.skip(through: "]")
    } else {
      reader = TextReader(bytes)
      _ = reader.skip(through: "(XEN)")
    }
    guard reader.skipBlanks() else { return nil }
    let isInclusive = reader.skip("[")
    guard let start = reader.hexadecimal(),
      isInclusive ? reader.skip(", ") : reader.skip(" - "), let end = reader.hexadecimal(),
      !isInclusive || reader.skip("]")
    else { return nil }
    guard isInclusive else { return parenthesized(hypervisorTable, start, end: end, reader) }
    return end == .max
      ? .malformed : parenthesized(hypervisorTable, start, end: end + 1, reader)
  }

  /// An entry whose type stands in parentheses and whose end is behind its last byte.
  private static func parenthesized(
    _ table: String, _ start: UInt64, end: UInt64, _ reader: TextReader
  ) -> E820Line {
    let type = reader.rest
    guard type.hasPrefix("("), type.hasSuffix(")") else { return .malformed }
    let range = end > 0 ? AddressRange(start: start, last: end - 1) : nil
    return entry(table, range, start, end &- 1, String(type.dropFirst().dropLast()))
  }

  /// An entry that ends one byte before it starts is empty; one that ends earlier is broken.
  private static func entry(
    _ table: String, _ range: AddressRange?, _ start: UInt64, _ last: UInt64, _ type: String
  ) -> E820Line {
    // In JSON the text ends there.
    let type = typeName(String(type.prefix { $0 != "\"" }))
    // The rest would stand in a line of its own; without it RAM is none.
    guard !["", "System", "kernel", "kernel usable"].contains(type) else { return .malformed }
    // Nor is what stands behind another line in the same one.
    guard type.firstRange(of: "[mem ") == nil, type.firstRange(of: "e820") == nil else {
      return .malformed
    }
    guard let range else { return start &- 1 == last ? .emptyEntry(table: table) : .malformed }
    return .entry(table: table, range, type: type)
  }

  /// From Linux 7.0 on a size may stand before the type: `1.9 GB System RAM`.
  private static func typeName(_ text: String) -> String {
    let words = text.split(separator: " ")
    guard words.count > 1, words[0].allSatisfy({ $0.isNumber || $0 == "." }),
      ["B", "KB", "MB", "GB", "TB", "PB"].contains(words[1])
    else { return words.joined(separator: " ") }
    return words.dropFirst(2).joined(separator: " ")
  }

  private static func inclusiveRange(_ reader: inout TextReader) -> AddressRange? {
    guard let (start, last) = inclusiveEnds(&reader) else { return nil }
    return AddressRange(start: start, last: last)
  }

  private static func inclusiveEnds(_ reader: inout TextReader) -> (UInt64, UInt64)? {
    guard reader.skip("0x"), let start = reader.hexadecimal(), reader.skip("-0x"),
      let last = reader.hexadecimal(), reader.skip("]")
    else { return nil }
    return (start, last)
  }

  private static let tables = (firmwareTables + laterTables).map { Array($0.utf8) }

  /// Whether a word ends there, and no longer word does.
  private static func isWord(
    _ word: [UInt8], before end: Int, in bytes: ArraySlice<UInt8>
  ) -> Bool {
    guard end - bytes.startIndex >= word.count else { return false }
    let start = end - word.count
    guard bytes[start..<end].elementsEqual(word) else { return false }
    guard start > bytes.startIndex else { return true }
    switch bytes[start - 1] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      return false
    default: return true
    }
  }
}
