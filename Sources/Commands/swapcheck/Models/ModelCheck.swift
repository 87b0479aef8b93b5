import ArgumentParser
import Checking
import Checkpoints
import Diagnostics
import Exploration
import NativeCode
import Report
import Symbolic
import Synchronization
import Trace
import TransitionSystem

/// Checks one model, with live progress on a terminal.
enum ModelCheck {
  /// - Parameters:
  ///   - request: What is asked of the model, but for what a layout says.
  ///   - layout: The path of a layout that symbolic constants keep to.
  ///   - subject: What is checked, where that is one of several.
  static func check(
    _ loaded: LoadedModel, _ request: CheckRequest, layout: String? = nil,
    subject: DisplayText = ""
  ) throws(CommandFailure) -> CheckReport {
    let (system, source) = (loaded.system, loaded.source)
    var request = request
    if let layout, SymbolicModel.isSymbolic(system) {
      request.facts = try LayoutOfModel.facts(layout, system, source)
    } else if layout != nil {
      request.facts = []
    }
    let watch = CommandWatch(
      subject: subject, seconds: request.stop.seconds,
      stateCount: request.options.maximumStateCount, byteCount: request.options.memoryByteCount)
    let outcome: CheckOutcome
    do throws(Objection) {
      outcome = try Checking.check(request, watch)
    } catch {
      Console.clearStatus()
      throw failure(error, system, source)
    }
    Console.clearStatus()
    if let failure = outcome.finding.compilationFailure { tellOnce(failure, source) }
    return CheckReport(
      system: system, source: source, outcome: outcome, meaning: loaded.meaningText,
      warnings: loaded.warnings(for: remarks(of: outcome, system)),
      absentRules: loaded.absentRules)
  }

  /// An objection in the words of the command line.
  static func failure(
    _ objection: Objection, _ system: TransitionSystem, _ source: SourceText
  ) -> CommandFailure {
    switch objection {
    case .reductionNeedsDepth:
      CommandFailure("error: --reduction por needs the depth of states: --store exact or compact")
    case .disk(let failure): CommandFailure("error: \(Wording.disk(failure))")
    case .engineLacks(let engine, let feature):
      CommandFailure("error: --engine \(engine) \(lack(of: feature, engine))")
    case .symbolicNeedsExactStore:
      CommandFailure("\(source.path): error: a model with symbolic constants needs --store exact")
    case .noSymbolicConstants:
      CommandFailure(
        "\(source.path): error: the model has no symbolic constants: --layout says nothing of it")
    case .checkpointsNeedExactStore:
      CommandFailure(
        "error: a checkpoint has whole states: --store compact and bitstate keep hashes; it needs --store "
          + "exact or disk")
    case .checkpointsOfSymbolicModel:
      CommandFailure(
        "\(source.path): error: there are no checkpoints of a model with symbolic constants: what "
          + "is known of these is Z3's in one process; leave out --checkpoint")
    case .clusterLacks(let lack): CommandFailure("error: --cluster: \(ClusterRun.words(lack))")
    case .checkpoint(let error):
      CommandFailure("\(error.folder): error: \(error.message)")
    case .assumptions(let error): SymbolicModel.failure(error, source)
    case .noStartState(let loss): noStartState(loss, system, source)
    case .noStartStateForAnyLayout: SymbolicModel.noState(of: system, source)
    case .notConfirmed(let error):
      CommandFailure(
        "error: the counterexample found is not confirmed by its replay (\(error)); this is a "
          + "mistake in swapcheck, and there is no verdict")
    }
  }

  /// That a model cannot be said to a solver, where no engine was chosen.
  static func failure(_ reason: NotSymbolic, _ source: SourceText) -> CommandFailure {
    CommandFailure("\(source.path): error: the model cannot be said to a solver: \(words(reason))")
  }

  private static func lack(of feature: Objection.Feature, _ engine: String) -> DisplayText {
    let isWalk = engine == EngineName.randomWalk.rawValue
    return switch feature {
    case .partialOrderReduction:
      isWalk
        ? "goes along one run, and leaves no rule out: not with --reduction por"
        : "leaves no rule out: not with --reduction por"
    case .lossyStore: "remembers no states: not with --store compact, bitstate or disk"
    case .stateLimit:
      isWalk ? "has --steps in place of --max-states" : "counts no states: not with --max-states"
    case .depthLimit: "has --\(isWalk ? "steps" : "depth") in place of --max-depth"
    case .checkpoints:
      isWalk
        ? "takes one walk, which begins anew: not with --checkpoint"
        : "keeps nothing that it could go on from: not with --checkpoint"
    case .severalViolations: "finds one violation: not with --max-errors"
    case .symbolicConstants:
      "does not know symbolic constants; `swapcheck instantiate` gives them values"
    case .liveness, .covers:
      "decides neither liveness nor covers, which the model has: --ask safety leaves them out"
    case .safetyAlone: "asks about all properties: --ask safety is for engines that ask a solver"
    case .terms(let reason): "cannot say the model to a solver: \(words(reason))"
    }
  }

  private static func words(_ reason: NotSymbolic) -> DisplayText {
    switch reason {
    case .unsupported:
      "it has arithmetic that is not linear, properties that change the state, loops with a step that is "
        + "not known, or copies between types that differ"
    case .tooLarge: "its rules are too large, written out"
    case .tooManyInstances:
      "whether it can go on is asked of too many instances of rules; --deadlock off asks it not"
    case .stopped: "it was told to end"
    }
  }

  /// The remarks that a search has met; that an undefined value is taken elsewhere where it is an
  /// error, too.
  private static func remarks(
    of outcome: CheckOutcome, _ system: TransitionSystem
  ) -> [Remark] {
    guard case .violated(let counterexample) = outcome.verdict,
      case .interruption(let failure) = counterexample.violation.kind,
      let remark = system.remarks.first(where: {
        $0.kind == .undefinedIsTaken && $0.span == failure.span
      })
    else { return outcome.finding.remarks }
    return outcome.finding.remarks + [remark]
  }

  /// That the assumptions leave no start state: whatever the model says would hold.
  static func noStartState(
    _ loss: StartStateLoss, _ system: TransitionSystem, _ source: SourceText
  ) -> CommandFailure {
    CommandFailure(
      lines: StartStateLossText(loss, wording: Wording(system: system, source: source)).lines)
  }

  /// Says why the rules are not compiled, for the first model that this happens to.
  private static func tellOnce(
    _ failure: ExplorationResult.CompilationFailure, _ source: SourceText
  ) {
    let isFirst = hasTold.withLock { told in
      defer { told = true }
      return !told
    }
    guard isFirst else { return }
    let consequence =
      failure.isInterpreted
      ? "could not be compiled, and are interpreted, which is slow"
      : "could not be compiled at the first attempt"
    Console.error("warning: the rules \(consequence): \(failure.error)")
    if case .compilerFailed = failure.error {
      let patches = source.patches.map { " --patch \($0)" }.joined()
      Console.error(
        "  all that it says: swapcheck emit-c \(source.path)\(patches) | cc -w -x c -fsyntax-only -"
      )
    }
  }

  private static let hasTold = Mutex(false)

  static func exitCode(of report: CheckReport) -> ExitCode {
    switch report.outcome.verdict {
    case .holds: Exit.verified
    case .violated: Exit.violated
    case .inconclusive: Exit.inconclusive
    }
  }
}
