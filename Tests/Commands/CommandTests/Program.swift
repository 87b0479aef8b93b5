import Foundation
import TestSupport

/// The program, as users call it.
enum Program {
  static let root = Repository.root

  /// It stands beside the test bundle.
  private static let path = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().appendingPathComponent("swapcheck")

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - folder: Where it is called; else in the repository's root.
  ///   - environment: Variables beside those of the tests.
  ///   - kibibytes: Of addresses that it may have, as by `ulimit -v`.
  ///   - seconds: After which it is interrupted, as by Ctrl-C, from when it listens to that.
  ///   - file: What its standard output goes to; else the text is returned.
  static func run(
    _ arguments: [String], in folder: URL = root, environment: [String: String] = [:],
    addressLimit kibibytes: Int? = nil, interruptedAfter seconds: Double? = nil,
    output file: String? = nil
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
    return try finish(process, interruptedAfter: seconds, output: file)
  }

  private static func finish(
    _ process: Process, interruptedAfter seconds: Double? = nil, output file: String? = nil
  ) throws -> (output: String, errors: String, code: Int32) {
    let (output, errors) = (Pipe(), Pipe())
    if let file {
      process.standardOutput = FileHandle(forWritingAtPath: file)
    } else {
      process.standardOutput = output
    }
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try start(process)
    if let seconds {
      let identifier = process.processIdentifier
      // A queue's threads are all busy with tests.
      Thread.detachNewThread {
        while !listens(identifier) { Thread.sleep(forTimeInterval: 0.02) }
        Thread.sleep(forTimeInterval: seconds)
        kill(identifier, SIGINT)
      }
    }
    func read(_ pipe: Pipe) -> String {
      String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
    let text = file == nil ? read(output) : ""
    let errorText = read(errors)
    process.waitUntilExit()
    return (text, errorText, process.terminationStatus)
  }

  /// Whether a process has a handler for SIGINT, or is there no more (proc_pid_status(5)).
  private static func listens(_ identifier: pid_t) -> Bool {
    guard
      let status = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8),
      let mask = status.firstMatch(of: /SigCgt:\s*([0-9a-f]+)/)?.1,
      let caught = UInt64(mask, radix: 16)
    else { return true }
    return caught & (1 << UInt64(SIGINT - 1)) != 0
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

  /// Runs a script of a shell, which finds the program by its name.
  static func shell(
    _ script: String, in folder: URL
  ) throws -> (output: String, errors: String, code: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = folder
    let programs = path.deletingLastPathComponent().path
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = programs + ":" + (environment["PATH"] ?? "")
    environment["REPO"] = root.path
    process.environment = environment
    return try finish(process)
  }

  /// What a terminal of 80 columns shows of a program, without colours and the status line.
  static func runAtTerminal(
    _ arguments: [String], in folder: URL = root, rows: Int = 24
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/script")
    let words = [path.path] + arguments
    let command = words.map { "'\($0)'" }.joined(separator: " ")
    process.arguments = ["-qec", "stty cols 80 rows \(rows); \(command)", "/dev/null"]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(["NO_COLOR": "1"]) { $1 }
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    // The status line is overwritten from its beginning.
    return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
      .replacing(/\r\u{1B}\[K[^\r\n]*(?=\r\u{1B}\[K)/, with: "").replacing("\r\u{1B}[K", with: "")
  }

  /// Has a folder that is gone afterwards.
  static func inTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  static func write(_ text: String, to name: String, in folder: URL) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }
}
