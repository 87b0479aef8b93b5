import Diagnostics
import Evaluation
import Mutation
import TransitionSystem

/// What the conditions of a signature are in a state, for values of its parameters: a bit for each column
/// that is true, and behind these a bit for each that is false. What cannot be evaluated is neither.
struct ConditionVector: Hashable, Sendable {
  private(set) var words: [UInt64]

  init(columns: Int) { words = Array(repeating: 0, count: 2 * Self.wordCount(columns)) }

  static func wordCount(_ columns: Int) -> Int { (columns + 63) / 64 }

  /// What it says of a column; nil where it cannot be evaluated.
  func value(_ column: Int) -> Bool? {
    let (word, bit) = (column / 64, UInt64(1) << UInt64(column % 64))
    if words[word] & bit != 0 { return true }
    return words[words.count / 2 + word] & bit != 0 ? false : nil
  }

  /// Whether some literals are all true.
  func holds(_ literals: [Literal]) -> Bool {
    literals.allSatisfy { value($0.column) == $0.isTrue }
  }

  mutating func set(_ column: Int, _ value: Bool) {
    words[(value ? 0 : words.count / 2) + column / 64] |= UInt64(1) << UInt64(column % 64)
  }
}

/// All that conditions are in the reachable states of a system, for each signature.
struct ConditionSamples: Sendable {
  let vectors: [Set<ConditionVector>]

  /// - Parameter states: All reachable ones, or one of each orbit: the parameters take all values.
  /// - Returns: Nil where the end was wanted before.
  init?(
    _ reading: ConditionTable.Reading, _ table: ConditionTable, _ states: [[Int64]],
    _ stop: StopCondition
  ) {
    let interpreter = Interpreter(system: reading.system)
    let bindings = reading.properties.map { TransitionSystem.bindings(of: $0.parameters) }
    var firsts = [0]
    for all in bindings { firsts.append(firsts[firsts.count - 1] + all.count) }
    // What conditions are in a state, one of its bindings after the other.
    var rows: Set<[UInt8]> = []
    for state in states {
      if stop.isDue() { return nil }
      for slot in state.indices { interpreter.slots[slot] = state[slot] }
      var row: [UInt8] = []
      row.reserveCapacity(firsts[firsts.count - 1])
      for (property, all) in zip(reading.properties, bindings) {
        for values in all { row.append(Self.value(interpreter, property, values)) }
      }
      rows.insert(row)
    }
    var vectors: [Set<ConditionVector>] = []
    for signature in table.signatures {
      let counts = signature.types.map { type in
        Self.valueCount(of: type, table, reading.properties)
      }
      var found: Set<ConditionVector> = []
      for row in rows {
        if stop.isDue() { return nil }
        Self.forEachChoice(counts) { chosen in
          var vector = ConditionVector(columns: signature.columns.count)
          for (number, column) in signature.columns.enumerated() {
            var position = 0
            for slot in column.slots { position = position * counts[slot] + chosen[slot] }
            let value = row[firsts[column.condition] + position]
            if value < Self.open { vector.set(number, value == 1) }
          }
          found.insert(vector)
        }
      }
      vectors.append(found)
    }
    self.vectors = vectors
  }

  /// Neither true nor false.
  private static let open: UInt8 = 2

  private static func value(
    _ interpreter: Interpreter, _ property: Property, _ bindings: [Int64]
  ) -> UInt8 {
    do throws(Interruption) {
      return try interpreter.evaluate(property, bindings) == 0 ? 0 : 1
    } catch {
      return open
    }
  }

  private static func valueCount(
    of type: String, _ table: ConditionTable, _ properties: [Property]
  ) -> Int {
    for (condition, property) in zip(table.conditions, properties) {
      if let position = condition.types.firstIndex(of: type) {
        return property.parameters[position].count
      }
    }
    return 0
  }

  /// Calls `body` with each choice of a position for each count, the last varying fastest.
  private static func forEachChoice(_ counts: [Int], _ body: ([Int]) -> Void) {
    guard !counts.contains(0) else { return }
    var chosen = Array(repeating: 0, count: counts.count)
    while true {
      body(chosen)
      var slot = counts.count - 1
      while slot >= 0, chosen[slot] == counts[slot] - 1 {
        chosen[slot] = 0
        slot -= 1
      }
      if slot < 0 { return }
      chosen[slot] += 1
    }
  }
}
