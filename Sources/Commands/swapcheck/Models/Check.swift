import ArgumentParser
import Checking
import Cluster
import Diagnostics
import Exploration
import Options
import Report

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explores all interleavings of a model, or runs swapcheck.yml.",
    discussion: """
      Examples:
        swapcheck check Models/hotswap.m
        swapcheck check Models/hotswap.m --set CPUS=3 --set PROCS=2 --format json
        swapcheck check Models/hotswap.m --patch Models/hotswap/early-free.patch
        swapcheck check Models/hotswap.m --sweep CPUS=2..4 --timeout 60
        swapcheck check Models/hotswap.m --set CPUS=5 --checkpoint kept
        swapcheck check --resume kept
        mpirun -np 8 swapcheck check Models/hotswap.m --cluster
        swapcheck check --tag nightly
        swapcheck check --changed-since origin/main... --budget 300

      Without a model, all scenarios of swapcheck.yml without the tag `nightly` run.
      """)

  @Argument(help: "Murphi models; - is standard input.", completion: .file(extensions: ["m"]))
  var models: [String] = []

  @OptionGroup(title: "Model") var model: ModelOptions
  @OptionGroup(title: "Model") var variant: VariantOptions
  @OptionGroup var search: SearchOptions
  @OptionGroup(title: "Search") var place: PlaceOptions
  @OptionGroup(title: "Long searches") var keeping: CheckpointOptions
  @OptionGroup(title: "Scenarios") var choice: ScenarioOptions
  @OptionGroup(title: "Report") var output: OutputOptions
  @OptionGroup(title: "Report") var reporting: ReportOptions
  @OptionGroup(title: "Report") var colors: ColorOptions

  func validate() throws {
    if let path = models.first(where: { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }) {
      throw ValidationError(
        "\(path) is no model: check runs scenarios by --scenarios \(path), and a layout goes with"
          + " `swapcheck fit`")
    }
    if place.cluster { try validateCluster() }
    if output.evidence != nil {
      guard models.count == 1, models[0] != "-", variant.sweep.isEmpty, variant.layout == nil,
        output.maximumErrorCount == 1
      else {
        throw ValidationError(
          "--evidence is of one search of one model in a file: not of -, --sweep, --layout or"
            + " --max-errors")
      }
    }
    if let evidence = output.evidence {
      for input in models + model.patching.patches where OutputFile.isSame(evidence, input) {
        throw ValidationError("--evidence would be written over \(input), which is read")
      }
    }
    if let disk = place.disk {
      if disk.isEmpty { throw ValidationError("--disk names a folder") }
      guard search.method.store == StoreKind.disk.rawValue,
        !models.isEmpty || keeping.resume != nil
      else { throw ValidationError("--disk goes with models and --store disk") }
    }
    if !(1...1000).contains(output.maximumErrorCount) {
      throw ValidationError("--max-errors is a number from 1 to 1000")
    }
    try validateKeeping()
    let isResumed = keeping.resume != nil
    if models.isEmpty, !isResumed, output.format == .mail {
      throw ValidationError("--format mail is of runs, and goes with models")
    }
    if output.trace != nil, models.count != 1, !isResumed {
      throw ValidationError("--trace goes with one model")
    }
    if models.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be read once: - stands for it")
    }
    if variant.layout != nil, models.isEmpty { throw ValidationError("--layout goes with models") }
    if output.dumpSMT != nil, models.count != 1 {
      throw ValidationError("--dump-smt goes with one model")
    }
    if !model.patching.patches.isEmpty, models.count != 1, !isResumed {
      throw ValidationError("--patch goes with one model")
    }
    if models.isEmpty, !isResumed, reporting.runs || !reporting.explain.isEmpty {
      throw ValidationError("--runs and --explain go with models")
    }
    if models.isEmpty, !isResumed, !variant.without.isEmpty {
      throw ValidationError("--without goes with models; a scenario says it as `without`")
    }
    if !models.isEmpty, choice.changedSince != nil || choice.noCache {
      throw ValidationError(
        "--changed-since and --no-cache are about scenarios and go without models")
    }
    if !models.isEmpty, variant.sweep.isEmpty, choice.budget != nil {
      throw ValidationError("--budget goes with scenarios or with --sweep; see --timeout")
    }
    if !variant.sweep.isEmpty {
      guard models.count == 1 else { throw ValidationError("--sweep goes with one model") }
      if place.disk != nil {
        throw ValidationError("--sweep keeps states in memory, not with --disk")
      }
      if output.dumpSMT != nil || variant.layout != nil || reporting.runs
        || !reporting.explain.isEmpty
      {
        throw ValidationError("--sweep has no runs, and asks no layout")
      }
      guard [.text, .json, .markdown].contains(output.format) else {
        throw ValidationError("--sweep writes a table: --format text, json or markdown")
      }
      _ = try plan()
    }
    if let budget = choice.budget, !(budget > 0 && budget.isFinite) {
      throw ValidationError("--budget is a number of seconds above 0")
    }
    if !models.isEmpty, choice.tag != nil {
      throw ValidationError("--tag chooses among scenarios and goes without models")
    }
  }

  private func validateKeeping() throws {
    guard keeping.isWanted else { return }
    let flag = keeping.resume == nil ? "--checkpoint" : "--resume"
    if keeping.resume == nil ? models.count != 1 : models.count > 1 {
      throw ValidationError("\(flag) goes with one model")
    }
    if models.first == "-" {
      throw ValidationError("\(flag) goes with a model in a file, which can be read again")
    }
    if !variant.sweep.isEmpty || choice.tag != nil || choice.changedSince != nil || choice.noCache
      || choice.budget != nil
    {
      throw ValidationError("\(flag) goes with one search, and not with several")
    }
    if variant.layout != nil || output.dumpSMT != nil {
      throw ValidationError("\(flag) goes without symbolic constants: not with --layout")
    }
  }

  private func validateCluster() throws {
    ClusterRun.silenceOthers()
    let isNamed = models.count == 1 && models[0] != "-"
    guard isNamed || models.isEmpty && keeping.resume != nil, variant.sweep.isEmpty else {
      throw ValidationError("--cluster goes with one model in a file that all machines have")
    }
    if variant.layout != nil || output.dumpSMT != nil {
      throw ValidationError("--cluster goes without symbolic constants: not with --layout")
    }
    if let threads = search.method.threads, threads != "1" {
      throw ValidationError(
        "--cluster has one thread a rank: leave out --threads, and start a rank for each core")
    }
  }

  /// The sizes that are wanted.
  private func plan() throws -> SweepPlan {
    do throws(SweepPlan.Failure) {
      return try SweepPlan(variant.sweep)
    } catch {
      throw ValidationError(error.message)
    }
  }

  func run() throws {
    let overrides = try model.overrides()
    try LargeStack.run {
      // Before all else that can be wrong with one of the ranks.
      let ranks = place.cluster ? try ClusterRun.start() : nil
      let kept: KeptCheck
      do throws(CommandFailure) {
        kept = try KeptCheck(given(overrides), keeping, ranks?.communicator)
      } catch {
        ranks?.finish()
        throw error
      }
      let models = keeping.resume == nil ? models : [kept.check.model]
      if let first = models.first {
        MemoryReserve.set(
          lastWords(of: first, .noMemory, output.format.writer(reporting.style), Exit.verified))
      }
      if models.isEmpty {
        try ScenarioRun(
          path: choice.scenarios, tag: choice.tag, changedSince: choice.changedSince,
          budgetSeconds: choice.budget,
          usesCache: !choice.noCache, format: output.format, style: reporting.style
        ).run()
      } else if !variant.sweep.isEmpty {
        try checkSizes(overrides)
      } else {
        try checkModels(models, kept, ranks)
      }
    }
  }

  /// What is given of one model.
  private func given(_ overrides: [String: Int64]) -> SavedCheck {
    SavedCheck(
      model: models.first ?? "", patches: model.patching.patches, constants: overrides,
      without: variant.without,
      options: SavedCheck.meaning(of: search.given + [(.dialect, model.dialect)]), words: "")
  }

  private func checkSizes(_ overrides: [String: Int64]) throws {
    let plan = try plan()
    if let name = plan.names.first(where: { overrides[$0] != nil }) {
      throw ValidationError("--set and --sweep both say what `\(DisplayText(name))` is")
    }
    try Sweep(
      path: models[0], patches: model.patching.patches, constants: overrides,
      without: variant.without,
      plan: plan, settings: try search.settings(model), budgetSeconds: choice.budget,
      format: output.format,
      style: reporting.style
    ).run()
  }

  private func checkModels(
    _ models: [String], _ kept: KeptCheck, _ ranks: ClusterRun?
  ) throws {
    var writer = output.format.writer(reporting.style)
    let settings = try search.settings(model, settled: kept.settledOptions)
    // A wrong name is said before the search.
    if let trace = output.trace { _ = try RunFiles.format(of: trace) }
    var worst = Exit.verified
    // What is wrong with a model is said once, however often it is named.
    var refused: Set<String> = []
    let folder = try output.dumpSMT.map { try QueryFolder($0) }
    UserInterrupt.listen()
    for path in models where !refused.contains(path) {
      let stop = StopCondition.forCommand(seconds: settings.timeoutSeconds)
      let (before, worstBefore) = (writer, worst)
      do {
        let (report, loaded) = try Watchdog.watch(
          stop, { lastWords(of: path, $0, before, worstBefore) }
        ) {
          try check(path, kept, settings, stop, folder, ranks)
        }
        writer.write(report)
        if case .inconclusive = report.outcome.verdict { kept.report?.sayHowToGoOn() }
        worst = Exit.worse(worst, ModelCheck.exitCode(of: report))
        if let evidence = output.evidence, ranks?.isFirst ?? true {
          try EvidenceOfSearch.write(
            report, of: loaded, at: path, patches: kept.check.patches, settings, to: evidence)
        }
        if let trace = output.trace, ranks?.isFirst ?? true {
          let runs = report.counterexampleRuns
          if runs.isEmpty {
            Console.error("note: \(trace) is not written: no violation was found")
          }
          try RunFiles.write(runs, to: trace, nil)
        }
      } catch is ReadingStopped {
        writer.write(UnreadModel(path: path, .ended(stop)))
        worst = Exit.worse(worst, Exit.inconclusive)
      } catch let failure as CommandFailure {
        failure.say()
        writer.write(RefusedModel(path: path, failure: failure))
        worst = Exit.worse(worst, failure.code)
        refused.insert(path)
      }
      if UserInterrupt.isRequested { break }
    }
    if folder?.hasFailed == true { worst = Exit.worse(worst, Exit.error) }
    writer.finish()
    if UserInterrupt.isRequested { worst = Exit.interrupted }
    ranks?.finish()
    // What was found is said once, and so is its code.
    if let ranks, !ranks.isFirst { return }
    try Exit.end(with: worst)
  }

  /// What is found of a model.
  private func check(
    _ path: String, _ kept: KeptCheck, _ settings: CheckSettings, _ stop: StopCondition,
    _ folder: QueryFolder?, _ ranks: ClusterRun?
  ) throws -> (CheckReport, LoadedModel) {
    let prepared = Result { try prepare(path, kept, settings, stop, folder, ranks) }
    if let ranks {
      var words = kept.check.options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      words.append(Swapcheck.configuration.version)
      if case .success(let (loaded, _)) = prepared { words.append(SavedCheck.words(of: loaded)) }
      try ranks.agree(prepared.failure, words.joined(separator: "\n"))
    }
    let (loaded, request) = try prepared.get()
    var report = try ModelCheck.check(loaded, request, layout: variant.layout)
    if case .holds = report.outcome.verdict { report.proof = ProofFinder.claim(of: path, loaded) }
    // To read all scenarios takes longer than a small search.
    if output.trace != nil || [.mail, .json].contains(output.format), report.violation != nil {
      report.picture = RunFiles.picture(of: path, choice.scenarios)
    }
    return (report, loaded)
  }

  /// A model as it is read, and what is asked of it.
  private func prepare(
    _ path: String, _ kept: KeptCheck, _ settings: CheckSettings, _ stop: StopCondition,
    _ folder: QueryFolder?, _ ranks: ClusterRun?
  ) throws -> (loaded: LoadedModel, request: CheckRequest) {
    let loaded = try ModelFile.load(
      path, patches: kept.check.patches, overrides: kept.check.constants,
      dialect: settings.dialect.dialect, .named(timeoutSeconds: settings.timeoutSeconds), stop: stop
    ).without(kept.check.without)
    try reporting.checkMeasures(of: loaded)
    var request = settings.request(loaded.system, stop: stop)
    request.isRunRead = true
    request.maximumErrorCount = output.maximumErrorCount
    request.options.disk = place.disk.map { DiskOptions(folder: $0) }
    if let folder { request.record = folder.write }
    try kept.keep(loaded, by: &request)
    if let ranks {
      request.cluster = ranks.communicator
      request.isRunRead = ranks.isFirst
      request.options.threadCount = 1
      if settings.memoryByteCount == nil, let free = request.options.memoryByteCount {
        request.options.memoryByteCount = free / ranks.communicator.machine.size
      }
    }
    return (loaded, request)
  }

  /// Of a model, that nothing was found before the end was wanted, and of the others what was.
  private func lastWords(
    of path: String, _ limit: ExplorationLimit, _ writer: any CheckWriter, _ worst: ExitCode
  ) -> LastWords {
    let code = limit == .cancelled ? Exit.interrupted : Exit.worse(worst, Exit.inconclusive)
    return writer.lastWords(UnreadModel(path: path, limit), code: code)
  }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let failure) = self { failure } else { nil }
  }
}
