/// What is known of mutants from earlier, by the words of each: a line of fields between tabs. What
/// cannot be read is not known.
struct KnownOutcomes: Sendable {
  private var outcomes: [String: MutantOutcome] = [:]
  /// What would notice a mutant; empty where nothing was found.
  var suggestions: [String: String] = [:]

  init(_ bytes: [UInt8]) {
    for fields in KeptLines.lines(bytes) {
      if fields.count == 3, fields[1] == Self.suggestion {
        suggestions[fields[0]] = fields[2]
      } else if fields.count > 1, let outcome = Self.outcome(Array(fields.dropFirst())) {
        outcomes[fields[0]] = outcome
      }
    }
  }

  init() {}

  subscript(key: String) -> MutantOutcome? {
    get { outcomes[key] }
    set { outcomes[key] = newValue }
  }

  var bytes: [UInt8] {
    let lines =
      outcomes.map { [$0] + Self.fields($1) } + suggestions.map { [$0, Self.suggestion, $1] }
    return KeptLines.bytes(lines)
  }

  private static let suggestion = "suggestion"

  private static func fields(_ outcome: MutantOutcome) -> [String] {
    switch outcome {
    case .killed(let notice):
      [outcome.word, notice.witness.kind.word, notice.size]
        + (notice.witness.name.map { [$0] } ?? [])
    case .survived(let rules): [outcome.word] + rules
    case .equivalent: [outcome.word]
    case .invalid(let why), .undecided(let why): [outcome.word, why]
    }
  }

  private static func outcome(_ fields: [String]) -> MutantOutcome? {
    switch (fields[0], fields.count) {
    case ("killed", 3...4):
      Witness.Kind(word: fields[1]).map { kind in
        .killed(
          MutantOutcome.Notice(
            Witness(kind, name: fields.count > 3 ? fields[3] : nil), size: fields[2]))
      }
    case ("survived", _): .survived(neverFired: Array(fields.dropFirst()))
    case ("equivalent", 1): .equivalent
    case ("invalid", 2): .invalid(fields[1])
    default: nil
    }
  }
}
