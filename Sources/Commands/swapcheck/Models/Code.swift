import ArgumentParser
import Diagnostics
import Exploration
import Murphi
import Patches
import Report

struct Code: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says which code the rules of a model stand for.",
    usage: "swapcheck code <path> [<options>]",
    discussion: """
      A comment in front of a rule names its functions, and the locks that they
      hold:
        -- @code kernel/liveupdate/luo_session.c:luo_session_serialize
        -- @holds luo_session_serialize_rwsem(w), session->mutex

      With a patch of the code, as `git diff` and `git format-patch` write it, those
      rules alone are named whose functions it changes.

      Examples:
        swapcheck code Models/luo.m
        git show | swapcheck code Models/luo.m --patch -
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @Option(
    help: ArgumentHelp(
      "A patch of the code that is modelled; - is standard input.", valueName: "FILE"),
    completion: .file(extensions: ["patch", "diff"]))
  var patch: String?

  @OptionGroup var colors: ColorOptions

  @Option(help: "text or json.")
  var format = OutputFormat.text

  func run() throws {
    MemoryReserve.set(.error)
    try LargeStack.run { () throws(CommandFailure) in try report() }
  }

  private func report() throws(CommandFailure) {
    let source = try ModelFile.read(path, .named())
    let references = CodeReferences(source)
    if !references.diagnostics.isEmpty {
      throw CommandFailure(
        Console.errorRenderer
          .render(references.diagnostics, of: source))
    }
    let report = CodeReport(source, references, touched: try touched())
    switch format {
    case .text: Console.write(report.text())
    case .json: Console.write(program: report.document.text + "\n")
    }
  }

  private func touched() throws(CommandFailure) -> TouchedFunctions? {
    guard let patch else { return nil }
    let source = try ModelFile.read(
      patch, .named(), limit: Self.maximumPatchByteCount)
    let touched = TouchedFunctions(source)
    if touched.hunkCount == 0 {
      throw CommandFailure(
        "\(patch): error: there is no hunk, `@@ -line,count +line,count @@`, in this",
        "hint: `git diff`, `git show` and `git format-patch --stdout` write such a patch")
    }
    return touched
  }

  /// A series of patches is larger than a model.
  private static let maximumPatchByteCount = 64 << 20
}
