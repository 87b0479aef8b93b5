import ArgumentParser
import Diagnostics
import Glibc

@main
struct Swapcheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swapcheck",
    abstract: "Checks how a machine goes from one kernel to another.",
    discussion: """
      Examples:
        swapcheck check Models/hotswap.m --set CPUS=4
        swapcheck check                  # all scenarios of swapcheck.yml
        swapcheck review before.m after.m
        swapcheck simulate Models/hotswap.m --seed 7
        swapcheck explore Models/hotswap.m
        swapcheck fit Models/layouts/dual-cpu.yml

      Exit codes: 0 verified, 1 violated or unexpected, 2 error, 3 inconclusive, 130
      interrupted.
      """,
    version: "0.1.0",
    subcommands: [
      Check.self, Prove.self, Review.self, Mutate.self, Simulate.self, Explore.self,
      TraceCommand.self, Conform.self, AutomatonCommand.self,
      Instantiate.self,
      Fit.self,
      VerifyProof.self, Lint.self, Init.self, Code.self, Format.self, EmitC.self, PatchModel.self,
      Hook.self,
      Doctor.self,
    ])

  /// A call that is wrong exits like every other error; the parser's own code for it is 64.
  static func main() {
    StandardStreams.prepare()
    StatusClock.begin()
    MemoryReserve.keep()
    let arguments = Array(CommandLine.arguments.dropFirst())
    if Overview.isWanted(by: arguments) {
      Console.write(Overview.text)
      Glibc.exit(Exit.verified.rawValue)
    }
    do {
      let called = try CalledCommand(arguments, of: Self.self)
      var command = try parse(arguments)
      do {
        try command.run()
      } catch let error as ValidationError {
        // Outside of parsing nobody knows which command it is about.
        throw CommandFailure(
          lines: DisplayText(document: "error: " + error.message).lines.map(\.description)
            + ["  See '\(called.name) --help' for more."])
      }
    } catch let failure as CommandFailure {
      failure.say()
      Console.waitIfSilent()
      Glibc.exit(failure.code.rawValue)
    } catch {
      let code = exitCode(for: error)
      let message = DisplayText(document: fullMessage(for: error))
      if code == .success {
        // Help, or the version.
        if !message.isEmpty { Console.write(message + "\n") }
      } else if !message.isEmpty {
        Console.error(sentences: message)
      }
      if code != .success { Console.waitIfSilent() }
      Glibc.exit(code == .success || error is ExitCode ? code.rawValue : Exit.error.rawValue)
    }
  }

  /// Reads the arguments. What the parser says of wrong ones repeats them, so that they are made
  /// safe to show for that.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    do {
      return try parseAsRoot(arguments)
    } catch {
      let shown = arguments.map { DisplayText($0).description }
      if shown != arguments { _ = try parseAsRoot(shown) }
      throw error
    }
  }
}
