import ArgumentParser
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
  static func write(_ text: String) {
    if !writeAll(text, to: STDOUT_FILENO) {
      error("error: standard output cannot be written: \(String(cString: strerror(errno)))")
      exit(Exit.error.rawValue)
    }
  }

  /// Writes a line to standard error.
  static func error(_ text: String) {
    clearStatus()
    _ = writeAll(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
  }

  /// Shows a line that the next one overwrites; nothing where standard error is no terminal.
  static func status(_ text: String) {
    guard errorIsTerminal else { return }
    _ = writeAll("\r\u{1B}[K\(text)", to: STDERR_FILENO)
  }

  static func clearStatus() {
    guard errorIsTerminal else { return }
    _ = writeAll("\r\u{1B}[K", to: STDERR_FILENO)
  }

  private static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        return false
      }
      bytes = bytes.dropFirst(written)
    }
    return true
  }
}
