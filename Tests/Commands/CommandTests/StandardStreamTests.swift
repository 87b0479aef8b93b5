import Foundation
import Testing

/// Reports get to where they belong, whole, or it is said that they do not.
@Suite struct StandardStreamTests {
  private static let commands = [
    "check Models/regions.m", "check Models/hotswap.m", "check Models/hotswap.m --format json",
    "simulate Models/hotswap.m", "simulate Models/hotswap.m --format json",
    "fit Tests/Commands/CommandTests/Golden/fit-unique.yml",
    "fit Tests/Commands/CommandTests/Golden/fit-unique.yml --format json",
    "emit-c Models/hotswap.m", "lint Models/hotswap.m", "verify-proof Proofs/layouts/small-vm.smt2",
    "--help", "--version", "check --help", "--generate-completion-script bash",
  ]

  @Test(arguments: commands)
  func aReportThatNobodyGetsIsAnError(command: String) throws {
    let root = Program.root
    for place in ["> /dev/full", ">&-", "<&- >&-", "<&- >&- 2>&-"] {
      let answer = try Program.shell("timeout 60 swapcheck \(command) \(place)", in: root)
      #expect(answer.code == 2, "\(command) \(place)")
      #expect(answer.output.isEmpty)
      if !place.contains("2>") {
        #expect(answer.errors.contains("error: standard output cannot be written: "))
      }
    }
    let whole = try Program.shell("swapcheck \(command) <&-", in: root)
    #expect(!whole.output.isEmpty && whole.code < 2)
  }

  /// Longer than what a pipe holds, and nobody reads it.
  @Test func closedDescriptorsAreNotReused() throws {
    let model = "Models/regions.m"
    let models = Array(repeating: model, count: 6).joined(separator: " ")
    let answer = try Program.shell(
      "timeout 60 swapcheck check \(models) --format json <&- >&-", in: Program.root)
    #expect(answer.code == 2)
    // A compiler, a cache and a solver open files; what goes to standard error stays there.
    let silent = try Program.shell(
      "timeout 60 swapcheck check Models/hotswap.m --executor native <&- 2>&-", in: Program.root)
    #expect(silent.code == 0)
    #expect(silent.output.contains("hotswap.m: verified"))
  }

  /// A pipe that does not wait, as a parent process may leave it: full after 64 KiB.
  @Test func aPipeThatDoesNotWaitGetsAll() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent("swapcheck")
    process.arguments = ["emit-c", "Models/bproc.m"]
    process.currentDirectoryURL = Program.root
    let pipe = Pipe()
    let writing = pipe.fileHandleForWriting.fileDescriptor
    #expect(fcntl(writing, F_SETFL, fcntl(writing, F_GETFL) | O_NONBLOCK) == 0)
    process.standardOutput = pipe
    try process.run()
    // Until the pipe is full.
    Thread.sleep(forTimeInterval: 1)
    let slow = String(
      decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let whole = try Program.shell("swapcheck emit-c Models/bproc.m", in: Program.root)
    #expect(process.terminationStatus == 0)
    #expect(whole.output.utf8.count > 65_536)
    #expect(slow == whole.output)
  }

  @Test func aFileLimitIsAnError() throws {
    try Program.inTemporaryFolder { folder throws in
      let model = Program.root.appendingPathComponent("Models/hotswap.m").path
      let answer = try Program.shell(
        "ulimit -f 1; swapcheck emit-c '\(model)' > rules.c", in: folder)
      #expect(answer.code == 2)
      #expect(answer.errors.contains("standard output cannot be written: File too large"))
    }
  }
}
