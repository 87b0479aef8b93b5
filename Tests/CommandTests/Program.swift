import Foundation

/// The program, as users call it.
enum Program {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// It stands beside the test bundle.
  private static let path = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("swapcheck")

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - folder: Where it is called; else in the repository's root.
  ///   - environment: Variables beside those of the tests.
  ///   - kibibytes: Of addresses that it may have, as by `ulimit -v`.
  ///   - seconds: After which it is interrupted, as by Ctrl-C.
  static func run(
    _ arguments: [String], in folder: URL = root, environment: [String: String] = [:],
    addressLimit kibibytes: Int? = nil, interruptedAfter seconds: Double? = nil
  ) throws -> (output: String, errors: String, code: Int32) {
    let process = Process()
    if let kibibytes {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      let script = "ulimit -v \(kibibytes); exec \"$0\" \"$@\""
      process.arguments = ["-c", script, path.path] + arguments
    } else {
      process.executableURL = path
      process.arguments = arguments
    }
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try start(process)
    if let seconds {
      let identifier = process.processIdentifier
      // A queue's threads are all busy with tests.
      Thread.detachNewThread {
        Thread.sleep(forTimeInterval: seconds)
        kill(identifier, SIGINT)
      }
    }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let errorText = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (text, errorText, process.terminationStatus)
  }

  /// Starts a process that signals reach: a queue's threads let none through, and a process inherits
  /// that.
  static func start(_ process: Process) throws {
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
  }
}
