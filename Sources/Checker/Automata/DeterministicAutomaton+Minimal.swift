extension DeterministicAutomaton {
  /// The automaton with the fewest states that has the same words and the same whole words. Its states are
  /// numbered as they are met, level by level, symbols in their order; so automata of the same words are
  /// equal.
  ///
  /// States are told apart by what follows (Myhill 1957, Nerode 1958), by Hopcroft's algorithm of 1971: a
  /// block is split by where its states lead, and only the smaller part of what was split splits others.
  /// Where nothing follows, it is taken to be a state of its own. Takes time k n log n for k symbols and n
  /// states.
  ///
  /// - Parameter goesOn: Asked now and then.
  /// - Returns: Nil where that was not so.
  package func minimal(while goesOn: () -> Bool = { true }) -> DeterministicAutomaton? {
    let nowhere = stateCount
    var partition = RefinablePartition(count: stateCount + 1)
    var waiting: [Int] = []
    for state in isFinal.indices where isFinal[state] { partition.mark(state) }
    partition.split { _ in }
    partition.mark(nowhere)
    partition.split { _ in }
    waiting = Array(0..<partition.count)
    let sources = Sources(self)
    while let splitter = waiting.popLast() {
      guard goesOn() else { return nil }
      // As it is now: it may be split by itself meanwhile.
      let targets = Array(partition.elements(of: splitter))
      for symbol in 0..<symbolCount {
        for target in targets { sources.forEach(of: target, symbol) { partition.mark($0) } }
        partition.split { waiting.append($0) }
      }
    }
    return quotient(partition)
  }

  /// One state for each block that is reached.
  private func quotient(_ partition: RefinablePartition) -> DeterministicAutomaton {
    var numbers: [Int: Int32] = [:]
    /// One of each block.
    var order: [Int] = []
    func number(_ state: Int) -> Int32 {
      let block = partition.blockOf[state]
      if let known = numbers[block] { return known }
      let number = Int32(order.count)
      numbers[block] = number
      order.append(state)
      return number
    }
    var table: [Int32] = []
    if stateCount > 0 { _ = number(0) }
    var position = 0
    while position < order.count {
      for symbol in 0..<symbolCount {
        table.append(next(order[position], symbol).map(number) ?? Self.none)
      }
      position += 1
    }
    return DeterministicAutomaton(
      symbolCount: symbolCount, isFinal: order.map { isFinal[$0] }, table: table)
  }

  /// For each state and symbol, the states that it leads there from; those from where it leads nowhere too.
  private struct Sources {
    private let symbolCount: Int
    private var firsts: [Int]
    private var states: [Int32]

    init(_ automaton: DeterministicAutomaton) {
      let (count, symbolCount) = (automaton.stateCount, automaton.symbolCount)
      self.symbolCount = symbolCount
      firsts = Array(repeating: 0, count: (count + 1) * symbolCount + 1)
      states = Array(repeating: 0, count: count * symbolCount)
      func place(_ state: Int, _ symbol: Int) -> Int {
        (automaton.next(state, symbol) ?? count) * symbolCount + symbol
      }
      for state in 0..<count {
        for symbol in 0..<symbolCount { firsts[place(state, symbol) + 1] += 1 }
      }
      for position in firsts.indices.dropFirst() { firsts[position] += firsts[position - 1] }
      var next = firsts
      for state in 0..<count {
        for symbol in 0..<symbolCount {
          let place = place(state, symbol)
          states[next[place]] = Int32(state)
          next[place] += 1
        }
      }
    }

    func forEach(of target: Int, _ symbol: Int, _ body: (Int) -> Void) {
      let place = target * symbolCount + symbol
      for position in firsts[place]..<firsts[place + 1] { body(Int(states[position])) }
    }
  }
}
