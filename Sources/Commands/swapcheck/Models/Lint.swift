import ArgumentParser
import Diagnostics
import Exploration
import Murphi
import Report

struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says whether Rumur and CMurphi would accept a model, and what in it they would not.",
    discussion: """
      Example:
        swapcheck lint Models/hotswap.m

      Exit code 0 also where only the other checkers would not accept the model.
      """)

  @Argument(help: "Murphi models.", completion: .file(extensions: ["m"]))
  var paths: [String]

  @OptionGroup var patching: PatchOptions
  @OptionGroup var colors: ColorOptions

  func validate() throws {
    if !patching.patches.isEmpty, paths.count != 1 {
      throw ValidationError("--patch goes with one model")
    }
  }

  func run() throws {
    var worst = Exit.verified
    MemoryReserve.set(.error)
    try LargeStack.run {
      for path in paths {
        do throws(CommandFailure) {
          try lint(path)
        } catch {
          error.say()
          worst = Exit.worse(worst, error.code)
        }
      }
    }
    try Exit.end(with: worst)
  }

  private func lint(_ path: String) throws(CommandFailure) {
    let source = try ModelFile.read(path, patches: patching.patches)
    let loaded = MurphiModel.load(source)
    let renderer = DiagnosticRenderer(usesColor: Console.outputUsesColor)
    guard let system = loaded.system else {
      throw CommandFailure(renderer.render(loaded.diagnostics, of: source))
    }
    let findings = Linter.lint(source, system)
    Console.write(renderer.render(findings, of: source))
    let rumur = findings.contains { $0.code == .notInRumur } ? "no" : "yes"
    let cmurphi = findings.contains { $0.code == .notInCMurphi } ? "no" : "yes"
    Console.write("\(path): accepted by Rumur: \(rumur), by CMurphi: \(cmurphi)\n")
    let model = LoadedModel(system: system, source: source, meaning: loaded.meaning)
    Console.write("\(path): \(model.meaningText.sentence ?? "meaning: Rumur's")\n")
  }
}
