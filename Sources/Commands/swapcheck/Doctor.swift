import ArgumentParser
import Diagnostics

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what is installed, and what is missing or slower.",
    discussion: """
      Example:
        swapcheck doctor

      Exit code 0 where all that is needed is there, 1 where something is not.
      """)

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    MemoryReserve.set(.error)
    let installation = Installation()
    switch format {
    case .text: Console.write(installation.text(width: Console.outputWidth))
    case .json: Console.write(program: installation.json.text + "\n")
    }
    try Exit.end(with: installation.isSound ? Exit.verified : Exit.violated)
  }
}
