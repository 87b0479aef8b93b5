import Checking
import Exploration
import Trace

/// The options of a check. Flags, keys of scenarios, help and docs/scenarios.md come from here.
extension CheckOption {
  package static let all = [
    engine, deadlock, symmetry, reduction, store, executor, digest, dialect, threads, maxStates,
    maxDepth,
    timeout, memory, seed, steps, depth, ask,
  ]

  package static let engine = CheckOption(
    "engine", \.engine,
    "how a verdict is looked for: among all states, level by level; along one walk that takes rules"
      + " at random; or by asking a solver (docs/proofs.md)")
  package static let deadlock = CheckOption(
    "deadlock", \.deadlock,
    "what counts as a deadlock: a state that no step changes, one in which"
      + " no rule is enabled, or nothing")
  package static let symmetry = CheckOption(
    "symmetry", \.symmetry,
    "what is made of interchangeable elements of scalarsets: one state stands"
      + " for each orbit, or nothing")
  package static let reduction = CheckOption(
    "reduction", \.reduction, "which enabled rules are fired: all, or those of a stubborn set")
  package static let store = CheckOption(
    "store", \.store,
    "how states are remembered: whole, as hashes of 64 bits, as three bits of a"
      + " table of half of the memory, 1 GiB at most, or whole in the folder that `--disk` names;"
      + " `compact` and `bitstate` may miss states, and say by what chance")
  package static let executor = CheckOption(
    "executor", \.executor,
    "what fires the rules: the interpreter, compiled rules, or one until the"
      + " other is ready; no result depends on it")
  package static let digest = CheckOption(
    "digest", \.digest,
    "what there are fingerprints of, to compare searches: the states, or the steps, too, which takes"
      + " more time, and says nothing where a limit ends the search")
  package static let dialect = CheckOption(
    "dialect", \.dialect, "whose meaning the model has where Rumur and CMurphi differ")
  package static let threads = CheckOption(
    "threads", \.threadCount, 1...1024,
    "threads that compiled rules run on; no result depends on"
      + " it", byDefault: "all cores")
  package static let maxStates = CheckOption(
    "max-states", \.maximumStateCount, 1...Int.max, "the search stops after this many states",
    byDefault: "no limit")
  package static let maxDepth = CheckOption(
    "max-depth", \.maximumDepth, 0...Int.max,
    "the search stops at this many steps from a start state", byDefault: "no limit")
  package static let timeout = CheckOption(
    "timeout", .seconds, "the search stops after this many seconds", byDefault: "no limit"
  ) { settings, value in
    if case .seconds(let seconds) = value { settings.timeoutSeconds = seconds }
  }
  package static let memory = CheckOption(
    "memory", .bytes(atLeast: 64 << 10),
    "the search stops at this much memory for states, such as 512MiB or 8GiB",
    byDefault: "3/4 of what is free, 1/2 of what a limit leaves"
  ) { settings, value in
    if case .bytes(let bytes) = value { settings.memoryByteCount = bytes }
  }

  package static let seed = CheckOption(
    "seed", \.seed, 0...Int.max, "of a random walk: the same seed gives the same walk",
    byDefault: "1")
  package static let steps = CheckOption(
    "steps", \.maximumStepCount, 0...Int.max,
    "of a random walk: the most steps behind the start"
      + " state", byDefault: "100")

  package static let depth = CheckOption(
    "depth", \.solverDepth, 0...1_000_000,
    "of `bmc`, the steps that it looks ahead; of `induction`, the most states that it concludes from",
    byDefault: "20 for `bmc`, else no limit")
  package static let ask = CheckOption(
    "ask", \.asked,
    "which properties are asked about: all, or without liveness, covers and measures, which engines"
      + " that ask a solver do not decide")

  /// One of some words.
  private init<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ member: any WritableKeyPath<CheckSettings, Choice> & Sendable, _ doc: String
  ) {
    self.init(
      name, .words(Choice.allCases.map(\.rawValue)), doc,
      byDefault: "`\(CheckSettings()[keyPath: member].rawValue)`"
    ) { settings, value in
      if case .word(let word) = value, let choice = Choice(rawValue: word) {
        settings[keyPath: member] = choice
      }
    }
  }

  private init(
    _ name: String, _ member: any WritableKeyPath<CheckSettings, Int?> & Sendable,
    _ range: ClosedRange<Int>, _ doc: String, byDefault: String
  ) {
    self.init(name, .count(range), doc, byDefault: byDefault) { settings, value in
      if case .count(let count) = value { settings[keyPath: member] = count }
    }
  }
}
