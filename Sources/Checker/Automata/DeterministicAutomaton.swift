/// A deterministic automaton in whose states everything that has been seen was possible: an event that leads
/// nowhere cannot come. Final states say besides which words are whole ones. (The generators of Ramadge and
/// Wonham 1987, and what the kernel's runtime verification calls a deterministic automaton.)
///
/// State 0 is the initial one, and every state is reached from it.
package struct DeterministicAutomaton: Sendable, Equatable {
  package let symbolCount: Int
  package let isFinal: [Bool]
  /// State by state, for each symbol the state that follows; `none` where it cannot come.
  private let table: [Int32]

  package static let none: Int32 = -1

  /// - Parameter table: `symbolCount` entries for each state.
  package init(symbolCount: Int, isFinal: [Bool], table: [Int32]) {
    precondition(table.count == symbolCount * isFinal.count, "a row for each state")
    (self.symbolCount, self.isFinal, self.table) = (symbolCount, isFinal, table)
  }

  package var stateCount: Int { isFinal.count }

  package var transitionCount: Int { table.lazy.filter { $0 != Self.none }.count }

  /// Where a symbol leads; nil where it cannot come.
  package func next(_ state: Int, _ symbol: Int) -> Int? {
    let next = table[state * symbolCount + symbol]
    return next == Self.none ? nil : Int(next)
  }

  /// For each symbol that can come, where it leads.
  package func transitions(from state: Int) -> [(symbol: Int, next: Int)] {
    (0..<symbolCount).compactMap { symbol in next(state, symbol).map { (symbol, $0) } }
  }

  /// Where a word leads; nil where it cannot come.
  package func state(behind word: some Sequence<Int>) -> Int? {
    var state = 0
    for symbol in word {
      guard let next = next(state, symbol) else { return nil }
      state = next
    }
    return state
  }
}
