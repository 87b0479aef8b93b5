import Checking
import Comparison
import Diagnostics
import Exploration
import Trace
import TransitionSystem

extension ReviewReport {
  static func blocks(of entry: Entry) -> [ReportDocument.Block] {
    switch entry {
    case .onlyComments, .added, .removed: return []
    case .unreadable(_, _, let message): return [.lines(lines(of: message))]
    case .noted(let note): return blocks(of: note.content)
    case .reviewed(let review):
      return behaviours(of: review) + violations(in: review) + gains(of: review)
        + properties(of: review)
        + sizes(of: review) + text(of: review)
    }
  }

  /// The lines of rendered diagnostics: what shows a line of the model stays as it is.
  private static func lines(of message: DisplayText) -> [DisplayText] {
    message.description.split(separator: "\n").flatMap { line -> [DisplayText] in
      let text = DisplayText(document: String(line))
      let isExcerpt =
        line.drop { $0 == " " || $0.isNumber }.first.map { "|+=".contains($0) } ?? true
      return isExcerpt ? [text] : text.wrapped(rest: "  ", widthOfLines)
    }
  }

  /// Within a section of a report for a terminal.
  private static let widthOfLines = 78

  private static func blocks(of content: Note.Content) -> [ReportDocument.Block] {
    switch content {
    case .changes(let changes):
      let items = changes.map { change -> DisplayText in
        (change.isWorse ? "worse: " : "") + "`\(change.name)` " + change.words
      }
      return items.isEmpty ? [] : [.list(items)]
    case .sentences(let sentences): return sentences.map { .paragraph($0) }
    case .lines(let lines): return lines.isEmpty ? [] : [.lines(lines)]
    }
  }

  /// Of the first size whose behaviours differ, or that nothing differs at any.
  private static func behaviours(of review: ModelReview) -> [ReportDocument.Block] {
    var blocks: [ReportDocument.Block] = []
    let compared = review.sizes.filter { $0.behaviours != nil }
    guard !compared.isEmpty else { return [] }
    func isFirst(_ answer: (BehaviourComparison) -> BehaviourComparison.Answer) -> SizeReview? {
      compared.first { $0.behaviours.map { answer($0).isRun } ?? false }
    }
    for isAdded in [true, false] {
      guard let size = isFirst({ isAdded ? $0.added : $0.removed }),
        let answer = size.behaviours.map({ isAdded ? $0.added : $0.removed }),
        case .run(let run) = answer
      else { continue }
      blocks += difference(run, isAdded: isAdded, size, review)
    }
    if let (size, difference) = otherValues(in: review) {
      return [values(difference, size, review)] + method(of: size)
    }
    for size in compared {
      if let limit = size.behaviours?.limit {
        blocks.append(
          .paragraph("Behaviours\(at(size, review)) are not decided: \(Wording.limit(limit))."))
      }
    }
    if blocks.isEmpty {
      blocks = [.paragraph("Every run of one is a run of the other.")]
    }
    return [.section("behaviours", blocks + compared.prefix(1).flatMap(method))]
  }

  /// What was looked at of a step, and why sets of states are compared where a product would have
  /// been faster.
  private static func method(of size: SizeReview) -> [ReportDocument.Block] {
    let seen: DisplayText? =
      switch size.observation.what {
      case .rules: nil
      case .actors: "Seen of a step is who acts."
      case .values(let values):
        "Seen is what becomes of \(values.names.map { "`\($0)`" }.joined(separator: ", ")), and no "
          + "step that changes nothing there."
      }
    let reason: DisplayText? =
      if case .stateSets(let reason)? = size.behaviours?.method {
        words(reason).map {
          "Sets of states are compared, which takes far longer than the product: \($0)."
        }
      } else { nil }
    return [seen, reason].compactMap { $0.map { .paragraph($0) } }
  }

  private static func words(_ reason: BehaviourComparison.Reason) -> DisplayText? {
    switch reason {
    case .observation, .wanted: nil
    case .product(.interrupted): "something fails in a step of one of the models"
    case .product(.notConfirmed):
      "what the product found was not found again, which is a mistake of swapcheck's"
    case .product(.obstacle(.startStates)): "start states have no partners"
    case .product(.obstacle(.assumptions)): "there are assumptions"
    case .product(.obstacle(.priorities)): "rules have priorities"
    case .product(.obstacle(.impureGuards)): "a guard changes the state"
    case .product(.obstacle(.symbolicConstants)): "the symbolic constants are not the same"
    }
  }

  static func at(_ size: SizeReview, _ review: ModelReview) -> DisplayText {
    review.sizes.count > 1 ? " at \(review.shortName(of: size))" : ""
  }

  private static func difference(
    _ run: BehaviourComparison.DistinguishingRun, isAdded: Bool, _ size: SizeReview,
    _ review: ModelReview
  ) -> [ReportDocument.Block] {
    let (owner, other) =
      isAdded ? (size.pair.head, size.pair.base) : (size.pair.base, size.pair.head)
    let wording = Wording(system: owner.system, source: owner.source)
    let title: DisplayText =
      isAdded ? "the shortest run that is new" : "the shortest run that is gone"
    var blocks: [ReportDocument.Block] = [.run(steps(run.execution, run.failure, wording))]
    let reason = RunDifference(run, in: size.pair, isAdded: isAdded).sentence(
      of: isAdded ? "Before the change" : "After the change", other)
    if let reason { blocks.append(.paragraph(reason)) }
    let isViolation = isAdded && size.runToViolation?.isSame(as: run) == true
    return [
      .section(
        title + (isViolation ? ", and the run to the violation" : "") + at(size, review), blocks)
    ]
  }

  private static func values(
    _ difference: BehaviourComparison.ValueDifference, _ size: SizeReview, _ review: ModelReview
  ) -> ReportDocument.Block {
    let base = Wording(system: size.pair.base.system, source: size.pair.base.source)
    let head = Wording(system: size.pair.head.system, source: size.pair.head.source)
    let (before, after) = (
      base.changes(in: difference.base.steps.last?.slots ?? [], since: nil),
      head.changes(in: difference.head.steps.last?.slots ?? [], since: nil)
    )
    var others: [DisplayText] = []
    let known = Dictionary(
      before.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    for (name, value) in after where known[name] != nil && known[name] != value {
      others.append("`\(name)` is \(value), was \(known[name] ?? "")")
    }
    let isViolation = size.runToViolation?.isSame(as: difference.head) == true
    return .section(
      "behaviours",
      [
        .paragraph("Every run of one is a run of the other\(at(size, review))."),
        .section(
          "after the shortest run with other values"
            + (isViolation ? ", and the run to the violation" : ""),
          [
            .run(steps(difference.head, nil, head)), .list(others),
          ]),
      ])
  }

  static func steps(
    _ execution: Execution, _ failure: RuleInstance?, _ wording: Wording
  ) -> [ReportDocument.Step] {
    RunStep.all(of: execution, failure, wording).map { step in
      var action = step.rule[...]
      if let actor = step.actor {
        action = action.dropFirst(actor.count + 1).drop { $0 == " " }
      }
      var changes = step.changes.map { "\($0.name) = \($0.value)" as DisplayText }
      if step.fails { changes.append("fails") }
      return .init(
        actor: DisplayText(step.actor ?? ""), action: DisplayText(action), changes: changes)
    }
  }

  private static func gains(of review: ModelReview) -> [ReportDocument.Block] {
    var items: [DisplayText] = []
    var runs: [ReportDocument.Block] = []
    for size in review.sizes {
      let wording = Wording(system: size.pair.head.system, source: size.pair.head.source)
      for change in size.coverage {
        let (item, shown) = words(change, size.pair)
        items.append(item + at(size, review))
        for run in shown where runs.isEmpty {
          runs = [.section("the run to that", [.run(steps(run, nil, wording))])]
        }
      }
      for value in size.values ?? [] {
        let item: DisplayText =
          "`\(value.place)` can be \(value.value)\(value.isGained ? " now" : " no more")"
        if !items.contains(where: { $0.description.hasPrefix(item.description) }) {
          items.append(item + at(size, review))
        }
      }
    }
    guard !items.isEmpty else { return [] }
    return [.section("gained and lost", [.list(items)] + runs)]
  }

  private static func words(
    _ change: CoverageChange, _ pair: ModelPair
  ) -> (DisplayText, [Execution]) {
    let isAlive = if case .cameAlive = change.change { true } else { false }
    switch (change.subject, change.change) {
    case (.rule(let base, let head), _):
      let name =
        head.map { pair.head.system.rules[$0].name } ?? base.map { pair.base.system.rules[$0].name }
      return (
        "rule \"\(name ?? "")\" "
          + (isAlive
            ? (base == nil ? "is new and fires" : "fires now")
            : (head == nil ? "is gone" : "never fires any more")),
        []
      )
    case (.cover(let base, _), _):
      let name = base.map { pair.base.system.covers[$0].name } ?? ""
      return ("cover \"\(name)\" " + (isAlive ? "is hit now" : "is never hit any more"), [])
    case (.measure(let name), .range(let before, let after, let runs)):
      return ("measure \"\(name)\" " + range(before, after), runs)
    case (.measure(let name), _): return ("measure \"\(name)\"", [])
    }
  }

  private static func properties(of review: ModelReview) -> [ReportDocument.Block] {
    var items: [DisplayText] = []
    for size in review.sizes {
      for property in size.properties {
        let item: DisplayText =
          "\(property.kind.rawValue) \"\(property.name)\" " + words(property)
        if !items.contains(item) { items.append(item) }
      }
    }
    return items.isEmpty ? [] : [.section("properties", [.list(items)])]
  }

  private static func sizes(of review: ModelReview) -> [ReportDocument.Block] {
    let head: [DisplayText] = ["size", "verdict", "states", "rules fired", "depth", "seconds"]
    let rows = review.sizes.map { size -> [DisplayText] in
      func figure(_ key: Statistic.Key) -> DisplayText {
        let values = [size.base, size.head].map { $0.outcome?.finding[key] }
        let texts = values.map { $0.map(Wording.grouped) ?? "-" }
        return values[0] == values[1] ? "\(texts[0])" : "\(texts[0]) > \(texts[1])"
      }
      let seconds = [size.base, size.head].map { answer -> String in
        let time = answer.outcome?.finding.statistics.first { $0.key == .seconds }
        if case .seconds(let seconds)? = time?.amount { return Wording.decimal(seconds) }
        return "-"
      }
      return [
        size.name.isEmpty ? "as it stands" : DisplayText(review.shortName(of: size)),
        size.base.word == size.head.word ? size.head.word : size.base.word + " > " + size.head.word,
        figure(.states), figure(.rulesFired), figure(.depth), "\(seconds[0]) > \(seconds[1])",
      ]
    }
    return [.section("before > after", [.table(head, rows)])]
  }

  private static func text(of review: ModelReview) -> [ReportDocument.Block] {
    let items = review.declarations.flatMap { declaration -> [DisplayText] in
      declaration.changes.map { change in
        "\(declaration.kind.rawValue) \"\(declaration.name)\" " + words(change)
      }
    }
    return items.isEmpty ? [] : [.section("the text", [.list(items)])]
  }

  private static func words(_ change: DeclarationChange.Change) -> DisplayText {
    switch change {
    case .added: "is new"
    case .removed: "is gone"
    case .renamed(let name, let isGuess):
      "was called \"\(name)\"" + (isGuess ? " (guessed from the rest of its text)" : "")
    case .value(let before, let after): "was `\(before)`, is `\(after)`"
    case .guardLost(let conjunct): "guard lost the conjunct `\(conjunct)`"
    case .guardGained(let conjunct): "guard gained the conjunct `\(conjunct)`"
    case .statementLost(let statement): "lost `\(statement)`"
    case .statementGained(let statement): "gained `\(statement)`"
    case .reordered: "has its statements in another order"
    }
  }
}
