import ArgumentParser
import Report

/// Which variants and sizes of a model are checked.
struct VariantOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Checks the models without their rules of this name; may be repeated.", valueName: "RULE"))
  var without: [String] = []

  @Option(
    help: ArgumentHelp(
      "Checks the model with all these values of a constant; may be repeated, for all combinations.",
      valueName: "NAME=1..8"))
  var sweep: [String] = []

  @Option(
    help: ArgumentHelp(
      "A layout that symbolic constants keep to: ITEM_base and ITEM_size are its items'.",
      valueName: "layout.yml"),
    completion: .file(extensions: ["yml"]))
  var layout: String?
}

/// Where a search is that has no room in the memory of one process.
struct PlaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of --store disk: an empty one, or one that is made.", valueName: "FOLDER"),
    completion: .directory)
  var disk: String?

  @Flag(
    help:
      "Shares the search with the other processes that mpirun or srun has started (docs/cluster.md)."
  )
  var cluster = false
}

/// Which scenarios run, where no model is named.
struct ScenarioOptions: ParsableArguments {
  @Option(help: "Runs the scenarios with this tag alone.")
  var tag: String?

  @Option(
    name: .customLong("changed-since"),
    help: ArgumentHelp(
      "Runs the scenarios alone that have changed since a revision, or with REV... since the current "
        + "commit left it.", valueName: "REV"))
  var changedSince: String?

  @Option(
    help: ArgumentHelp(
      "The seconds that all scenarios or sizes together may take; what is not run then is said.",
      valueName: "SECONDS"))
  var budget: Double?

  @Flag(
    name: .customLong("no-cache"),
    help: "Runs scenarios also where nothing has changed since they came out as expected.")
  var noCache = false

  @Option(help: "The file of scenarios.")
  var scenarios = "swapcheck.yml"
}

/// What is written of what was found, and where to.
struct OutputOptions: ParsableArguments {
  @Option(help: "text, json, markdown, mail, junit or sarif.")
  var format = CheckFormat.text

  @Option(
    name: .customLong("max-errors"),
    help: ArgumentHelp(
      "How many violations are shown, each of another property or by another rule.",
      valueName: "COUNT"))
  var maximumErrorCount = 1

  @Option(
    help: ArgumentHelp(
      "Keeps the runs to what is violated; the name of the file says the form: .json for "
        + "`swapcheck trace`, or another of its forms.", valueName: "FILE"),
    completion: .file())
  var trace: String?

  @Option(
    help: ArgumentHelp(
      "Writes digest and counts, which `swapcheck verify-proof` compares with another search.",
      valueName: "FILE"),
    completion: .file(extensions: ["json"]))
  var evidence: String?

  @Option(
    name: .customLong("dump-smt"),
    help: ArgumentHelp(
      "Writes each question that is put to Z3 into this folder, as SMT-LIB.", valueName: "DIR"))
  var dumpSMT: String?
}
