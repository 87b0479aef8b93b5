package import Diagnostics
import Evaluation
import Trace
import TransitionSystem

/// In words which rules are enabled in the last state of a run, and what alone keeps others from firing.
package struct ObstacleText: Sendable {
  /// Enabled rules, with their parameters.
  package let enabled: [String]
  /// Whether some of them fire and change nothing.
  package let someAreIdle: Bool
  /// Rules that one part of their guard keeps from firing.
  package let obstacles: [Obstacle]
  /// Whether it is a deadlock that a model may be allowed.
  private var isDeadlock = false
  /// Whether all rules were looked at, with all values of their parameters.
  package let isComplete: Bool

  package struct Obstacle: Sendable {
    /// With its parameters.
    package let rule: String
    /// The part of the guard, in one line.
    package let part: String
    package let span: SourceSpan
    /// What stands in that part, and what it is.
    package let values: [(text: String, value: String)]
  }

  /// More would hide what matters.
  private static let mostShown = 5
  private static let mostValues = 4

  /// Nil unless the question is why nothing leads on, or not to where it should.
  init?(_ counterexample: Counterexample, _ wording: Wording) {
    switch counterexample.violation.kind {
    case .deadlock, .liveness: break
    case .invariant, .interruption, .uncovered: return nil
    }
    guard let last = counterexample.execution.steps.last else { return nil }
    self.init(
      RuleObstacles(
        wording.system, slots: last.slots, valuation: counterexample.execution.valuation), wording)
    isDeadlock = counterexample.violation.kind == .deadlock && !someAreIdle
  }

  init(_ found: RuleObstacles, _ wording: Wording) {
    enabled = found.enabled.map { wording.rule($0, isStart: false) }
    someAreIdle = !found.idle.isEmpty
    isComplete = found.isComplete
    obstacles = found.obstacles.map { obstacle in
      let explanation = obstacle.explanation
      let part = Self.line(wording.source.text(of: obstacle.conjunct))
      // The parameters stand behind the rule's name.
      let rule = wording.system.rules[obstacle.instance.rule]
      var seen = Set(rule.parameters.map(\.name) + [part])
      let values = (explanation.bindings + explanation.values)
        .map { (text: Self.line(wording.source.text(of: $0.span)), value: $0.value) }
        .filter { seen.insert($0.text).inserted }
      return Obstacle(
        rule: wording.rule(obstacle.instance, isStart: false), part: part,
        span: obstacle.conjunct, values: values)
    }
  }

  /// A part of the text without its line breaks and comments.
  private static func line(_ text: String) -> String {
    text.split(separator: "\n").map { line in
      line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line
    }.flatMap { $0.split(whereSeparator: \.isWhitespace) }.joined(separator: " ")
  }

  /// What is so in a deadlock.
  var deadlock: String {
    if someAreIdle {
      return "rules fire in the last state and change nothing, which --deadlock stuck allows"
    }
    return enabled.isEmpty && isComplete
      ? "no rule is enabled in the last state" : "no rule leads on from the last state"
  }

  /// Below a run.
  func lines(_ width: Int) -> [DisplayText] {
    var lines: [DisplayText] = []
    if !enabled.isEmpty {
      let names = NameList("enabled in the last state", names: enabled.map { DisplayText($0) })
      lines += names.lines(within: 3, width)
    }
    if isDeadlock {
      lines.append("  if it may end there, --deadlock off allows it")
    }
    guard !obstacles.isEmpty else { return lines }
    lines += ("one condition alone keeps these rules from firing in the last state:" as DisplayText)
      .wrapped(first: "  ", rest: "    ", width)
    for obstacle in obstacles.prefix(Self.mostShown) {
      var text: DisplayText = "\(obstacle.rule): `\(obstacle.part)` is false"
      let values = obstacle.values.prefix(Self.mostValues).map {
        "`\($0.text)` is \($0.value)" as DisplayText
      }
      if !values.isEmpty { text += ": " + values.joined(separator: ", ") }
      lines += text.wrapped(first: "    ", rest: "      ", width)
    }
    let rest = obstacles.count - Self.mostShown
    if rest > 0 { lines.append("    and \(rest) more rules") }
    return lines
  }

  /// All of it.
  func json(_ wording: Wording) -> JSONValue {
    .object([
      ("enabled", .array(enabled.map { .string($0) })),
      ("complete", .bool(isComplete)),
      (
        "kept",
        .array(
          obstacles.map { obstacle in
            .object([
              ("rule", .string(obstacle.rule)), ("part", .string(obstacle.part)),
              ("location", .string(wording.location(obstacle.span))),
              (
                "values",
                .array(
                  obstacle.values.map {
                    .object([("text", .string($0.text)), ("value", .string($0.value))])
                  })
              ),
            ])
          })
      ),
    ])
  }
}
