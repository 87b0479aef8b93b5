import Glibc
import Processes

/// The program `git`, called so that neither variables nor settings of who calls it change what it
/// does: it runs no other program that a repository or a user has configured for showing things, waits
/// for no password, fetches nothing, and says everything in English.
struct Git: Sendable {
  private let program: String
  private let folder: String

  /// The time that one call may take.
  private static let seconds = 120

  /// - Parameter folder: Where it is called.
  init(in folder: String) throws(RevisionError) {
    guard let program = ChildProcess.executable("git") else { throw .noGit }
    self.program = program
    self.folder = folder
  }

  private static let settings = [
    "core.fsmonitor=false", "core.pager=cat", "core.quotePath=false", "diff.orderFile=/dev/null",
    "submodule.recurse=false",
  ]

  /// Whatever begins with `GIT_` names another repository, index or program than is meant here: hooks
  /// are called with some of them.
  private static var environment: [String] {
    ChildProcess.environment.filter {
      !$0.hasPrefix("GIT_") && !$0.hasPrefix("LC_") && !$0.hasPrefix("LANG")
    } + [
      "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1",
      "GIT_LITERAL_PATHSPECS=1", "GIT_PAGER=cat",
    ]
  }

  /// Runs a command of git.
  ///
  /// - Parameter limit: The most bytes that it may write.
  /// - Returns: Whether it has ended well, what it wrote, and the first line of what it complained of.
  func run(
    _ command: [String], limit: Int = 1 << 16
  ) throws(RevisionError) -> (isDone: Bool, output: [UInt8], said: String) {
    let options = Self.settings.flatMap { ["-c", $0] }
    let run: ProgramRun
    do throws(ProgramRun.Failure) {
      run = try ProgramRun.capture(
        [program, "-C", folder, "--no-pager", "--no-replace-objects"] + options + command,
        environment: Self.environment, limit: limit, seconds: Double(Self.seconds))
    } catch {
      switch error {
      case .notStarted:
        throw .failed(command: command.first ?? "", said: "it cannot be started")
      case .tooMuch: throw .tooMuch
      case .tooLate: throw .tooLate(seconds: Self.seconds)
      }
    }
    let lines = run.errors.split(whereSeparator: \.isNewline)
    let line = lines.first { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? lines.first
    let said = line.map { $0.hasPrefix("fatal: ") ? $0.dropFirst("fatal: ".count) : $0 }
    return (run.status == 0, run.output, said.map { String($0.prefix(400)) } ?? "it says nothing")
  }

  /// What a command writes that has to end well.
  func output(_ command: [String], limit: Int = 1 << 16) throws(RevisionError) -> [UInt8] {
    let (isDone, output, said) = try run(command, limit: limit)
    guard isDone else { throw .failed(command: command.first ?? "", said: said) }
    return output
  }
}
