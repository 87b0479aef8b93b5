import ArgumentParser
import Diagnostics
import Options
import Report

extension Option where Value == String? {
  /// A flag of the table, whose text is read by `Given`.
  init(_ option: CheckOption) {
    let completion: CompletionKind? =
      if case .words(let words) = option.values { .list(words) } else { nil }
    self.init(
      name: .customLong(option.name),
      help: ArgumentHelp(stringLiteral: option.help), completion: completion)
  }
}

/// Flags of the table, with what was given for each.
enum Given {
  /// Checks what was given.
  static func check(_ given: [(CheckOption, String?)]) throws {
    var settings = CheckSettings()
    try apply(given, to: &settings)
  }

  /// Notes what was given.
  static func apply(
    _ given: [(CheckOption, String?)], to settings: inout CheckSettings
  ) throws {
    for case (let option, let text?) in given {
      do throws(CheckOption.Failure) {
        option.apply(try option.value(of: text), to: &settings)
      } catch {
        throw ValidationError("--\(option.name) \(error.message)")
      }
    }
  }
}

/// What is done to the states of a model.
struct MethodOptions: ParsableArguments {
  @Option(.engine) var engine: String?
  @Option(.deadlock) var deadlock: String?
  @Option(.symmetry) var symmetry: String?
  @Option(.reduction) var reduction: String?
  @Option(.store) var store: String?
  @Option(.executor) var executor: String?
  @Option(.digest) var digest: String?
  @Option(.threads) var threads: String?

  /// What was given for each option.
  var given: [(CheckOption, String?)] {
    [
      (.engine, engine), (.deadlock, deadlock), (.symmetry, symmetry), (.reduction, reduction),
      (.store, store), (.executor, executor), (.digest, digest), (.threads, threads),
    ]
  }
}

/// What ends a search before it has come to its end.
struct LimitOptions: ParsableArguments {
  @Option(.maxStates) var maxStates: String?
  @Option(.maxDepth) var maxDepth: String?
  @Option(.timeout) var timeout: String?
  @Option(.memory) var memory: String?

  /// What was given for each option.
  var given: [(CheckOption, String?)] {
    [(.maxStates, maxStates), (.maxDepth, maxDepth), (.timeout, timeout), (.memory, memory)]
  }
}

/// What engines are told that do not look at all states.
struct EngineOptions: ParsableArguments {
  @Option(.seed) var seed: String?
  @Option(.steps) var steps: String?
  @Option(.depth) var depth: String?
  @Option(.ask) var ask: String?

  /// What was given for each option.
  var given: [(CheckOption, String?)] {
    [(.seed, seed), (.steps, steps), (.depth, depth), (.ask, ask)]
  }
}

/// How a model is checked.
struct SearchOptions: ParsableArguments {
  @OptionGroup(title: "Search") var method: MethodOptions
  @OptionGroup(title: "Limits") var limits: LimitOptions
  @OptionGroup(title: "Walks and solvers") var engines: EngineOptions

  /// What was given for each option.
  var given: [(CheckOption, String?)] { method.given + limits.given + engines.given }

  func validate() throws { try Given.check(given) }

  /// What was given, for a model that is read as `model` says.
  ///
  /// - Parameter settled: Values that hold whatever is given, by the names of their options.
  func settings(
    _ model: ModelOptions, settled: [String: String] = [:]
  ) throws -> CheckSettings {
    var settings = CheckSettings()
    try Given.apply(given + [(.dialect, model.dialect)], to: &settings)
    try Given.apply(CheckOption.all.map { ($0, settled[$0.name]) }, to: &settings)
    if let asked = settings.memoryByteCount, let (granted, left) = Machine.shortened(asked) {
      settings.memoryByteCount = granted
      Console.error(
        "note: --memory is \(Wording.byteCount(granted)): the system lets this process have "
          + "\(Wording.byteCount(left)) more (ulimit -v, ulimit -d, or a control group)")
    }
    return settings
  }
}
