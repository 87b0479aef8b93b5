import ArgumentParser
import CIntrinsics
import Diagnostics
import Exploration
import Glibc
import Report
import SMT

/// What is kept for the end of a process that is given no more memory: with it a search says what it
/// has found. Where that does not do, the last words are said instead.
enum MemoryReserve {
  /// Enough for a report, and for what a search takes until it asks whether it is to end.
  private static let mostBytes = 8 << 20

  /// Keeps it. Before there is a thread, or much memory.
  static func keep() {
    let left = ProcessLimits.addressesLeft
    memory_reserve_keep(min(mostBytes, (left ?? .max) / 4), left != nil)
    Z3Memory.keep { ProcessLimits.bytesLeft }
    // Elsewhere a stack grows by itself.
    if let left, left > mostBytes / 2 { stack_take() }
  }

  /// Whether what is left of the memory is for showing what has been found.
  static var isShort: Bool { memory_is_short() }

  /// Has what is left be for that from now on.
  static func noteShort() { memory_note_short() }

  /// What is said where nothing can be done any more; nil for what is said by default.
  static func set(_ words: LastWords?) {
    guard let words else {
      _ = memory_set_last_words(nil, 0, STDERR_FILENO, Exit.inconclusive.rawValue)
      return
    }
    var text = words.text
    let isSet = text.withUTF8 {
      memory_set_last_words($0.baseAddress, $0.count, words.descriptor, words.code.rawValue)
    }
    if !isSet { words.say() }
  }

  /// Ends the process with the last words.
  static func end() -> Never { memory_end() }
}

/// What a process says that has to end at once, and the code that it ends with.
struct LastWords: Sendable {
  let text: String
  let descriptor: Int32
  let code: ExitCode

  /// For standard output.
  init(_ text: DisplayText, code: ExitCode = Exit.inconclusive) {
    self.text = Console.isSilent ? "" : text.description
    self.code = code
    descriptor = STDOUT_FILENO
  }

  /// For standard output, as a program reads it.
  init(program text: String, code: ExitCode = Exit.inconclusive) {
    let shown = Console.outputIsTerminal ? DisplayText(document: text).description : text
    self.text = Console.isSilent ? "" : shown
    self.code = code
    descriptor = STDOUT_FILENO
  }

  /// For standard error.
  init(error text: DisplayText, code: ExitCode = Exit.inconclusive) {
    self.text = text.description
    self.code = code
    descriptor = STDERR_FILENO
  }

  /// Of a command that looks for no verdict.
  static let error = LastWords(
    error: "error: \(Wording.limit(.noMemory))\n", code: Exit.error)

  func say() -> Never {
    Console.clearStatus()
    if !Console.isSilent { _ = StandardStreams.write(Array(text.utf8), to: descriptor) }
    fflush(nil)
    _exit(code.rawValue)
  }
}
