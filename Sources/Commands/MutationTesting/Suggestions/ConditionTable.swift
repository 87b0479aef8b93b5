import Analysis
import Diagnostics
import Murphi
import Mutation
import TransitionSystem

/// Conditions of a model that can be asked of any state. They are written behind the text of the model or
/// of a mutant, so that whoever reads models reads them with the types and constants of any size.
struct ConditionTable: Sendable {
  let conditions: [Condition]
  let signatures: [ConditionSignature]

  /// - Parameters:
  ///   - size: One at which it is found out which conditions can be asked beside the rules: not those
  ///     that change the state, for example.
  init(_ conditions: [Condition], of source: SourceText, at size: ModelSize, _ stop: StopCondition)
  {
    var left = conditions
    for _ in 0..<Self.mostReadings where !stop.isDue() {
      let text = Self.text(left, behind: source)
      let (loaded, system) = size.load(text, stop)
      let first = source.lineCount + 1
      if let system {
        let purity = Purity(system)
        let isPure = Self.properties(left, of: system)?.map { purity.isPure($0.expression) } ?? []
        left = zip(left, isPure).filter(\.1).map(\.0)
        break
      }
      let wrong = Set(
        loaded.diagnostics.filter { $0.severity == .error }
          .map { text.line(of: $0.span.start) - first })
      let kept = left.indices.filter { !wrong.contains($0) }.map { left[$0] }
      // Nothing of what is wrong is ours.
      left = kept.count == left.count ? [] : kept
    }
    self.conditions = left
    signatures = ConditionSignature.all(of: left)
  }

  /// A mistake may hide another one.
  private static let mostReadings = 4

  /// A system with the conditions as properties, in their order.
  struct Reading {
    let system: TransitionSystem
    let properties: [Property]
  }

  /// - Returns: Nil where they cannot be read.
  func reading(
    _ text: SourceText, at size: ModelSize, _ stop: StopCondition
  ) -> Reading? {
    guard let system = size.load(Self.text(conditions, behind: text), stop).system,
      let properties = Self.properties(conditions, of: system)
    else { return nil }
    return Reading(system: system, properties: properties)
  }

  private static func name(_ number: Int) -> String { "condition \(number)" }

  /// Each in a line of its own.
  private static func text(_ conditions: [Condition], behind source: SourceText) -> SourceText {
    var text = "\n"
    for (number, condition) in conditions.enumerated() {
      let property = "invariant \"\(name(number))\" \(condition.text(condition.names));"
      let parameters = zip(condition.names, condition.types).map { "\($0): \($1)" }
      text +=
        parameters.isEmpty
        ? property + "\n" : "ruleset \(parameters.joined(separator: "; ")) do \(property) end;\n"
    }
    return SourceText(path: source.path, bytes: source.bytes + Array(text.utf8))
  }

  /// Those that were written last.
  private static func properties(
    _ conditions: [Condition], of system: TransitionSystem
  ) -> [Property]? {
    let properties = Array(system.properties.suffix(conditions.count))
    guard properties.count == conditions.count,
      properties.indices.allSatisfy({ properties[$0].name == name($0) })
    else { return nil }
    return properties
  }
}

/// Parameters that several conditions can be about at once, by the texts of their types.
struct ConditionSignature: Sendable, Hashable {
  let types: [String]
  let columns: [Column]

  /// A condition, and for each of its parameters which of the signature's it is.
  struct Column: Sendable, Hashable {
    let condition: Int
    let slots: [Int]
  }

  /// The most conditions of one: three of them are looked at together.
  private static let mostColumns = 160

  static func all(of conditions: [Condition]) -> [ConditionSignature] {
    var seen: Set<[String]> = []
    return conditions.map { $0.types.sorted() }.filter { seen.insert($0).inserted }.map { types in
      let columns = conditions.enumerated().flatMap { number, condition in
        choices(condition.types[...], types, []).map { Column(condition: number, slots: $0) }
      }
      return ConditionSignature(types: types, columns: Array(columns.prefix(mostColumns)))
    }
  }

  /// All ways to choose a slot of its type for each parameter, none twice.
  private static func choices(
    _ types: ArraySlice<String>, _ slots: [String], _ chosen: [Int]
  ) -> [[Int]] {
    guard let type = types.first else { return [chosen] }
    return slots.indices.filter { slots[$0] == type && !chosen.contains($0) }.flatMap {
      choices(types.dropFirst(), slots, chosen + [$0])
    }
  }
}
