internal import Diagnostics
internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// What a user can set so that it fits.
  func planLines(_ width: Int) -> [DisplayText] {
    guard case .conflict = result.answer, let plans = result.plans else { return [] }
    if let lack = plans.lack {
      return (DisplayText(Self.sentence(lack))).wrapped(first: "  ", rest: "    ", width)
    }
    let title: DisplayText = plans.all.count > 1 ? "  it fits with one of these" : "  it fits with"
    return Self.list(title, plans.all.map(Self.sentence), width)
  }

  /// A plan as the end of a sentence: `203 processors instead of 600 (nr_cpus=203)`.
  static func sentence(_ plan: Plan) -> String {
    plan.steps.map { step in
      step.phrase + (step.now.map { " instead of \($0)" } ?? "")
        + (step.option.map { " (`\($0)`)" } ?? "")
    }.joined(separator: ", and ")
  }

  static func sentence(_ lack: Plans.Lack) -> String {
    switch lack {
    case .none:
      "nothing that can be set makes it fit, however far it goes"
    case .nothingToSet: "nothing is set that could take less"
    }
  }

  static func json(_ plan: Plan) -> JSONValue {
    .object([
      ("text", .string(sentence(plan))),
      ("steps", .array(plan.steps.map(json))),
    ])
  }

  private static func json(_ step: PlanStep) -> JSONValue {
    var members: [(String, JSONValue)] = [("change", .string(step.phrase))]
    if let now = step.now { members.append(("now", .string(now))) }
    if let option = step.option { members.append(("option", .string(option))) }
    let settings = step.changes.compactMap { change -> (String, JSONValue)? in
      guard case .setting(let key, let text) = change else { return nil }
      return (key, .string(text))
    }
    members.append(("settings", .object(settings)))
    return .object(members)
  }
}
