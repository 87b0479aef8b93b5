import Checking
package import Comparison
package import Diagnostics
import Exploration
import Trace
import TransitionSystem

/// What a change does, ready to be shown: of one model or of several.
package struct ReviewReport: Sendable {
  /// What is compared, such as `main..HEAD`.
  let subject: String
  let models: [Entry]

  /// What there is to say of one model.
  package enum Entry: Sendable {
    case reviewed(ModelReview)
    /// Nothing but comments and layout has changed.
    case onlyComments(model: String)
    case added(model: String)
    case removed(model: String)
    /// One side has errors; whether it is the head.
    case unreadable(model: String, headIsBroken: Bool, message: DisplayText)
    case noted(Note)

    package var model: String {
      switch self {
      case .reviewed(let review): review.model
      case .onlyComments(let model), .added(let model), .removed(let model),
        .unreadable(let model, _, _):
        model
      case .noted(let note): note.subject
      }
    }
  }

  /// What is said of something that is no model: a layout, a variant, a file of scenarios.
  package struct Note: Sendable {
    /// Its path.
    let subject: String
    /// What goes behind the path, in the first line.
    let summary: DisplayText
    let content: Content
    let standing: Standing
    /// In documents that programs read.
    let conclusion: String

    package init(
      of subject: String, _ summary: DisplayText, _ content: Content = .sentences([]),
      standing: Standing, conclusion: String
    ) {
      (self.subject, self.summary, self.content) = (subject, summary, content)
      (self.standing, self.conclusion) = (standing, conclusion)
    }

    /// What is said below the first line.
    package enum Content: Sendable {
      case changes([Change])
      case sentences([DisplayText])
      /// Lines that stay as they are.
      case lines([DisplayText])
    }

    /// What has become of a part, such as a scenario.
    package struct Change: Sendable {
      let name: String
      /// The end of a sentence that begins with the name.
      let words: DisplayText
      let isWorse: Bool

      package init(of name: String, _ words: DisplayText, isWorse: Bool) {
        (self.name, self.words, self.isWorse) = (name, words, isWorse)
      }
    }
  }

  package init(of subject: String, _ models: [Entry]) {
    self.subject = subject
    self.models = models
  }

  /// What a machine that asks for a merge makes of it.
  package enum Standing: Sendable {
    case well
    case worse
    case undecided
  }

  package var standing: Standing {
    var isUndecided = false
    for entry in models {
      switch entry {
      case .removed, .unreadable(_, true, _): return .worse
      case .onlyComments, .added, .unreadable(_, false, _): break
      case .noted(let note):
        switch note.standing {
        case .worse: return .worse
        case .undecided: isUndecided = true
        case .well: break
        }
      case .reviewed(let review):
        switch review.conclusion {
        case .worse: return .worse
        case .undecided: isUndecided = true
        default: break
        }
      }
    }
    return isUndecided ? .undecided : .well
  }

  package var document: ReportDocument {
    guard models.count != 1, !models.isEmpty else {
      guard let only = models.first else {
        return ReportDocument(
          title: "\(subject): no model, variant, layout or scenario has changed")
      }
      return ReportDocument(title: Self.headline(of: only), blocks: Self.blocks(of: only))
    }
    let whole = models.map { (Self.headline(of: $0), Self.blocks(of: $0)) }
    // What needs no more than its headline comes first.
    let short = whole.filter(\.1.isEmpty).map(\.0)
    return ReportDocument(
      title: "\(subject): \(tally)",
      blocks: (short.isEmpty ? [] : [.list(short)])
        + whole.filter { !$0.1.isEmpty }.map { .section($0.0, $0.1) })
  }

  /// How many have changed, and how many of them are worse.
  private var tally: DisplayText {
    let worse = models.count { ReviewReport(of: subject, [$0]).standing == .worse }
    let all: DisplayText = "\(models.count) changes"
    return worse == 0 ? all + ", none for the worse" : all + ", \(worse) for the worse"
  }

  // MARK: - The first line

  static func headline(of entry: Entry) -> DisplayText {
    switch entry {
    case .reviewed(let review): "\(review.model): " + summary(of: review)
    case .onlyComments(let model): "\(model): nothing changed but comments and layout"
    case .added(let model): "\(model): new"
    case .removed(let model): "\(model): worse, it is gone"
    case .unreadable(let model, true, _): "\(model): worse, it cannot be read any more"
    case .unreadable(let model, false, _): "\(model): it could not be read before"
    case .noted(let note): "\(note.subject): " + note.summary
    }
  }

  /// What is repaired, which weighs more than what else it changes, and what is worse, which weighs
  /// more than that.
  private static func summary(of review: ModelReview) -> DisplayText {
    let words = words(review.conclusion, review)
    guard let repair = repair(in: review) else { return words }
    if case .worse = review.conclusion { return words + "; repaired: " + repair }
    return "repaired, " + repair + "; " + words
  }

  private static func words(
    _ conclusion: ModelReview.Conclusion, _ review: ModelReview
  ) -> DisplayText {
    switch conclusion {
    case .worse(let reasons): "worse, " + words(reasons, review)
    case .undecided(let sizes):
      "undecided"
        + (review.sizes.count > 1
          ? " at "
            + sizes.map { DisplayText(review.shortName(of: review.sizes[$0])) }.joined(
              separator: ", ") : "")
    case .unchanged:
      review.sizes.contains(where: \.hasUncomparedValues)
        ? "the same steps; values of variables are not compared" : "nothing changed in behaviour"
    case .valuesChanged: "the same steps, with other values of variables"
    case .added: "only adds behaviour"
    case .removed: "only removes behaviour"
    case .addedAndRemoved: "adds behaviour and removes some"
    case .notCompared: "no verdict is worse; behaviours of symbolic models are not compared"
    }
  }

  /// The first reason, and what else there is: verdicts of other sizes as one.
  private static func words(
    _ reasons: [ModelReview.Worsening], _ review: ModelReview
  ) -> DisplayText {
    guard let first = reasons.first else { return "" }
    var text = words(first, review)
    var others = reasons.dropFirst().count
    if case .verdict = first {
      let sizes = reasons.dropFirst().filter { if case .verdict = $0 { true } else { false } }.count
      others -= sizes
      if sizes > 0 { text += " (and at \(sizes) other size\(sizes == 1 ? "" : "s"))" }
    }
    return others > 0 ? text + ", and \(others) more" : text
  }

  private static func words(
    _ worsening: ModelReview.Worsening, _ review: ModelReview
  ) -> DisplayText {
    func at(_ size: Int) -> DisplayText {
      review.sizes.count > 1 ? " at \(review.shortName(of: review.sizes[size]))" : ""
    }
    switch worsening {
    case .verdict(let size):
      return verdict(review.sizes[size].head, review.sizes[size].pair.head) + at(size)
        + ", was " + verdict(review.sizes[size].base, review.sizes[size].pair.base)
    case .property(let kind, let name, let change):
      return "\(kind.rawValue) \"\(name)\" " + words(change)
    case .ruleLost(let name, let size):
      return "rule \"\(name)\" never fires any more" + at(size)
    case .coverLost(let name, let size):
      return "cover \"\(name)\" is never hit any more" + at(size)
    case .measure(let name, let before, let after, let size):
      return "\"\(name)\" " + range(before, after) + at(size)
    }
  }

  /// What has become of a property, in the states that are reached and, where that is another matter,
  /// in all that its types allow.
  static func words(_ change: PropertyChange) -> DisplayText {
    switch (change.change, change.inTypedStates) {
    case (.equal, .equal?) where change.isByText:
      "says the same in other words, or in another order"
    case (_, .stronger?) where change.isByText && [.equal, .undecided].contains(change.change):
      "asks in any state for what it asked for, and for " + quoted(change.gained) + " besides"
    case (.equal, .equal?): "has another text, and is true in the same states of all there could be"
    case (.equal, .weaker?):
      "is weaker in states that could be, and true in the same of those that are reached"
    case (.equal, .stronger?):
      "is stronger in states that could be, and true in the same of those that are reached"
    case (.equal, .other?):
      "says something else in states that could be, and is true in the same of those that are reached"
    case (.equal, nil):
      "has another text, and is true in the same reachable states; of others it is not known: see "
        + "whether it asks for less, " + comparison(change)
    case (.undecided, nil) where !change.lost.isEmpty || !change.gained.isEmpty:
      "has another text; see whether it asks for less, " + comparison(change)
    case (.undecided, .weaker?): "is weaker; the states that are reached were not all looked at"
    case (.undecided, .stronger?): "is stronger; the states that are reached were not all looked at"
    case (.undecided, .other?):
      "says something else; the states that are reached were not all looked at"
    default: words(change.change)
    }
  }

  /// What a person has to look at.
  private static func comparison(_ change: PropertyChange) -> DisplayText {
    switch (change.lost.isEmpty, change.gained.isEmpty) {
    case (true, true): "in what it calls"
    case (false, true): "without " + quoted(change.lost)
    case (true, false): "with " + quoted(change.gained)
    case (false, false): "with " + quoted(change.gained) + " for " + quoted(change.lost)
    }
  }

  private static func quoted(_ texts: [String]) -> DisplayText {
    texts.map { "`\($0)`" as DisplayText }.joined(separator: " and ")
  }

  static func words(_ change: PropertyChange.Change) -> DisplayText {
    switch change {
    case .added: "is new"
    case .removed: "is gone"
    case .weaker: "is weaker: it is true in states in which it was not"
    case .stronger: "is stronger: it is false in states in which it was true"
    case .other: "says something else: it is true and false in other states"
    case .equal: "has another text, and is true in the same reachable states"
    case .undecided: "has another text"
    }
  }

  static func range(
    _ before: ClosedRange<Int64>, _ after: ClosedRange<Int64>
  ) -> DisplayText {
    func text(_ range: ClosedRange<Int64>) -> DisplayText {
      range.lowerBound == range.upperBound
        ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
    }
    return "is " + text(after) + ", was " + text(before)
  }

  static func verdict(_ answer: SizeReview.Answer, _ model: ModelPair.Model) -> DisplayText {
    switch answer {
    case .checked(let outcome):
      DisplayText(
        CheckReport(system: model.system, source: model.source, outcome: outcome).headline)
    case .refused(.noStartState): "without states"
    case .refused: "not checked"
    }
  }
}

extension ModelReview {
  /// The name of a size without what the names of all sizes begin with.
  func shortName(of size: SizeReview) -> String {
    guard sizes.count > 1, let first = sizes.first?.name else { return size.name }
    let words = first.split(separator: "-", omittingEmptySubsequences: false)
    for count in (0..<words.count).reversed() where count > 0 {
      let beginning = words.prefix(count).joined(separator: "-") + "-"
      if sizes.allSatisfy({ $0.name.hasPrefix(beginning) && $0.name.count > beginning.count }) {
        return String(size.name.dropFirst(beginning.count))
      }
    }
    return size.name
  }
}

extension SizeReview {
  /// Whether the steps are the same, and nobody looked at what they lead to.
  fileprivate var hasUncomparedValues: Bool {
    if case .notCompared? = behaviours?.values { true } else { false }
  }
}

extension SizeReview.Answer {
  /// The verdict in one word.
  var word: DisplayText {
    switch self {
    case .checked(let outcome): DisplayText(outcome.verdict.word)
    case .refused: "no states"
    }
  }
}

extension BehaviourComparison {
  /// What kept it from being found out, if something did.
  var limit: ExplorationLimit? {
    if case .undecided(let limit) = added { return limit }
    if case .undecided(let limit) = removed { return limit }
    if case .undecided(let limit)? = values { return limit }
    return nil
  }
}
