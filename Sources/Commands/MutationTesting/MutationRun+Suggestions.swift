import Diagnostics
import Murphi
import Mutation
import Synchronization

extension MutationRun {
  /// Properties that hold in the model and would notice mutants that nothing notices, by the numbers of
  /// these.
  ///
  /// - Parameter progress: Told how far it is; by any thread.
  func suggestions(
    _ results: [MutationReport.Result], _ table: OutcomeTable,
    _ progress: @escaping @Sendable (DisplayText) -> Void
  ) -> [Int: Suggestion] {
    let open = results.indices.filter {
      if case .survived = results[$0].outcome { true } else { false }
    }
    let keys = open.map { trial($0).key }
    let unknown = open.indices.filter { table.suggestion(keys[$0]) == nil }
    let found = SuggestedProperties(
      keys.map { table.suggestion($0).flatMap(Suggestion.init) })
    if !unknown.isEmpty, let smallest = sizes.first {
      let conditions = Condition.all(
        of: Parser.parse(source, rules: lexicalRules).model, source, rules: lexicalRules)
      let search = SuggestionSearch(self, conditions, smallest)
      Workers.run(unknown.count, threadCount: plan.threadCount) { number in
        guard !plan.stop.isDue() else { return }
        let position = unknown[number]
        if let suggestion = search.suggestion(for: trial(open[position])) {
          found.set(suggestion, position)
        }
        progress("\(number) of \(unknown.count) changes that nothing notices")
      }
      let kept = search.kept(Set(unknown.compactMap { found.all[$0] }))
      for position in unknown {
        if let suggestion = found.all[position], !kept.contains(suggestion) {
          found.set(nil, position)
        }
      }
    }
    let all = found.all
    var suggestions: [Int: Suggestion] = [:]
    for position in open.indices {
      if let suggestion = all[position] { suggestions[open[position]] = suggestion }
      // What the end kept from being found may be found another time.
      let isNew = unknown.contains(position)
      if !isNew || all[position] != nil || !plan.stop.isDue() {
        table.note(suggestion: all[position]?.text ?? "", keys[position], isNew: isNew)
      }
    }
    return suggestions
  }

  private final class SuggestedProperties: Sendable {
    private let found: Mutex<[Suggestion?]>

    init(_ known: [Suggestion?]) { found = Mutex(known) }

    var all: [Suggestion?] { found.withLock { $0 } }

    func set(_ suggestion: Suggestion?, _ position: Int) {
      found.withLock { $0[position] = suggestion }
    }
  }
}
