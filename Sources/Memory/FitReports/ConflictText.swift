package import Fitting
internal import MemoryLayout

/// A conflict in words: one sentence for each rule, however many items it is about.
package struct ConflictText: Hashable, Sendable {
  /// Without a full stop, each with the rule's source at its end; that everything is placed comes
  /// last.
  package let sentences: [String]
  /// The same sentences without the rules' sources.
  package let withoutSources: [String]

  package init(_ conflict: Conflict) {
    var rules: [PlacementRule] = []
    var clauses: [PlacementRule: [Clause]] = [:]
    var placed: [String] = []
    for constraint in conflict.constraints {
      if case .placed(let item) = constraint.demand {
        placed.append("`\(item)`")
        continue
      }
      if clauses[constraint.rule] == nil { rules.append(constraint.rule) }
      let (clause, item) = Clause.of(constraint)
      var others = clauses[constraint.rule] ?? []
      if let index = others.firstIndex(where: { $0.saysTheSame(as: clause) }), let item {
        others[index].items.append(item)
      } else {
        others.append(clause)
      }
      clauses[constraint.rule] = others
    }
    let sizes = Self.sizes(conflict)
    let words = rules.map { "\($0.rawValue): \(Self.joined(clauses[$0] ?? [], sizes))" }
    var sentences = zip(words, rules).map { "\($0) [\($1.source)]" }
    withoutSources = words
    if !placed.isEmpty {
      let verb = placed.count == 1 ? "has" : "have"
      sentences.append("everything is placed: \(placed.joined(separator: ", ")) \(verb) a place")
    }
    self.sentences = sentences
  }

  /// What is said of one item or of several, in the words of a constraint's reason.
  private struct Clause {
    enum Kind {
      /// The item stands before the words, which go on from it.
      case subject
      /// The item stands before the words, with a colon.
      case label
      /// The words name what they are about.
      case whole
    }

    let kind: Kind
    let words: String
    /// A reason that has a size has none to be shown beside the item.
    let isAboutSize: Bool
    var items: [String]

    static func of(_ constraint: PlacementConstraint) -> (clause: Clause, item: String?) {
      let reason = constraint.reason
      var isAboutSize = false
      if case .atLeast = constraint.demand { isAboutSize = true }
      func clause(_ kind: Kind, _ words: String, _ items: [String]) -> Clause {
        Clause(kind: kind, words: words, isAboutSize: isAboutSize, items: items)
      }
      guard let item = constraint.demand.item else { return (clause(.whole, reason, []), nil) }
      let subject = "`\(item)` "
      if reason.hasPrefix(subject), !reason.dropFirst(subject.count).contains("`\(item)`") {
        return (clause(.subject, String(reason.dropFirst(subject.count)), [item]), item)
      }
      if reason.contains("`\(item)`") { return (clause(.whole, reason, [item]), nil) }
      return (clause(.label, reason, [item]), item)
    }

    func saysTheSame(as other: Clause) -> Bool {
      kind == other.kind && kind != .whole && words == other.words
    }
  }

  /// What an item takes by the conflict itself; of several demands the largest.
  private static func sizes(_ conflict: Conflict) -> [String: UInt64] {
    var sizes: [String: UInt64] = [:]
    for constraint in conflict.constraints {
      guard case .atLeast(let item, let byteCount) = constraint.demand else { continue }
      sizes[item] = max(sizes[item] ?? 0, byteCount)
    }
    return sizes
  }

  /// A clause about the items of the one before it does not name them again.
  private static func joined(_ clauses: [Clause], _ sizes: [String: UInt64]) -> String {
    var text = ""
    var last: Clause?
    for clause in clauses {
      let goesOn = last.map { $0.kind == clause.kind && $0.items == clause.items } ?? false
      switch clause.kind {
      case .whole: text += (last == nil ? "" : "; ") + clause.words
      case .subject where goesOn: text += ", and \(clause.words)"
      case .label where goesOn: text += "; \(clause.words)"
      case .subject, .label:
        let names = clause.items.map { item in
          let size = clause.isAboutSize || clause.items.count == 1 ? nil : sizes[item]
          return "`\(item)`" + (size.map { " (\(ByteCountText.format(UInt128($0))))" } ?? "")
        }
        text += last == nil ? "" : "; "
        text += clause.kind == .subject && names.count > 1 ? "each of " : ""
        text += listed(names) + (clause.kind == .subject ? " " : ": ") + clause.words
      }
      last = clause
    }
    return text
  }

  private static func listed(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
