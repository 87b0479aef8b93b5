import Automata
import Checking
import Conformance
import Diagnostics
import Exploration
import TransitionSystem

/// What can be observed of a small system, by the reference interpreter: all its states, and what leads from
/// one to another. Shares nothing with what is tested but the interpreter.
struct ObservedByHand {
  typealias States = Set<Int>

  private var steps: [[(instance: RuleInstance, end: Int)]] = []
  private(set) var starts: States = []
  private let alphabet: Alphabet
  /// By rule, how often it fires unseen; none for not at all.
  private let unseen: [Int: Int]

  /// Nil where it has more states.
  init?(_ system: TransitionSystem, _ alphabet: Alphabet, mostStates: Int) {
    self.alphabet = alphabet
    unseen = Dictionary(
      alphabet.unseen.map { ($0.rule, $0.most ?? .max) }, uniquingKeysWith: { $1 })
    let interpreted = InterpretedSteps(system, stop: StopCondition())
    var numbers: [[Int64]: Int] = [:]
    var states: [[Int64]] = []
    func number(_ state: [Int64]) -> Int {
      if let known = numbers[state] { return known }
      numbers[state] = states.count
      states.append(state)
      return states.count - 1
    }
    var starts: States = []
    interpreted.forEachStart { _, outcome in
      if case .state(let state) = outcome { starts.insert(number(state)) }
      return states.count <= mostStates
    }
    self.starts = starts
    while steps.count < states.count {
      guard states.count <= mostStates else { return nil }
      var leaving: [(RuleInstance, Int)] = []
      interpreted.forEachStep(from: states[steps.count]) { instance, outcome in
        if case .state(let end) = outcome { leaving.append((instance, number(end))) }
        return true
      }
      steps.append(leaving)
    }
  }

  private static func matches(_ events: [ObservedEvent], _ instance: RuleInstance) -> Bool {
    events.contains { event in (event.rules ?? []).contains { $0.matches(instance) } }
  }

  /// The states that can follow unseen.
  private func closure(_ states: States) -> States {
    struct Counted: Hashable {
      let state: Int
      let counts: [Int: Int]
    }
    var known = Set(states.map { Counted(state: $0, counts: [:]) })
    var open = Array(known)
    func reach(_ counted: Counted) {
      if known.insert(counted).inserted { open.append(counted) }
    }
    while let counted = open.popLast() {
      for (instance, end) in steps[counted.state] {
        if Self.matches(alphabet.hidden, instance) { reach(Counted(state: end, counts: [:])) }
        guard let most = unseen[instance.rule] else { continue }
        var counts = counted.counts
        if most != .max { counts[instance.rule, default: 0] += 1 }
        if counts[instance.rule] ?? 0 <= most { reach(Counted(state: end, counts: counts)) }
      }
    }
    return Set(known.map(\.state))
  }

  /// The states behind a symbol.
  func follow(_ symbol: Int, from states: States) -> States {
    var reached: States = []
    for state in closure(states) {
      for (instance, end) in steps[state]
      where Self.matches(alphabet.symbols[symbol].events, instance) {
        reached.insert(end)
      }
    }
    return reached
  }

  /// What is seen of a walk, by the numbers of symbols; of several that a step can be, the first.
  func walk(_ choose: (Int) -> Int, length: Int) -> [Int] {
    guard !starts.isEmpty else { return [] }
    var state = starts.sorted()[choose(starts.count)]
    var word: [Int] = []
    var counts: [Int: Int] = [:]
    for _ in 0..<length where !steps[state].isEmpty {
      let (instance, end) = steps[state][choose(steps[state].count)]
      if let symbol = alphabet.symbols.indices.first(where: {
        Self.matches(alphabet.symbols[$0].events, instance)
      }) {
        word.append(symbol)
        counts = [:]
      } else if Self.matches(alphabet.hidden, instance) {
        counts = [:]
      } else if let most = unseen[instance.rule] {
        counts[instance.rule, default: 0] += 1
        guard counts[instance.rule] ?? 0 <= most else { continue }
      } else {
        continue
      }
      state = end
    }
    return word
  }
}
