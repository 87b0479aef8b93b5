package import Diagnostics
package import Mutation
import Patches
import Report
import Trace

extension MutationReport {
  /// The report, the survivors first: the end is what is on the screen.
  ///
  /// - Parameter width: Columns for what is not a line of the model.
  package func text(width: Int = 80) -> DisplayText {
    var text: DisplayText = ""
    for position in survivingPositions { text += self.text(of: position, width) + "\n" }
    return text + summary(width)
  }

  /// One mutant with its question, as a diff with a message in front of it.
  private func text(of position: Int, _ width: Int) -> DisplayText {
    let result = results[position]
    var text = wrapped(question(of: result.mutant), width, indent: "  ")
    if case .survived(let rules) = result.outcome {
      for rule in rules {
        text += wrapped("rule \"\(rule)\" never fires any more", width, indent: "  ")
      }
    }
    text += "\n" + DisplayText(lines: diffLines(of: result.mutant)) + "\n"
    if let suggestion = suggestions[position] {
      text += "\n" + wrapped("suggestion: \(suggestion.text)", width, indent: "  ")
    }
    return text
  }

  /// `rule "name", line 12: nothing notices if …`.
  package func question(of mutant: Mutant) -> DisplayText {
    let line = source.line(of: mutant.span.start)
    let name = mutant.declaration.words
    return "\(name), line \(line): nothing notices if \(mutant.question)"
  }

  /// A patch of the model.
  package func patch(of mutant: Mutant) -> [UInt8] {
    UnifiedDiff(from: source, to: mutant.text(of: source)).bytes()
  }

  private func diffLines(of mutant: Mutant) -> [String] {
    // By bytes: to characters a line break may be a part of one.
    var lines = patch(of: mutant).split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { String(decoding: $0, as: UTF8.self) }
  }

  // MARK: - Summary

  /// What fits a screen.
  private func summary(_ width: Int) -> DisplayText {
    let score = self.score
    let share = score.percent.map { "score \($0) %" } ?? "no score"
    var lines: [DisplayText] = [
      "\(source.path): \(share): \(Wording.grouped(score.killed)) of "
        + "\(counted(score.decided, "wrong change")) noticed"
    ]
    let others = [
      (score.equivalent, "change nothing"), (score.invalid, "do not load"),
      (score.undecided, "undecided"), (score.untried, "not tried"),
    ].filter { $0.0 > 0 }.map { DisplayText("\($0.0) \($0.1)") }
    if !others.isEmpty { lines.append("  besides: \(others.joined(separator: ", "))") }
    if let limit { lines.append("  not all were tried: \(Wording.limit(limit))") }
    lines += least
    lines += first
    lines += needless
    let sizes = self.sizes.map { DisplayText("\($0.name) (\(Wording.grouped($0.stateCount)))") }
    var text = lines.map { wrapped($0, width, indent: "      ") }.joined()
    if !sizes.isEmpty {
      text += wrapped(
        "  sizes, with states: \(sizes.joined(separator: ", "))", width, indent: "    ")
    }
    let kept = results.count { $0.isFromCache }
    let known: DisplayText = kept > 0 ? ", \(kept) of \(results.count) known from earlier" : ""
    return text + "  time \(Wording.decimal(seconds)) s\(known)\n"
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(Wording.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// Where least is noticed.
  private var least: [DisplayText] {
    let open = declarations.filter { $0.score.survived > 0 }
    let ordered = open.enumerated().sorted { one, other in
      let (left, right) = (one.element.score, other.element.score)
      let (mine, others) = (left.killed * right.decided, right.killed * left.decided)
      return (mine, -left.survived, one.offset) < (others, -right.survived, other.offset)
    }.map(\.element)
    guard !ordered.isEmpty else { return [] }
    var lines: [DisplayText] = ["  least is noticed in"]
    for (declaration, score) in ordered.prefix(Self.mostLines) {
      lines.append("    \(declaration.words): \(score.killed) of \(score.decided)")
    }
    if ordered.count > Self.mostLines {
      lines.append("    and \(ordered.count - Self.mostLines) more")
    }
    return lines
  }

  /// Who was the first to notice how much.
  private var first: [DisplayText] {
    let noticing = witnesses.filter { $0.count > 0 }.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
    var lines: [DisplayText] = noticing.isEmpty ? [] : ["  first to notice"]
    for (witness, count) in noticing.prefix(Self.mostLines) {
      lines.append("    \(witness.words): \(count)")
    }
    let rest = noticing.dropFirst(Self.mostLines)
    if !rest.isEmpty {
      lines.append("    \(rest.count) more: \(rest.reduce(0) { $0 + $1.count })")
    }
    return lines
  }

  /// What notices nothing that others do not.
  private var needless: [DisplayText] {
    func line(_ title: DisplayText, _ need: Need) -> [DisplayText] {
      let found = witnesses.map(\.witness).filter { self.need(of: $0) == need }
      let named = found.filter { $0.kind != .violation(.cover) }
      let covers = found.count - named.count
      var names = named.map(\.words)
      if covers > 0 {
        names.append("\(covers) \(covers == 1 ? "cover" : "covers") (named by --format json)")
      }
      return names.isEmpty ? [] : ["  \(title): \(names.joined(separator: "; "))"]
    }
    return line("notice nothing that others do not", .notNeeded)
      + line("whether others notice as much was not found out", .unknown)
  }

  private static let mostLines = 7

  /// A sentence in lines of so many columns.
  private func wrapped(_ text: DisplayText, _ width: Int, indent: DisplayText) -> DisplayText {
    var lines: [DisplayText] = []
    var line: DisplayText?
    for word in text.words {
      if let begun = line, begun.count + 1 + word.count > width, !word.isEmpty {
        lines.append(begun)
        line = indent + word
      } else {
        line = line.map { $0 + " " + word } ?? word
      }
    }
    return (lines + [line ?? ""]).joined(separator: "\n") + "\n"
  }
}

extension MutatedDeclaration {
  var words: DisplayText {
    switch kind {
    case .rule: "rule \"\(name)\""
    case .function, .procedure: "\(kind.rawValue) \(name)"
    }
  }
}
