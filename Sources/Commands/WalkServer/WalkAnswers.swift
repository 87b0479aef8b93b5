import Diagnostics
import Evaluation
import Exploration
import Report
import RunFormats
import Runs
import Trace
import TransitionSystem
import Walking

/// What the page is told, as JSON.
struct WalkAnswers {
  private let session: WalkSession

  init(_ session: WalkSession) { self.session = session }

  private var system: TransitionSystem { session.model.system }
  private var source: SourceText { session.model.source }

  // MARK: - The model

  /// What stays as it is.
  var model: JSONValue {
    .object([
      ("path", .string(source.path)),
      ("patches", .array(source.patches.map { .string($0) })),
      (
        "constants",
        .array(
          system.constants.map { pair($0.name, $0.type.describe($0.value)) })
      ),
      ("source", .string(String(decoding: source.bytes, as: UTF8.self))),
      ("starts", .array(system.startStates.map(rule))),
      ("rules", .array(system.rules.map(rule))),
      ("variables", .array(system.variables.filter { !$0.isHidden }.map { .string($0.name) })),
      ("maximumNodeCount", .number(StateGraph.maximumNodeCount)),
    ])
  }

  private func rule(_ rule: Rule) -> JSONValue {
    .object([
      ("name", .string(rule.name)),
      ("actor", rule.actor.map { .string($0) } ?? .null),
      ("line", .number(source.line(of: rule.span.start))),
      ("lastLine", .number(source.line(of: max(rule.span.start, rule.span.end - 1)))),
    ])
  }

  private func pair(_ name: String, _ value: String) -> JSONValue {
    .object([("name", .string(name)), ("value", .string(value))])
  }

  // MARK: - The walk

  /// The steps so far, and the number by which the page says which walk it has seen.
  var walk: JSONValue {
    .object([
      ("revision", .number(session.revision)), ("run", run.map { PageData($0).value } ?? .null),
      ("rules", .array(session.steps.map { .number($0.instance.rule) })),
    ])
  }

  /// Every actor of the model has a lane from the start, so that none moves when another comes to act.
  private var run: ShownRun? {
    guard var run = session.run else { return nil }
    var picture = run.picture ?? Picture()
    let actors = (system.startStates + system.rules).compactMap(\.actor)
    for actor in actors where !picture.lanes.contains(actor) { picture.lanes.append(actor) }
    run.picture = picture
    return run
  }

  func look(_ question: Question.Look) throws(WalkError) -> JSONValue {
    let choices = try session.choices(behind: question.step)
    let rules = question.step == nil ? system.startStates : system.rules
    var values: [JSONValue] = []
    var properties: [PropertyTruth] = []
    if let step = question.step {
      properties = try session.properties(behind: step)
      for text in question.expressions.prefix(64) {
        values.append(value(of: text, behind: step))
      }
    }
    return .object([
      ("revision", .number(session.revision)),
      ("isComplete", .bool(choices.isComplete)),
      ("choices", .array(choices.list.map { choice($0, rules) })),
      ("properties", .array(properties.map(property))),
      ("values", .array(values)),
    ])
  }

  private func choice(_ choice: Choice, _ rules: [Rule]) -> JSONValue {
    let instance = choice.instance
    let (word, reason): (String, String?) =
      switch choice.consequence {
      case .leads(let changesState): (changesState ? "leads" : "stays", nil)
      case .outranked: ("outranked", "a rule of a higher priority is enabled")
      case .discarded: ("discarded", "an assumption discards where it leads to")
      case .fails(let cause): ("fails", cause.message)
      }
    return .object([
      ("rule", .number(instance.rule)),
      ("bindings", .array(instance.bindings.map { .string(String($0)) })),
      ("parameters", .array(parameters(rules[instance.rule].parameters, instance.bindings))),
      ("consequence", .string(word)), ("reason", reason.map { .string($0) } ?? .null),
    ])
  }

  private func parameters(_ parameters: [RuleParameter], _ bindings: [Int64]) -> [JSONValue] {
    zip(parameters, bindings).map { pair($0.name, $0.type.describe($1)) }
  }

  // MARK: - Values

  private func property(_ truth: PropertyTruth) -> JSONValue {
    let property = system.properties[truth.instance.property]
    let (value, reason): (JSONValue, JSONValue) =
      switch truth.value {
      case .condition(let holds): (.string(holds ? "true" : "false"), .null)
      case .number(let number): (.string(String(number)), .null)
      case .interrupted(let cause): (.null, .string(cause.message))
      }
    return .object([
      ("kind", .string(property.kind.rawValue)), ("name", .string(property.name)),
      ("parameters", .array(parameters(property.parameters, truth.instance.bindings))),
      ("line", .number(source.line(of: property.span.start))),
      ("value", value), ("reason", reason), ("parts", .array(truth.parts.map(part))),
    ])
  }

  private func value(of text: String, behind step: Int) -> JSONValue {
    do throws(WalkError) {
      switch try session.evaluate(text, behind: step) {
      case .value(let value):
        return .object([("text", .string(text)), ("value", .string(value))])
      case .parts(let parts):
        return .object([
          ("text", .string(text)), ("parts", .array(parts.map { pair($0.name, $0.value) })),
        ])
      case .interrupted(let cause):
        return .object([("text", .string(text)), ("reason", .string(cause.message))])
      }
    } catch {
      return .object([("text", .string(text)), ("error", self.error(error))])
    }
  }

  func part(_ part: ConditionPart) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("role", .string(part.role.rawValue)), ("text", .string(source.text(of: part.span))),
      ("line", .number(source.line(of: part.span.start))),
    ]
    switch part.truth {
    case .holds: members.append(("truth", .string("true")))
    case .interrupted(let cause):
      members += [("truth", .null), ("reason", .string(cause.message))]
    case .fails(let explanation):
      members += [
        ("truth", .string("false")), ("false", .string(source.text(of: explanation.span))),
        ("values", .array(values(explanation))),
      ]
    }
    return .object(members)
  }

  private func values(_ explanation: Explanation) -> [JSONValue] {
    let own = (explanation.bindings + explanation.values).map {
      pair(source.text(of: $0.span), $0.value)
    }
    let cases = explanation.cases.flatMap { each in
      let name = source.text(of: each.variable.span)
      return each.values.map {
        pair("\(source.text(of: $0.span)) where \(name) = \(each.variable.value)", $0.value)
      }
    }
    return own + cases
  }

  // MARK: - Questions

  func why(_ question: Question.Why) throws(WalkError) -> JSONValue {
    let inspected = try session.guardParts(of: question.rule, behind: question.step)
    let rule = system.rules[question.rule]
    return .object([
      ("count", .number(rule.instanceCount)),
      (
        "instances",
        .array(
          inspected.map { instance, parts in
            .object([
              ("parameters", .array(parameters(rule.parameters, instance.bindings))),
              ("parts", .array(parts.map(part))),
            ])
          })
      ),
    ])
  }

  func graph(_ graph: StateGraph) -> JSONValue {
    .object([
      ("stateCount", .number(graph.stateCount)), ("isComplete", .bool(graph.isComplete)),
      (
        "nodes",
        .array(
          graph.nodes.map { node in
            .object([
              ("label", node.label.map { .string($0) } ?? .null),
              ("stateCount", .number(node.stateCount)), ("depth", .number(node.depth)),
              ("isCurrent", .bool(node.isCurrent)),
            ])
          })
      ),
      (
        "edges",
        .array(
          graph.edges.map { edge in
            .object([
              ("from", .number(edge.from)), ("to", .number(edge.to)),
              ("rule", .number(edge.rule)), ("count", .number(edge.count)),
            ])
          })
      ),
    ])
  }

  /// How far a kept run goes through, and why no farther.
  func replay(_ replay: RunReplay) -> JSONValue {
    let text = RunReplayText(replay, session.wording)
    return .object([
      ("walk", walk), ("message", .string(text.message)),
      ("difference", text.difference.map { .string($0) } ?? .null),
      ("isComplete", .bool(text.isComplete)), ("parts", .array(text.parts.map(part))),
    ])
  }

  // MARK: - Errors

  func error(_ error: WalkError) -> JSONValue {
    var members: [(String, JSONValue)] = []
    switch error {
    case .symbolicConstants: members = [("message", .string("the model leaves constants open"))]
    case .noSuchStep(let step):
      members = [("message", .string("the walk has no step \(step + 1)"))]
    case .noSuchInstance: members = [("message", .string("the model has no such rule"))]
    case .cannotBeTaken(let consequence, let parts):
      members = [
        ("message", .string(Self.words(for: consequence))), ("parts", .array(parts.map(part))),
      ]
    case .noExpression(let mistake):
      members = [
        ("message", .string(mistake.message)),
        ("offset", mistake.offset.map { .number($0) } ?? .null),
        ("hint", mistake.hint.map { .string($0) } ?? .null),
      ]
    case .noCondition:
      members = [
        ("message", .string("this is no condition")),
        ("hint", .string("compare it with a value")),
      ]
    case .tooLong(let limit):
      members = [("message", .string("a walk has at most \(limit) steps"))]
    }
    return .object(members)
  }

  private static func words(for consequence: Choice.Consequence?) -> String {
    switch consequence {
    case nil, .leads: "the rule is not enabled"
    case .outranked: "a rule of a higher priority is enabled"
    case .discarded: "an assumption discards where the rule leads to"
    case .fails(let cause): "the rule fails: \(cause.message)"
    }
  }
}
