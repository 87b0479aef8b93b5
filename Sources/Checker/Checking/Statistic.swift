/// A figure of an engine, with the name that the engine gives it.
package struct Statistic: Sendable, Hashable {
  package let key: Key
  package let amount: Amount
  /// How a report says it.
  package let words: Words
  /// Which line of a report it stands in, from 0.
  package let line: Int

  package init(_ key: Key, _ amount: Amount, _ words: Words, line: Int) {
    (self.key, self.amount, self.words, self.line) = (key, amount, words, line)
  }

  /// Its name in documents that programs read.
  package struct Key: Sendable, Hashable {
    package let name: String

    package init(_ name: String) { self.name = name }

    package static let states = Key("states")
    /// Rules fired, as Rumur counts them: one for each step taken to its end.
    package static let rulesFired = Key("rulesFired")
    /// Steps from a start state to the farthest state.
    package static let depth = Key("depth")
    package static let steps = Key("steps")
    package static let seconds = Key("seconds")
    package static let rulesPerSecond = Key("rulesPerSecond")
    package static let memoryBytes = Key("memoryBytes")
    package static let stateBits = Key("stateBits")
    /// Processes that have searched together.
    package static let ranks = Key("ranks")
    /// States of the rank that has most, in hundredths of what each has in the mean.
    package static let mostStatesPercent = Key("mostStatesPercent")
    /// What processes have sent to each other.
    package static let sentBytes = Key("sentBytes")
  }

  package enum Amount: Sendable, Hashable {
    case count(Int)
    case bytes(Int)
    case seconds(Double)
  }

  package enum Words: Sendable, Hashable {
    /// `states 6,634`
    case before(String)
    /// `12,000 rules/s`
    case after(String)
    /// Behind the one before it: `(42 bits a state)`
    case aside(String)
  }

  /// The number; nil for seconds.
  package var count: Int? {
    switch amount {
    case .count(let count), .bytes(let count): count
    case .seconds: nil
    }
  }
}
