import Glibc

/// A command that was run to its end, or to its time limit.
struct Execution {
  enum Status: Equatable {
    case exited(Int32)
    case killed(signal: Int32)
    case timedOut
  }

  let status: Status
  /// What the command wrote to standard output and standard error, in the order of writing; files
  /// of the directory are named without it.
  let output: String

  /// Runs a command and waits for it.
  ///
  /// - Parameters:
  ///   - arguments: The command, looked up in PATH, and its arguments.
  ///   - directory: Where its output is kept while it runs.
  ///   - outputFile: The name of the file with the output; created or emptied.
  ///   - timeoutSeconds: After how long it is killed.
  /// - Throws: `missing` if there is no such command; `system`.
  init(
    _ arguments: [String], in directory: borrowing TemporaryDirectory, outputFile: String,
    timeoutSeconds: Int
  ) throws(OracleError) {
    let outputPath = directory.path(of: outputFile)
    let process = try Self.spawn(arguments, outputPath: outputPath)
    status = try Self.wait(for: process, timeoutSeconds: timeoutSeconds)
    output = try Self.text(ofFile: outputPath).replacing(directory.path(of: ""), with: "")
  }

  private static func spawn(
    _ arguments: [String], outputPath: String
  ) throws(OracleError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, STDOUT_FILENO, outputPath, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)

    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let result = posix_spawnp(&process, arguments.first ?? "", &actions, nil, words, environ)
    switch result {
    case 0: return process
    case ENOENT:
      let command = arguments.first ?? ""
      throw .missing(command: command, install: "apt-get install \(command)")
    default: throw .system(call: "posix_spawnp", errorNumber: result)
    }
  }

  /// Polls, because Linux has no wait with a time limit that works without signal handlers: first
  /// every millisecond, since most steps are short.
  private static func wait(
    for process: pid_t, timeoutSeconds: Int
  ) throws(OracleError) -> Status {
    let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
    var pauseMicroseconds: UInt32 = 500
    var code: Int32 = 0
    while true {
      let result = waitpid(process, &code, WNOHANG)
      if result == process { break }
      if result < 0, errno != EINTR { throw .system(call: "waitpid", errorNumber: errno) }
      if ContinuousClock.now > deadline {
        kill(process, SIGKILL)
        waitpid(process, &code, 0)
        return .timedOut
      }
      usleep(pauseMicroseconds)
      pauseMicroseconds = min(10_000, pauseMicroseconds * 5 / 4)
    }
    let signal = code & 0x7f
    return signal == 0 ? .exited((code >> 8) & 0xff) : .killed(signal: signal)
  }

  private static func text(ofFile path: String) throws(OracleError) -> String {
    guard let stream = fopen(path, "r") else { throw .system(call: "fopen", errorNumber: errno) }
    defer { fclose(stream) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, stream)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
