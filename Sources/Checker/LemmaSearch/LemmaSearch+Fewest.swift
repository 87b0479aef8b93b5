import Checking
import Diagnostics
import Exploration
import Proving
import Symbolic
import Trace
package import TransitionSystem

extension LemmaSearch {
  /// Leaves out lemmas without which nothing is broken at some sizes, one after another. None of those that are
  /// left can be left out at all of these sizes. Which these are depends on the order, so several are tried,
  /// and the fewest are kept.
  ///
  /// Only goals that a lemma was needed for are asked again: a goal that was shown without it still is. Where
  /// time is up, or something is broken already, the fewest so far are kept.
  ///
  /// - Parameter systems: The model at each size.
  package func leaveOut(_ systems: [TransitionSystem]) {
    var sizes: [AskedSize] = []
    for system in systems {
      guard let size = AskedSize(system, stop) else { return }
      for number in lemmas.indices { add(number, to: &size.questions, size.shape) }
      // What something was shown with at other sizes is not asked here.
      for goal in used.keys.sorted(by: { $0.order < $1.order }) {
        guard case .none(let lemmas) = answer(goal, &size.questions, size.shape) else { return }
        size.used[goal] = Set(lemmas)
      }
      sizes.append(size)
    }
    let first = sizes.map(\.used)
    var fewest = (used: used, count: neededCount)
    for order in Order.allCases {
      for (size, used) in zip(sizes, first) {
        size.used = used
        for lemma in lemmas.indices { size.questions.restore(lemma) }
      }
      leaveOut(at: sizes, order)
      if neededCount < fewest.count { fewest = (used, neededCount) }
      if stop.isDue() { break }
    }
    used = fewest.used
  }

  /// Which lemmas are left out first.
  private enum Order: CaseIterable {
    case leastUsed
    case firstFound
    case lastFound
  }

  private func leaveOut(at sizes: [AskedSize], _ order: Order) {
    keepNeeded(at: sizes)
    let uses = Dictionary(
      uniqueKeysWithValues: needed.map { lemma in
        (lemma, used.values.count { $0.contains(lemma) })
      })
    let candidates =
      switch order {
      case .leastUsed: needed.sorted { (uses[$0] ?? 0, -$0) < (uses[$1] ?? 0, -$1) }
      case .firstFound: needed
      case .lastFound: Array(needed.reversed())
      }
    for lemma in candidates where used[.lemma(lemma)] != nil {
      let found = sizes.map { shown(without: lemma, at: $0) }
      if stop.isDue() { return }
      if found.contains(where: { $0 == nil }) {
        for size in sizes { size.questions.restore(lemma) }
      } else {
        for (size, shown) in zip(sizes, found) { size.used.merge(shown ?? [:]) { $1 } }
        keepNeeded(at: sizes)
      }
    }
  }

  /// Makes use of no lemma that no goal is shown with.
  private func keepNeeded(at sizes: [AskedSize]) {
    used = [:]
    for size in sizes { used.merge(size.used) { $0.union($1) } }
    let needed = Set(needed)
    for lemma in lemmas.indices where !needed.contains(lemma) {
      used[.lemma(lemma)] = nil
      for size in sizes {
        size.questions.drop(lemma)
        size.used[.lemma(lemma)] = nil
      }
    }
  }

  /// What goals that a lemma was needed for are shown with when nobody makes use of it; nil where one of them
  /// is not shown.
  private func shown(without lemma: Int, at size: AskedSize) -> [Goal: Set<Int>]? {
    size.questions.drop(lemma)
    var shown: [Goal: Set<Int>] = [:]
    let asked = size.used.filter { $0.key != .lemma(lemma) && $0.value.contains(lemma) }.keys
    for goal in asked.sorted(by: { $0.order < $1.order }) {
      guard case .none(let lemmas) = answer(goal, &size.questions, size.shape) else { return nil }
      shown[goal] = Set(lemmas)
    }
    return shown
  }
}

extension LemmaSearch.Goal {
  /// Each has its own, so that the same is asked in the same order each time.
  fileprivate var order: (Int, Int) {
    switch self {
    case .rules: (0, 0)
    case .property(let number): (1, number)
    case .lemma(let number): (2, number)
    }
  }
}

/// What is asked at a size.
private final class AskedSize {
  let shape: StateShape
  var questions: InductionQuestions
  /// For each goal the lemmas that it is shown with.
  var used: [LemmaSearch.Goal: Set<Int>] = [:]

  /// Nil where there are no terms for the model, or time is up.
  init?(_ system: TransitionSystem, _ stop: StopCondition) {
    let system = system.askingSafetyAlone
    guard let finite = try? Encoding.make(system, deadlock: .off, stop) else { return nil }
    shape = StateShape(system, system.scalarsets)
    questions = InductionQuestions(finite, ProofLimits(isStopped: { stop.isDue() }))
  }
}
