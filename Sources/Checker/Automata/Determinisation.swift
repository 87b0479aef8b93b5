package import Conformance
import Diagnostics
import Evaluation
package import Exploration

/// Makes a system deterministic by what is observed of it: a state of the automaton is a set of states that
/// are possible behind what was seen. (The subset construction of Rabin and Scott 1959, of sets that are
/// reached.)
package struct Determinisation {
  package let sets: StateSets
  private let alphabet: Alphabet
  /// Of what holds where a word is a whole one; nil for every word.
  private let end: BoundCondition?
  private let limits: Limits
  /// For each rule instance, the events that it may be, each with its symbol.
  private var eventsOfInstance: [[SeenEvent]]
  /// Events in which nothing fires.
  private var lookedAt: [SeenEvent] = []
  private(set) package var figures = Figures()

  private struct SeenEvent {
    let symbol: Int
    let event: ObservedEvent
  }

  package struct Limits: Sendable {
    /// Sets of states.
    package var setCount: Int
    package var byteCount: Int

    package init(setCount: Int, byteCount: Int) {
      (self.setCount, self.byteCount) = (setCount, byteCount)
    }
  }

  package struct Figures: Sendable {
    /// Sets of states that were met.
    package var setCount = 0
    /// Of these, whose events are known.
    package var doneCount = 0
    /// States of the system that were met.
    package var stateCount = 0
    /// States of the largest set, with what happens unseen.
    package var largestSetCount = 0
    package var byteCount = 0

    package init() {}
  }

  package enum Outcome: Sendable {
    case automaton(DeterministicAutomaton)
    /// There are more sets than were asked for.
    case tooManySets
    case limited(ExplorationLimit)
  }

  package init(
    _ sets: StateSets, _ alphabet: Alphabet, end: BoundCondition? = nil, limits: Limits
  ) {
    (self.sets, self.alphabet, self.end, self.limits) = (sets, alphabet, end, limits)
    eventsOfInstance = Array(repeating: [], count: sets.states.source.space.instances.count)
    for event in alphabet.hidden { sets.hide(event) }
    for (symbol, seen) in alphabet.symbols.enumerated() {
      for event in seen.events {
        let seen = SeenEvent(symbol: symbol, event: event)
        guard event.rules != nil else {
          lookedAt.append(seen)
          continue
        }
        let label = sets.label(of: event)
        for instance in eventsOfInstance.indices where sets.matches(Int32(instance), label) {
          eventsOfInstance[instance].append(seen)
        }
      }
    }
    sets.byteLimit = limits.byteCount
  }

  /// - Parameters:
  ///   - start: The states that are possible before anything is seen.
  ///   - note: Told now and then how far it is.
  package mutating func run(
    from start: StateSets.Node, note: (Figures) -> Void = { _ in }
  ) -> Outcome {
    let stop = sets.states.source.space.stop
    var order = [start]
    var numbers: [StateSets.Node: Int32] = [start: 0]
    var table: [Int32] = []
    var isFinal: [Bool] = []
    do throws(Undecided) {
      while isFinal.count < order.count {
        if stop.isDue() { return .limited(.ended(stop)) }
        count(order.count, isFinal.count, table)
        if figures.byteCount > limits.byteCount { return .limited(.bytes(limits.byteCount)) }
        note(figures)
        let possible = try sets.closure(order[isFinal.count])
        figures.largestSetCount = max(figures.largestSetCount, possible.count)
        for reached in try successors(of: possible) {
          guard let node = sets.node(of: reached) else {
            table.append(DeterministicAutomaton.none)
            continue
          }
          let number = numbers[node] ?? Int32(order.count)
          if number == order.count {
            numbers[node] = number
            order.append(node)
          }
          table.append(number)
        }
        isFinal.append(try isEnd(possible))
        sets.forgetClosure(of: order[isFinal.count - 1])
        if order.count > limits.setCount {
          count(order.count, isFinal.count, table)
          return .tooManySets
        }
      }
    } catch {
      count(order.count, isFinal.count, table)
      if stop.isDue() { return .limited(.ended(stop)) }
      if sets.byteCount > limits.byteCount { return .limited(.bytes(limits.byteCount)) }
      return .limited(.undecided(error))
    }
    count(order.count, isFinal.count, table)
    return .automaton(
      DeterministicAutomaton(
        symbolCount: alphabet.symbols.count, isFinal: isFinal, table: table))
  }

  /// Whether a word may end where these states are possible.
  private func isEnd(_ possible: [MetStates.Number]) throws(Undecided) -> Bool {
    guard let end else { return true }
    return try !sets.holding([end], in: possible).isEmpty
  }

  private mutating func count(_ setCount: Int, _ doneCount: Int, _ table: [Int32]) {
    figures.setCount = setCount
    figures.doneCount = doneCount
    figures.stateCount = sets.states.count
    figures.byteCount = sets.byteCount + 4 * table.capacity + 64 * setCount
  }

  /// For each symbol, the states that are possible right behind it, some of them repeatedly.
  private func successors(
    of possible: [MetStates.Number]
  ) throws(Undecided) -> [[MetStates.Number]] {
    var reached: [[MetStates.Number]] = Array(repeating: [], count: alphabet.symbols.count)
    let stop = sets.states.source.space.stop
    for (position, state) in possible.enumerated() {
      if position & 1_023 == 1_023, stop.isDue() { throw .stopped }
      for step in try sets.states.steps(from: state) {
        for seen in eventsOfInstance[Int(step.instance)] {
          if try sets.happens(seen.event, from: state, to: step.state) {
            reached[seen.symbol].append(step.state)
          }
        }
      }
      for seen in lookedAt where try sets.happens(seen.event, from: state, to: state) {
        reached[seen.symbol].append(state)
      }
    }
    return reached
  }
}
