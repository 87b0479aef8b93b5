import ArgumentParser
import Diagnostics
import Exploration
import Murphi
import Options
import Report
import TransitionSystem

struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what in a model is not meant, or not for other checkers.",
    usage: "swapcheck lint <paths> ... [<options>]",
    discussion: """
      Examples:
        swapcheck lint Models/hotswap.m
        swapcheck lint --plain Models/hotswap.m > plain.m
        rumur plain.m

      Exit code 1 where something is probably not meant: a name that is given twice
      or not used, a variable that nobody reads or writes, a condition that always or
      never holds. What other checkers take does not change it.
      """)

  @ArgumentParser.Argument(help: "Murphi models.", completion: .file(extensions: ["m"]))
  var paths: [String]

  @OptionGroup var colors: ColorOptions
  @OptionGroup var model: ModelOptions

  @Option(help: "How to write what was found: text or json.")
  var format = OutputFormat.text

  @Flag(help: "Writes the model for Rumur, without our extensions, and says what is left out.")
  var plain = false

  func validate() throws {
    if !model.patching.patches.isEmpty, paths.count != 1 {
      throw ValidationError("--patch goes with one model")
    }
    if plain, paths.count != 1 { throw ValidationError("--plain goes with one model") }
    if plain, format == .json { throw ValidationError("--plain writes a model, and no JSON") }
  }

  func run() throws {
    let overrides = try model.overrides()
    var settings = CheckSettings()
    try Given.apply([(.dialect, model.dialect)], to: &settings)
    let dialect = settings.dialect.dialect
    var worst = Exit.verified
    MemoryReserve.set(.error)
    try LargeStack.run {
      var reports: [JSONValue] = []
      for path in paths {
        do throws(CommandFailure) {
          let source = try ModelFile.read(path, patches: model.patching.patches)
          if plain {
            try writePlain(source, overrides, dialect)
            continue
          }
          let (report, code) = report(source, overrides, dialect)
          worst = Exit.worse(worst, code)
          switch format {
          case .text where code == Exit.error:
            Console.error(report.text(by: Console.errorRenderer))
          case .text: Console.write(report.text(by: Console.outputRenderer))
          case .json: reports.append(report.json)
          }
        } catch {
          error.say()
          worst = Exit.worse(worst, error.code)
        }
      }
      if format == .json {
        Console.write(program: LintReport.document(reports).text + "\n")
      }
    }
    try Exit.end(with: worst)
  }

  private func report(
    _ source: SourceText, _ overrides: [String: Int64], _ dialect: Dialect?
  ) -> (report: LintReport, code: ExitCode) {
    let loaded = MurphiModel.load(source, overrides: overrides, dialect: dialect)
    guard let system = loaded.system else {
      return (LintReport(source, errors: loaded.diagnostics), Exit.error)
    }
    let model = LoadedModel(system: system, source: source, meaning: loaded.meaning)
    let report = LintReport(
      source, system, overrides: overrides, dialect: loaded.meaning.dialect,
      meaning: model.meaningText)
    return (report, report.hasComplaints ? Exit.violated : Exit.verified)
  }

  // MARK: - For Rumur

  private func writePlain(
    _ source: SourceText, _ overrides: [String: Int64], _ dialect: Dialect?
  ) throws(CommandFailure) {
    let loaded = MurphiModel.load(source, overrides: overrides, dialect: dialect)
    let renderer = Console.errorRenderer
    guard let system = loaded.system else {
      throw CommandFailure(renderer.render(loaded.diagnostics, of: source))
    }
    if let constant = system.symbolicConstants.first {
      throw CommandFailure(
        lines: [
          "\(renderer.location(of: constant.span, in: source)): error: Rumur has no symbolic "
            + "constants, and `\(constant.name)` has no value",
          "hint: `swapcheck instantiate --from` writes the model for the values of a counterexample",
        ])
    }
    guard
      let plain = MurphiModel.plain(
        of: source, overrides: overrides, dialect: loaded.meaning.dialect)
    else { throw CommandFailure("\(source.path): error: the model cannot be written plainly") }
    // What Rumur would not take of what is left has no other form there.
    let text = SourceText(path: source.path, text: plain.text)
    if let left = MurphiModel.load(text, dialect: .rumur).system {
      let refusals = Linter.lint(text, left).filter { $0.code == .notInRumur }
      if !refusals.isEmpty { throw CommandFailure(renderer.render(refusals, of: text)) }
    } else {
      let errors = MurphiModel.load(text, dialect: .rumur).diagnostics
      throw CommandFailure(renderer.render(errors, of: text))
    }
    Console.write(program: plain.text)
    for omission in plain.omissions {
      Console.error("\(renderer.location(of: omission.span, in: source)): \(omission.text)")
    }
  }
}
