import ArgumentParser
import Glibc

@main
struct Swapcheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swapcheck",
    abstract: "Checks protocols that hand a running machine from one kernel to another.",
    discussion: """
      Examples:
        swapcheck check Models/hotswap.m --set CPUS=4
        swapcheck check                  # all scenarios of swapcheck.yml
        swapcheck simulate Models/hotswap.m --seed 7
        swapcheck fit Models/layouts/dual-cpu.yml

      Exit codes: 0 verified, 1 violated or unexpected, 2 error, 3 inconclusive, 130 interrupted.
      """,
    version: "0.1.0",
    subcommands: [
      Check.self, Simulate.self, Instantiate.self, Fit.self, VerifyProof.self, Lint.self,
      Format.self, EmitC.self,
    ])

  /// A call that is wrong exits like every other error; the parser's own code for it is 64.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      Console.error(fullMessage(for: error))
      Glibc.exit(Exit.error.rawValue)
    }
  }
}
