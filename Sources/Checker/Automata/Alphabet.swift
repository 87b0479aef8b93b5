package import Conformance

/// What is observed of a system: the events that are told apart, and what happens unseen.
package struct Alphabet: Sendable {
  package struct Symbol: Sendable {
    package let name: String
    fileprivate var seen = Events()

    /// What it can have been.
    package var events: [ObservedEvent] { seen.all }
  }

  package private(set) var symbols: [Symbol] = []
  private var unnoticed = Events()
  package private(set) var unseen: [UnseenRule]
  /// Identities of the scalarsets whose elements are told apart.
  package let named: Set<Int>

  private var numbers: [String: Int] = [:]

  package init(unseen: [UnseenRule] = [], named: Set<Int> = []) {
    (self.unseen, self.named) = (unseen, named)
  }

  /// What happens as an event does, and nobody sees.
  package var hidden: [ObservedEvent] { unnoticed.all }

  /// Notes a symbol, and what it can have been.
  package mutating func add(_ name: String, _ event: ObservedEvent? = nil) {
    let number = numbers[name] ?? symbols.count
    if number == symbols.count {
      numbers[name] = number
      symbols.append(Symbol(name: name))
    }
    if let event { symbols[number].seen.add(event) }
  }

  package mutating func hide(_ event: ObservedEvent) { unnoticed.add(event) }

  package mutating func hide(rule: Int) { unseen.append(UnseenRule(rule: rule)) }

  /// Events each once. Those of rules without conditions are one.
  fileprivate struct Events: Sendable {
    private var patterns: [RulePattern] = []
    private var others: [ObservedEvent] = []
    private var known: Set<ObservedEvent> = []

    var all: [ObservedEvent] {
      (patterns.isEmpty ? [] : [ObservedEvent(rules: patterns)]) + others
    }

    mutating func add(_ event: ObservedEvent) {
      guard known.insert(event).inserted else { return }
      if let rules = event.rules, event.before.isEmpty, event.after.isEmpty {
        patterns += rules
      } else {
        others.append(event)
      }
    }
  }
}
