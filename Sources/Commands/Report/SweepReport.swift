import Checking
package import Diagnostics
import Exploration
import TransitionSystem

/// What was found of a model at several sizes, and from which of them on nothing new was seen.
package struct SweepReport: Sendable {
  package static let formatVersion = 1

  package let path: String
  /// Constants that have another value at each size.
  package let names: [String]
  /// In the order in which they were looked at.
  package private(set) var rows: [Row] = []
  /// What has been seen at the sizes before.
  private var seen: Set<Sight> = []

  package struct Row: Sendable {
    package let values: [Int64]
    /// With its reason.
    package let verdict: String
    let isVerified: Bool
    package let stateCount: Int?
    package let seconds: Double?
    /// What no size before had.
    let new: [Sight]
  }

  /// Something that can be seen at a size.
  struct Sight: Sendable, Hashable {
    let kind: Kind
    let name: String
    /// Of the end of a measure.
    var value: Int64?

    enum Kind: String, CaseIterable {
      case rules
      case covers
      case measures

      /// What it is, of one and of several.
      var words: (one: String, several: String) {
        switch self {
        case .rules: ("rule", "rules")
        case .covers: ("cover", "covers")
        case .measures: ("end", "ends")
        }
      }

      var title: String { self == .measures ? "ends of measures" : rawValue }
    }
  }

  package init(path: String, names: [String]) {
    (self.path, self.names) = (path, names)
  }

  /// Notes what was found at a size.
  package mutating func add(_ values: [Int64], _ report: CheckReport, seconds: Double) {
    let new = report.sights.filter { seen.insert($0).inserted }
    rows.append(
      Row(
        values: values, verdict: report.headline, isVerified: report.isVerified,
        stateCount: report.finding[.states],
        seconds: seconds, new: new))
  }

  /// Notes that nothing was found at a size.
  package mutating func add(_ values: [Int64], without verdict: String) {
    rows.append(
      Row(
        values: values, verdict: verdict, isVerified: false, stateCount: nil, seconds: nil, new: [])
    )
  }

  // MARK: - Text

  /// The line above all rows.
  package var head: DisplayText { line(cells(names.map { "\($0)" }, Self.heads)) }

  private static let heads: [DisplayText] = ["states", "seconds", "new", "verdict"]

  /// The last row, with the reason of its verdict below.
  ///
  /// - Parameter width: Columns of a line.
  package func lastLines(_ width: Int) -> [DisplayText] {
    guard let row = rows.last else { return [] }
    let parts = row.verdict.split(separator: ": ", maxSplits: 1)
    let word = DisplayText(parts.first ?? "")
    let lines = [line(cells(of: row).dropLast() + [word])]
    guard parts.count > 1 else { return lines }
    return lines + DisplayText(parts[1]).wrapped(first: "  ", rest: "    ", width)
  }

  private func cells(of row: Row) -> [DisplayText] {
    cells(
      row.values.map { "\($0)" },
      [
        DisplayText(row.stateCount.map(Wording.grouped) ?? ""),
        DisplayText(row.seconds.map(Wording.decimal) ?? ""), DisplayText(Self.words(row.new)),
        DisplayText(row.verdict),
      ])
  }

  private func cells(_ values: [DisplayText], _ rest: [DisplayText]) -> [DisplayText] {
    values + rest
  }

  /// Columns are as wide as what usually stands in them: rows are shown as soon as they are there.
  private func line(_ cells: [DisplayText]) -> DisplayText {
    let widths = names.map { max(3, DisplayText($0).columns) } + [12, 8, 28]
    return cells.enumerated().map { column, cell in
      column < widths.count ? cell.padded(to: widths[column]) : cell
    }.joined(separator: "  ")
  }

  /// `2 rules, 1 end`.
  private static func words(_ new: [Sight]) -> String {
    Sight.Kind.allCases.compactMap { kind in
      let count = new.count { $0.kind == kind }
      if count == 0 { return nil }
      return "\(count) \(count == 1 ? kind.words.one : kind.words.several)"
    }.joined(separator: ", ")
  }

  /// The last size before the first one that is not verified, where one constant alone has other values and not
  /// all of them are verified.
  private func mostVerified(notRun: Int) -> String? {
    let count = rows.prefix { $0.isVerified }.count
    guard names.count == 1, count > 0, count < rows.count + notRun else { return nil }
    return size(rows[count - 1].values)
  }

  /// Up to where the model is verified, and from which size on nothing new was seen, below all rows.
  package func conclusion(notRun: Int) -> [DisplayText] {
    var lines = Sight.Kind.allCases.compactMap { kind -> DisplayText? in
      guard let last = rows.lastIndex(where: { $0.new.contains { $0.kind == kind } }) else {
        return nil
      }
      let size = self.size(rows[last].values)
      return last == rows.count - 1
        ? "\(kind.title): new ones up to the last size, \(size)"
        : "\(kind.title): nothing new after \(size)"
    }
    if let size = mostVerified(notRun: notRun) { lines.insert("verified up to \(size)", at: 0) }
    if notRun > 0 { lines.append("\(notRun) size\(notRun == 1 ? "" : "s") not run") }
    return lines
  }

  /// `CPUS=2 FAULTS=1`.
  package func size(_ values: [Int64]) -> String {
    zip(names, values).map { "\($0)=\($1)" }.joined(separator: " ")
  }

  // MARK: - Documents

  package func json(notRun: [[Int64]]) -> JSONValue {
    func constants(_ values: [Int64]) -> JSONValue {
      .object(zip(names, values).map { ($0, .number(Int($1))) })
    }
    func list(_ kind: Sight.Kind, _ row: Row) -> JSONValue {
      .array(
        row.new.filter { $0.kind == kind }.map { sight in
          guard let value = sight.value else { return .string(sight.name) }
          return .object([("name", .string(sight.name)), ("value", .number(Int(value)))])
        })
    }
    return .document(
      "sweep", version: Self.formatVersion,
      [
        ("model", .string(path)),
        (
          "sizes",
          .array(
            rows.map { row in
              .object([
                ("constants", constants(row.values)), ("verdict", .string(row.verdict)),
                ("states", row.stateCount.map { .number($0) } ?? .null),
                ("seconds", row.seconds.map { .decimal($0) } ?? .null),
                (
                  "new",
                  .object(Sight.Kind.allCases.map { ($0.rawValue, list($0, row)) })
                ),
              ])
            })
        ),
        ("notRun", .array(notRun.map(constants))),
        (
          "lastNew",
          .object(
            Sight.Kind.allCases.map { kind in
              let last = rows.last { $0.new.contains { $0.kind == kind } }
              return (kind.rawValue, last.map { constants($0.values) } ?? .null)
            })
        ),
      ])
  }

  package func markdown(notRun: Int) -> DisplayText {
    let head = cells(names.map { "\($0)" }, Self.heads).map { Markdown.text($0) }
    let table = Markdown.table(
      head, rows.map { cells(of: $0).map { Markdown.text($0) } },
      numbers: Set(0..<names.count + 2))
    let conclusion = conclusion(notRun: notRun).map { "- " + Markdown.text($0) + "\n" }.joined()
    return "### \(Markdown.text(path))\n\n" + table + "\n" + conclusion
  }
}

extension CheckReport {
  /// Rules that fired, covers that were asked and hit, and the ends of measures.
  fileprivate var sights: [SweepReport.Sight] {
    var sights: [SweepReport.Sight] = []
    if let coverage = finding.coverage {
      let notAsked = NotAsked(wording).covers
      for (rule, count) in zip(wording.system.rules, coverage.ruleFirings) where count > 0 {
        sights.append(.init(kind: .rules, name: rule.name))
      }
      for (number, count) in coverage.coverHits.enumerated()
      where count > 0 && notAsked[number] == nil {
        sights.append(.init(kind: .covers, name: wording.system.covers[number].name))
      }
    }
    for measure in finding.measures {
      // Of one with parameters the ends of all instances, which are as many as the size is large.
      let name = wording.system.properties[measure.property].name
      for value in [measure.least, measure.greatest] {
        sights.append(.init(kind: .measures, name: name, value: value))
      }
    }
    return sights
  }
}
