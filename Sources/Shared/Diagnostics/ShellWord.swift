/// A path or another text as one word of a shell's command, for commands that people copy.
///
/// Source: POSIX.1-2017, Shell Command Language, 2.2.2 (single quotes).
package func shellWord(_ text: String) -> String {
  let isPlain =
    !text.isEmpty && !text.hasPrefix("-")
    && text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "_-./:=@%+,".utf8.contains(byte)
      }
    }
  if isPlain { return text }
  // What begins with a dash would be an option.
  let path = text.hasPrefix("-") ? "./" + text : text
  return "'"
    + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
