import Automata

/// What is asked of automata, by definition and slowly.
enum AutomatonByHand {
  /// For each two states, whether some word leads from one of them and not from the other, or to a final
  /// state from one of them alone. Marks pairs until none is marked anew (Moore 1956).
  static func areTold(_ automaton: DeterministicAutomaton) -> [[Bool]] {
    let count = automaton.stateCount
    var told = [[Bool]](repeating: Array(repeating: false, count: count), count: count)
    var isNew = true
    while isNew {
      isNew = false
      for one in 0..<count {
        for other in 0..<count where !told[one][other] && one != other {
          if differ(one, other, automaton, told) {
            told[one][other] = true
            isNew = true
          }
        }
      }
    }
    return told
  }

  private static func differ(
    _ one: Int, _ other: Int, _ automaton: DeterministicAutomaton, _ told: [[Bool]]
  ) -> Bool {
    if automaton.isFinal[one] != automaton.isFinal[other] { return true }
    return (0..<automaton.symbolCount).contains { symbol in
      switch (automaton.next(one, symbol), automaton.next(other, symbol)) {
      case (nil, nil): false
      case (let left?, let right?): told[left][right]
      default: true
      }
    }
  }

  /// The number of states that an automaton of the same words needs: classes of states that no word tells
  /// apart (Myhill and Nerode), of those that are reached.
  static func neededStates(_ automaton: DeterministicAutomaton) -> Int {
    let told = areTold(automaton)
    var kept: [Int] = []
    for state in reached(automaton).sorted() where kept.allSatisfy({ told[$0][state] }) {
      kept.append(state)
    }
    return kept.count
  }

  static func reached(_ automaton: DeterministicAutomaton) -> Set<Int> {
    var known: Set<Int> = automaton.stateCount == 0 ? [] : [0]
    var open = Array(known)
    while let state = open.popLast() {
      for (_, next) in automaton.transitions(from: state) where known.insert(next).inserted {
        open.append(next)
      }
    }
    return known
  }

  /// All words up to a length that an automaton has, each with whether it is a whole one.
  static func words(_ automaton: DeterministicAutomaton, length: Int) -> [[Int]: Bool] {
    guard automaton.stateCount > 0 else { return [:] }
    var words: [[Int]: Bool] = [[]: automaton.isFinal[0]]
    var level: [(word: [Int], state: Int)] = [([], 0)]
    for _ in 0..<length {
      level = level.flatMap { entry in
        automaton.transitions(from: entry.state).map { (entry.word + [$0.symbol], $0.next) }
      }
      for (word, state) in level { words[word] = automaton.isFinal[state] }
    }
    return words
  }
}
