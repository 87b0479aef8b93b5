/// A shared object as a compiler leaves it: an ELF file of 64 bits.
///
/// See the System V ABI, chapters 4 and 5, and elf(5).
enum SharedObject {
  /// Whether the file has all bytes that its headers speak of. To load one that has not ends the
  /// process at the first page that is missing; tcc writes such a one without a word when the disk
  /// is full.
  static func isWhole(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 64, Array(bytes[0..<6]) == [0x7F, 0x45, 0x4C, 0x46, 2, 1] else {
      return false
    }
    func number(_ offset: Int, _ count: Int) -> Int? {
      guard offset >= 0, offset <= bytes.count - count else { return nil }
      let value = bytes[offset..<offset + count].reversed().reduce(UInt64(0)) {
        $0 << 8 | UInt64($1)
      }
      return Int(exactly: value)
    }
    /// Whether there are so many bytes from an offset on.
    func has(_ count: Int?, from offset: Int?) -> Bool {
      guard let offset, let count else { return false }
      return offset <= bytes.count && count <= bytes.count - offset
    }
    guard let programs = number(32, 8), let programSize = number(54, 2),
      let programCount = number(56, 2), let sections = number(40, 8),
      let sectionSize = number(58, 2), let sectionCount = number(60, 2),
      programCount > 0, has(programCount * programSize, from: programs),
      has(sectionCount * sectionSize, from: sections)
    else { return false }
    return (0..<programCount).allSatisfy { program in
      let header = programs + program * programSize
      return has(number(header + 32, 8), from: number(header + 8, 8))
    }
  }
}
