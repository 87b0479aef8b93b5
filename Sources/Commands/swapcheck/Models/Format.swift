import ArgumentParser
import Diagnostics
import Exploration
import Murphi

struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lays models out, in place.",
    discussion: """
      Examples:
        swapcheck format Models/hotswap.m
        swapcheck format --check Models/*.m
      """)

  @Argument(help: "Murphi models.", completion: .file(extensions: ["m"]))
  var paths: [String]

  @Flag(help: "Changes nothing; exit code 1 if something would change.")
  var check = false

  func run() throws {
    var worst = Exit.verified
    MemoryReserve.set(.error)
    try LargeStack.run {
      for path in paths {
        guard let hasChanged = format(path) else {
          worst = Exit.error
          continue
        }
        if hasChanged, check, worst != Exit.error { worst = Exit.violated }
      }
    }
    if worst != Exit.verified { throw worst }
  }

  /// Whether the text changes; nil after a message.
  private func format(_ path: String) -> Bool? {
    guard let source = ModelFile.read(path, .named()) else { return nil }
    let (text, diagnostics) = Formatter.format(source)
    guard let text else {
      let renderer = DiagnosticRenderer(usesColor: Console.errorUsesColor)
      Console.error(renderer.render(diagnostics, of: source))
      return nil
    }
    guard Array(text.utf8) != source.bytes else { return false }
    if check {
      Console.write("\(path): would change\n")
      return true
    }
    return OutputFile.write(text, to: path) ? true : nil
  }
}
