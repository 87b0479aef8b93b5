package import Diagnostics
package import Fitting
internal import MemoryLayout

/// What is said of the least value of a parameter.
package struct SizeReport: Sendable {
  private let size: SizeResult

  package init(_ size: SizeResult) { self.size = size }

  /// One line with what was found.
  private var headline: String {
    let name = size.description.name
    guard let option = size.option else {
      return "\(name): no value of `\(size.parameter.rawValue)` was found that fits"
    }
    return "\(name): `\(option)` is the least \(size.isLeast ? "that" : "that was found and") fits"
  }

  private static func text(_ byteCount: UInt128) -> String { ByteCountText.format(byteCount) }

  /// The report for a terminal: ASCII, without colour.
  ///
  /// - Parameter width: Characters of a line, which only what has no space is longer than; at least
  ///   40.
  package func text(width: Int, detail: FitReport.Detail = .full) -> DisplayText {
    let width = max(width, 40)
    var lines = DisplayText(headline).wrapped(rest: "    ", width)
    if let option = size.option {
      // What is to be copied stays in one line.
      lines.append(DisplayText("    \(option)"))
      lines += partLines(width)
      lines += FitReport.list("  beside that", beside(detail), width)
      for growth in size.growth { lines += Self.lines(growth, width) }
      if let result = size.result {
        lines += FitReport(result).dependencyLines(width, detail)
        let assumptions = result.layout.assumptions
        lines +=
          detail == .full
          ? FitReport.list("  assumed:", assumptions, width)
          : ["  \(assumptions.count) assumptions: --verbose"]
      }
    } else if let result = size.result {
      lines.append("  with the value that leaves the most room:")
      lines += FitReport(result).lines(width: width - 2, detail: detail).map { "  \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func partLines(_ width: Int) -> [DisplayText] {
    guard !size.parts.isEmpty else { return [] }
    var parts = size.parts.map { ($0.name, $0.byteCount) }
    if size.left > 0 { parts.append(("left over", size.left)) }
    // One unit for all, so that they can be compared and added.
    let isInUnits = parts.allSatisfy { $0.1 % 1024 == 0 }
    let figures = parts.map { isInUnits ? "\($0.1 >> 10) KiB" : "\($0.1) bytes" }
    let nameWidth = parts.map(\.0.count).max() ?? 0
    let figureWidth = figures.map(\.count).max() ?? 0
    return ["  it consists of"]
      + zip(parts, figures).map { part, figure in
        let blank = String(repeating: " ", count: figureWidth - figure.count)
        return DisplayText("    \(DisplayText(part.0).padded(to: nameWidth))  \(blank)\(figure)")
      }
  }

  private func beside(_ detail: FitReport.Detail) -> [String] {
    var sentences: [String] = []
    let unit = Self.text(UInt128(size.unit))
    sentences.append(
      size.isLeast
        ? "with \(unit) less it does not fit, nor with any smaller value"
        : "with \(unit) less it does not fit; not all smaller values were asked")
    if detail == .full, !size.limits.isEmpty {
      sentences.append(
        "what keeps it from that: " + size.limits.map(\.rawValue).joined(separator: "; "))
    }
    if size.most > size.byteCount {
      sentences.append(
        "larger values fit up to \(Self.text(UInt128(size.most))), as far as was asked")
    } else {
      sentences.append("no larger value fits")
    }
    if let again = size.again {
      sentences.append("beyond that some do, too, such as \(Self.text(UInt128(again)))")
    }
    return sentences
  }

  private static func lines(_ growth: SizeGrowth, _ width: Int) -> [DisplayText] {
    var rows = growth.rows.map { row in
      (
        growth.unit == .count
          ? "\(row.values.lowerBound) to \(row.values.upperBound)"
          : "up to \(ByteCountText.free(UInt128(row.values.upperBound)))",
        row.option
      )
    }
    if let first = growth.rows.first, first.option != growth.first {
      rows.insert((growth.text(first.values.lowerBound), growth.first), at: 0)
    }
    let valueWidth = rows.map(\.0.count).max() ?? 0
    let step = growth.rows.count > 1 ? ", in steps of \(text(UInt128(growth.step)))" : ""
    var lines: [DisplayText] = [DisplayText("  with `\(growth.setting)`\(step)")]
    lines += rows.map { DisplayText("    \(DisplayText($0.0).padded(to: valueWidth))  \($0.1)") }
    if let end = growth.end {
      lines.append(DisplayText("    from \(growth.text(end)) on none was found"))
    }
    return lines
  }

  /// The report as a document, as `FitReport.json`.
  package var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("layout", .string(size.description.name)), ("size", .string(size.parameter.rawValue)),
      ("verdict", .string(size.option == nil ? "does not fit" : "fits")),
    ]
    if let option = size.option {
      members += [
        ("option", .string(option)), ("bytes", FitReport.bytes(UInt128(size.byteCount))),
        ("isLeast", .bool(size.isLeast)), ("unit", FitReport.bytes(UInt128(size.unit))),
        ("limits", .array(size.limits.map { .string($0.name) })),
        ("most", FitReport.bytes(UInt128(size.most))),
        (
          "parts",
          .array(
            size.parts.map {
              .object([("item", .string($0.name)), ("bytes", FitReport.bytes($0.byteCount))])
            })
        ), ("left", FitReport.bytes(size.left)), ("growth", .array(size.growth.map(Self.json))),
        ("assumptions", .array((size.result?.layout.assumptions ?? []).map { .string($0) })),
      ]
    } else if let result = size.result {
      members.append(("withTheMostRoom", FitReport(result).json))
    }
    return .object(members)
  }

  private static func json(_ growth: SizeGrowth) -> JSONValue {
    .object([
      ("setting", .string(growth.setting)), ("step", FitReport.bytes(UInt128(growth.step))),
      (
        "rows",
        .array(
          growth.rows.map { row in
            .object([
              ("from", FitReport.bytes(UInt128(row.values.lowerBound))),
              ("to", FitReport.bytes(UInt128(row.values.upperBound))),
              ("option", .string(row.option)),
            ])
          })
      ),
    ])
  }
}
