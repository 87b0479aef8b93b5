import ArgumentParser
import Diagnostics
import Report
import TransitionSystem

/// How much is said of what was found.
struct ReportOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "All that is known, in place of what fits on half a screen.")
  var verbose = false

  @Flag(
    name: .shortAndLong,
    help: "The verdict alone; of scenarios those that are not as expected, and how many are.")
  var quiet = false

  @Flag(help: "With a run to the least and the greatest value of each measure.")
  var runs = false

  @Option(
    help: ArgumentHelp(
      "With a run to the least and the greatest value of the measure of this name; may be repeated.",
      valueName: "MEASURE"))
  var explain: [String] = []

  func validate() throws {
    if verbose, quiet { throw ValidationError("--verbose and --quiet contradict each other") }
    if quiet, runs || !explain.isEmpty {
      throw ValidationError("--quiet has no runs: not with --runs or --explain")
    }
  }

  /// On the terminal that is there.
  var style: ReportStyle {
    var style = Console.reportStyle
    style.detail = quiet ? .verdict : verbose ? .full : .brief
    style.runs = runs ? .all : explain.isEmpty ? .none : .named(explain)
    return style
  }

  /// Sees to it that the model has the measures that are asked about.
  func checkMeasures(of model: LoadedModel) throws(CommandFailure) {
    let names = Set(model.system.properties.filter { $0.kind == .measure }.map(\.name))
    for name in explain where !names.contains(name) {
      let error =
        "\(model.source.path): error: there is no measure \"\(name)\" that could be explained"
      throw CommandFailure(
        lines: [error] + (didYouMean(name, among: names).map { ["hint: \($0)"] } ?? []))
    }
  }
}
