import ArgumentParser
import Diagnostics
import FileSystem
import Glibc
import Report
import Synchronization

/// The terminal, or the pipe in its place.
enum Console {
  static let outputIsTerminal = isatty(STDOUT_FILENO) == 1
  static let errorIsTerminal = isatty(STDERR_FILENO) == 1

  static var outputUsesColor: Bool { usesColor(outputIsTerminal) }
  static var errorUsesColor: Bool { usesColor(errorIsTerminal) }

  /// Whether nothing is written: where several processes do the same, one of them says it.
  private static let isQuiet = Atomic<Bool>(false)

  /// Has nothing be written from now on.
  static func silence() { isQuiet.store(true, ordering: .relaxed) }

  static var isSilent: Bool { isQuiet.load(ordering: .relaxed) }

  /// Waits a second where this process is silent: when one ends with an error, whoever has started them ends
  /// the others, and the one that says what is wrong has to come to that.
  static func waitIfSilent() {
    if isQuiet.load(ordering: .relaxed) { usleep(1_000_000) }
  }

  /// What was asked of colours.
  private static let color = Mutex(ColorChoice.auto)

  static func use(_ choice: ColorChoice) { color.withLock { $0 = choice } }

  private static func usesColor(_ isTerminal: Bool) -> Bool {
    switch color.withLock({ $0 }) {
    case .always: true
    case .never: false
    case .auto: isTerminal && !isPlain
    }
  }

  /// Whether colour is unwanted: the variable is there and not empty (no-color.org).
  private static var isPlain: Bool { getenv("NO_COLOR").map { $0.pointee != 0 } ?? false }

  /// Columns of the terminal; 80 where standard output is none.
  static var outputWidth: Int { outputSize.map { Int($0.ws_col) } ?? 80 }

  /// The size of the terminal; nil where standard output is none, or it does not say.
  private static var outputSize: winsize? {
    var size = winsize()
    guard outputIsTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
    else { return nil }
    return size
  }

  /// How reports are shown here.
  static var reportStyle: ReportStyle {
    var style = ReportStyle()
    style.usesColor = outputUsesColor
    style.width = outputWidth
    style.isTerminal = outputIsTerminal
    if let lines = outputSize?.ws_row, lines > 0 { style.height = Int(lines) }
    return style
  }

  /// How messages are shown on standard error, and on standard output.
  static var errorRenderer: DiagnosticRenderer {
    DiagnosticRenderer(usesColor: errorUsesColor, width: errorIsTerminal ? errorWidth : nil)
  }

  static var outputRenderer: DiagnosticRenderer {
    DiagnosticRenderer(usesColor: outputUsesColor, width: outputIsTerminal ? outputWidth : nil)
  }

  /// Writes a line to standard output, at a terminal in lines that break between words.
  static func write(sentence: DisplayText, indent: DisplayText = "") {
    let lines =
      outputIsTerminal
      ? sentence.wrapped(first: indent, rest: indent + "  ", outputWidth) : [indent + sentence]
    write(lines.joined(separator: "\n") + "\n")
  }

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
    if isQuiet.load(ordering: .relaxed) { return }
    clearStatus()
    if !StandardStreams.write(bytes, to: STDOUT_FILENO) {
      let reason = SystemReason(errno)
      error("error: standard output cannot be written: \(reason)")
      exit(Exit.error.rawValue)
    }
  }

  /// Writes a line to standard error.
  static func error(_ text: DisplayText) {
    if isQuiet.load(ordering: .relaxed) { return }
    clearStatus()
    let line = text.description
    _ = writeAll(line.hasSuffix("\n") ? line : line + "\n", to: STDERR_FILENO)
  }

  /// Writes lines to standard error, at a terminal broken between words.
  static func error(sentences text: DisplayText) {
    guard errorIsTerminal else { return error(text) }
    let lines = text.lines.flatMap { $0.wrapped(rest: "  ", errorWidth) }
    error(lines.joined(separator: "\n"))
  }

  /// Says where a command stands: at a terminal in a line that the next one overwrites, elsewhere in a
  /// line a minute.
  static func status(_ text: DisplayText) {
    if isQuiet.load(ordering: .relaxed) { return }
    let line = DisplayText("\(StatusClock.elapsed)") + ", " + text
    if errorIsTerminal {
      isStatusShown.store(true, ordering: .relaxed)
      // A line that is wrapped could not be overwritten.
      _ = writeAll("\r\u{1B}[K\(line.clipped(to: max(1, errorWidth - 1)))", to: STDERR_FILENO)
    } else if StatusClock.isDue() {
      _ = writeAll("\(line)\n", to: STDERR_FILENO)
    }
  }

  /// Columns of the terminal that standard error is.
  static var errorWidth: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Whether the terminal has a line that says where a command stands.
  private static let isStatusShown = Atomic<Bool>(false)

  /// Takes that line away. Whatever is written does it first; who is to write to the terminal otherwise asks for
  /// it.
  static func clearStatus() {
    guard isStatusShown.exchange(false, ordering: .relaxed) else { return }
    _ = writeAll("\r\u{1B}[K", to: STDERR_FILENO)
  }

  private static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
    StandardStreams.write(Array(text.utf8), to: descriptor)
  }
}
