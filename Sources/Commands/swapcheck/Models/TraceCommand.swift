import ArgumentParser
import Diagnostics
import Exploration
import RunFormats
import Runs

extension RunFormat: ExpressibleByArgument {}

struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Prints, converts and compares runs that were kept.",
    discussion: """
      Examples:
        swapcheck check MODEL.m --trace run.json
        swapcheck trace run.json
        swapcheck trace run.json --output run.txt
        swapcheck trace run.json --compare other.json

      A run is kept by `swapcheck check --trace`, or is one of those in what
      `swapcheck check --format json` writes.

      Exit codes: 0, with --compare 1 where the runs differ, 2 error.
      """)

  @Argument(
    help: "A kept run, or - for standard input.", completion: .file(extensions: ["json"]))
  var path: String

  @Option(
    help: ArgumentHelp(
      "\(RunFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "NAME"))
  var format: RunFormat?

  @Option(
    help: ArgumentHelp(
      "Which run of the file, from 1, where it has several.", valueName: "NUMBER"))
  var number: Int?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Writes a file; what its name ends in says the form, if --format does not.",
      valueName: "FILE"), completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Says where another kept run parts from this one.", valueName: "FILE"),
    completion: .file(extensions: ["json"]))
  var compare: String?

  func validate() throws {
    if compare != nil, format != nil || output != nil {
      throw ValidationError("--compare prints what differs; it goes without --format and --output")
    }
    if let number, number < 1 { throw ValidationError("--number counts from 1") }
  }

  func run() throws {
    MemoryReserve.set(.error)
    try LargeStack.run {
      let run = try RunFiles.read(path, number)
      if let compare {
        try tell(RunDivergence(run, try RunFiles.read(compare, nil)))
      } else if let output {
        try RunFiles.write([run], to: output, format)
      } else {
        let format = format ?? .text
        Console.write(program: format.write(run, width: Console.outputWidth))
      }
    }
  }

  /// Says where two runs part.
  private func tell(_ divergence: RunDivergence) throws {
    guard !divergence.isNone else { return Console.write("the runs are the same\n") }
    let count = divergence.commonCount
    Console.write("the first \(count) step\(count == 1 ? "" : "s") are the same; then\n")
    Console.write("  \(path): \(title(divergence.next))\n")
    Console.write("  \(compare ?? ""): \(title(divergence.otherNext))\n")
    for difference in divergence.differences {
      Console.write(
        "    \(difference.place) is \(difference.value) and \(difference.other)\n")
    }
    throw Exit.violated
  }

  private func title(_ step: ShownRun.Step?) -> DisplayText {
    step.map { "\($0.title)\($0.fails ? ", which fails" : "")" } ?? "ends"
  }
}
