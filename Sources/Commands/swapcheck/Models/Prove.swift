import ArgumentParser
import Checking
import Diagnostics
import Exploration
import Options
import Report
import Trace

struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Proves the invariants of a model, with --any-size for all sizes.",
    usage: "swapcheck prove <path> [<options>]",
    discussion: """
      Examples:
        swapcheck prove Models/classics/peterson.m --with lemmas.m
        swapcheck prove Models/checkpoint.m --any-size --proof checkpoint.proof

      A file of lemmas has invariants over the model's declarations, as the model
      would have them. All are proved together: they hold in start states, and no
      step leaves them. A lemma that is not inductive is named, with a state in
      which all hold and a step behind which it does not.

      Exit codes: 0 where all are proved, 1 where something goes wrong in a run, 2
      error, 3 where that is not decided, 130 interrupted.
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @Option(
    name: .customLong("with"),
    help: ArgumentHelp("A file of invariants.", valueName: "LEMMAS"),
    completion: .file(extensions: ["m"]))
  var lemmas: String?

  @Flag(help: "Proves them for all sizes of the model's scalarsets.")
  var anySize = false

  @Option(
    help: ArgumentHelp(
      "The smallest size that is asked about, of 1; may be repeated.", valueName: "NAME=VALUE"))
  var least: [String] = []

  @Option(
    help: ArgumentHelp("Writes the lemmas that were found to a file.", valueName: "FILE"),
    completion: .file(extensions: ["m"]))
  var write: String?

  @Option(
    help: ArgumentHelp(
      "Writes what was proved to a file that `swapcheck verify-proof` checks.", valueName: "FILE"),
    completion: .file(extensions: ["proof"]))
  var proof: String?

  @Option(help: "How to write what came of it: text or json.")
  var format = OutputFormat.text

  @OptionGroup var model: ModelOptions
  @Option(.timeout) var timeout: String?
  @Option(.deadlock) var deadlock: String?

  private var given: [(CheckOption, String?)] { [(.timeout, timeout), (.deadlock, deadlock)] }

  func validate() throws {
    try Given.check(given)
    if !anySize, !least.isEmpty || write != nil {
      throw ValidationError("--least and --write are for --any-size")
    }
    if anySize, deadlock != nil {
      throw ValidationError("--any-size asks about no deadlocks, so that --deadlock is not for it")
    }
    if proof != nil, path == "-" || !model.patching.patches.isEmpty {
      throw ValidationError("--proof is of a model in a file, as it stands there: not - or --patch")
    }
    for written in [proof, write].compactMap(\.self) where OutputFile.isSame(written, path) {
      throw ValidationError("\(written) would be written over the model")
    }
  }

  func run() throws {
    let overrides = try model.overrides()
    var chosen = CheckSettings()
    try Given.apply(given + [(.dialect, model.dialect)], to: &chosen)
    let settings = chosen
    let stop = StopCondition.forCommand(seconds: settings.timeoutSeconds)
    let unread: @Sendable (ExplorationLimit) -> LastWords = { [path, format] limit in
      ProofResult.lastWords(
        UnreadModel(path: path, limit), format,
        code: limit == .cancelled ? Exit.interrupted : Exit.inconclusive)
    }
    var code = Exit.verified
    try WatchedRun.run(stop, unread) {
      let result = try prove(overrides, settings, stop)
      Console.clearStatus()
      result.write(format, path: path)
      code = result.exitCode
    }
    try Exit.end(with: code)
  }

  private func prove(
    _ overrides: [String: Int64], _ settings: CheckSettings, _ stop: StopCondition
  ) throws -> ProofResult {
    let own = try ModelFile.load(
      path, patches: model.patching.patches, overrides: overrides,
      dialect: settings.dialect.dialect, .named(timeoutSeconds: settings.timeoutSeconds), stop: stop
    )
    let proposed =
      try lemmas.map {
        try Lemmas(
          $0, behind: own, overrides: overrides, stop: stop)
      } ?? Lemmas(ofNobodyBehind: own)
    func writing(_ least: [String: Int64]) -> ProofWriting? {
      proof.map {
        ProofWriting(
          path: $0, own: own, modelPath: path, least: least,
          deadlock: anySize ? .off : settings.deadlock, stop: stop)
      }
    }
    if anySize {
      return try ProofOfAnySize(
        proposed: proposed, path: path, overrides: overrides,
        least: try ModelOptions.overrides(least, flag: "--least"), settings: settings, stop: stop,
        patches: model.patching.patches, written: write, proof: writing
      ).run()
    }
    let request = settings.request(proposed.model.system, stop: stop)
    Console.status("\(path): asking whether all are inductive together")
    let outcome: LemmaCheck.Outcome
    do throws(Objection) {
      outcome = try LemmaCheck.prove(request, CommandWatch(seconds: stop.seconds))
    } catch {
      // Nobody has chosen an engine.
      if case .engineLacks(_, .terms(let reason)) = error {
        throw ModelCheck.failure(reason, own.source)
      }
      throw ModelCheck.failure(error, own.system, own.source)
    }
    let report = LemmaReport(proposed, path: path)
    switch outcome {
    case .proved:
      try writing([:])?.write(proposed, 1, upTo: nil)
      return ProofResult(.proved, report.proved, proposed, least: nil)
    case .undecided(let limit):
      return ProofResult(
        .inconclusive, ProofWords("\(Wording.inconclusive(limit))"), proposed, least: nil)
    case .open(let obstacles):
      // What keeps it from being inductive may be reached, or not.
      if let violation = try ShortRuns.violation(of: own, settings, stop) {
        var result = ProofResult(
          .violated, ProofWords("\(violation.headline)"), proposed, least: nil)
        result.violation = violation
        return result
      }
      var result = ProofResult(.inconclusive, report.open(obstacles), proposed, least: nil)
      result.obstacles = report.json(obstacles)
      return result
    }
  }
}
