import ArgumentParser
import Diagnostics
import Glibc

/// The terminal, or the pipe in its place.
enum Console {
  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
  static let errorIsTerminal = isatty(STDERR_FILENO) == 1

  static var outputUsesColor: Bool { outputIsTerminal && !isPlain }
  static var errorUsesColor: Bool { errorIsTerminal && !isPlain }

  /// Columns of the terminal; 80 where standard output is none.
  static var outputWidth: Int {
    var size = winsize()
    guard outputIsTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether colour is unwanted, by the convention of no-color.org.
  private static let isPlain = getenv("NO_COLOR") != nil

  /// Writes to standard output. If that is gone, there is nobody to tell: the process ends.
  static func write(_ text: DisplayText) { writeOutput(text.description) }

  /// Writes to standard output what is made safe to show already.
  static func write(_ words: LastWords) { writeOutput(words.text) }

  /// Writes a text that another program reads, such as C or a model, to standard output: as it is,
  /// unless a terminal would act on what is in it.
  static func write(program text: String) {
    writeOutput(outputIsTerminal ? DisplayText(document: text).description : text)
  }

  /// Writes a text of any bytes that another program reads.
  static func write(program bytes: [UInt8]) {
    guard !outputIsTerminal else {
      return write(program: String(decoding: bytes, as: UTF8.self))
    }
    writeOutput(bytes)
  }

  private static func writeOutput(_ text: String) { writeOutput(Array(text.utf8)) }

  private static func writeOutput(_ bytes: [UInt8]) {
    if !StandardStreams.write(bytes, to: STDOUT_FILENO) {
      let reason = String(cString: strerror(errno))
      error("error: standard output cannot be written: \(reason)")
      exit(Exit.error.rawValue)
    }
  }

  /// Writes a line to standard error.
  static func error(_ text: DisplayText) {
    clearStatus()
    let line = text.description
    _ = writeAll(line.hasSuffix("\n") ? line : line + "\n", to: STDERR_FILENO)
  }

  /// Shows a line that the next one overwrites; nothing where standard error is no terminal.
  static func status(_ text: DisplayText) {
    guard errorIsTerminal else { return }
    _ = writeAll("\r\u{1B}[K\(text)", to: STDERR_FILENO)
  }

  static func clearStatus() {
    guard errorIsTerminal else { return }
    _ = writeAll("\r\u{1B}[K", to: STDERR_FILENO)
  }

  private static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    StandardStreams.write(Array(text.utf8), to: descriptor)
  }
}
