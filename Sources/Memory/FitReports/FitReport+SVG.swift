import Diagnostics
internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// Drawing units and characters.
  private enum Measure {
    static let width = 960
    static let left = 30
    static let line = 20
    /// Of a line of text, at most.
    static let characters = 116
    static let nameCharacters = 56
    /// Of the key of who uses memory.
    static let keyColumns = 4
    static let keyColumn = 225
    /// Of a letter of 13 units, at most but for few.
    static let character = 7.9
  }

  private static let style = """
    <style>
    text { font-family: sans-serif; font-size: 13px; fill: #1b1f24; white-space: pre; }
    .page { fill: #ffffff; } .free { fill: #f4f7f9; } .frame { stroke: #7b848d; }
    .stripe { stroke: #7b848d; stroke-width: 1.4; fill: none; } .dot { fill: #7b848d; }
    .hole { stroke: #7b848d; stroke-width: 0.5; }
    .mark { stroke: #1b1f24; stroke-width: 1; stroke-dasharray: 2 2; }
    .lost { fill: none; stroke-width: 2; stroke-dasharray: 5 3; }
    .kernel { fill: #f0cccc; } .handedOver { fill: #c9dcef; } .inUse { fill: #efe0c0; }
    .crashKernel { fill: #dccdec; } .firmware { fill: #cfe5cf; } .reserved { fill: #d5d9dd; }
    .other { fill: #e9e9c6; } .running { fill: #e3e0da; } .scratch { fill: #dff1f2; }
    .item { stroke: #ffffff; stroke-width: 0.6; } .link { fill: #7b848d; fill-opacity: 0.15; }
    .title { font-size: 15px; font-weight: bold; } .scale { font-size: 11px; fill: #4d555d; }
    .on { fill: #ffffff; font-weight: bold; text-anchor: middle; }
    .above { font-weight: bold; text-anchor: middle; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6e9ec; } .page { fill: #0f1215; } .free { fill: #1a1f24; }
      .item { stroke: #0f1215; } .scale { fill: #aab2ba; } .on { fill: #ffffff; }
      .mark { stroke: #e6e9ec; }
      .kernel { fill: #4a2a2a; } .handedOver { fill: #24384c; } .inUse { fill: #443818; }
      .crashKernel { fill: #392a4a; } .firmware { fill: #24402a; } .reserved { fill: #33393f; }
      .other { fill: #3d3d20; } .running { fill: #35322d; } .scratch { fill: #183235; }
    }
    </style>
    """

  /// What fills memory that is in use: told apart without colours, too.
  private static let patterns: String = {
    let patterns = MemoryUse.Kind.allCases.map { kind in
      "<pattern id=\"\(kind.pattern)\" width=\"8\" height=\"8\""
        + " patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" class=\"\(kind)\"/>"
        + "\(shape(of: kind))</pattern>"
    }
    return "<defs>\(patterns.joined(separator: "\n"))</defs>"
  }()

  private static func shape(of kind: MemoryUse.Kind) -> String {
    func stripes(_ path: String) -> String { "<path d=\"\(path)\" class=\"stripe\"/>" }
    func dot(_ place: Int, _ radius: Double) -> String {
      "<circle cx=\"\(place)\" cy=\"\(place)\" r=\"\(radius)\" class=\"dot\"/>"
    }
    return switch kind {
    case .kernel: stripes("M-2 2l4-4M0 8l8-8M6 10l4-4")
    case .handedOver: dot(4, 1.8)
    case .inUse: stripes("M-2 6l4 4M0 0l8 8M6-2l4 4")
    case .crashKernel: stripes("M0 8l8-8M0 0l8 8")
    case .firmware: stripes("M2 0v8M6 0v8")
    case .reserved: stripes("M0 2h8M0 6h8")
    case .other: stripes("M4 0v8M0 4h8")
    case .running: dot(2, 0.9)
    case .scratch: stripes("M0 4h4")
    }
  }

  /// A drawing of the RAM, with holes left out, of who uses it, and of what lies where in it: a
  /// document of SVG. Of a layout that does not fit it has most items where they would lie, what has
  /// no place beside the memory, and the rules that conflict.
  package var svg: String {
    let places = places
    let bar = MemoryBar(.empty, uses: [], [:], names: places.map(\.name), width: 1)
    let letters = bar.letters.map(\.letter)
    let drawing = MemoryDrawing(
      shownMemory, uses: uses, places, letters: letters,
      region: result.layout.question.isCrashImage ? map.crashKernel : .empty)
    var parts: [String] = []
    var y = 30
    for line in Self.folded(DisplayText(headline).wrapped(95), 95) {
      parts.append(Self.text(Measure.left, y, line, "title"))
      y += Measure.line
    }
    parts += drawing.elements(top: Double(y - 8))
    y += drawing.height
    parts += withoutPlace(&y)
    parts += key(&y)
    parts += table(places, letters, y)
    y += places.count * Measure.line + (places.isEmpty ? 0 : 10)
    for line in sentences {
      // Spaces in front are no text.
      let indent = line.description.prefix { $0 == " " }.count
      let text = line.suffix(line.count - indent)
      parts.append(Self.text(Measure.left + 6 * max(indent - 2, 0), y, text))
      y += Measure.line
    }
    let size = "width=\"\(Measure.width)\" height=\"\(y + 10)\""
    let head = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size)"
        + " viewBox=\"0 0 \(Measure.width) \(y + 10)\" role=\"img\">",
      "<title>\(Self.escaped(DisplayText(headline)))</title>", Self.style, Self.patterns,
      "<rect width=\"100%\" height=\"100%\" class=\"page\"/>",
    ]
    return (head + parts + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// Boxes of items that have no place, as large as they would be in the first bar.
  private func withoutPlace(_ y: inout Int) -> [String] {
    guard let remainder, !remainder.without.isEmpty else { return [] }
    let total = max(shownMemory.byteCount, 1)
    var parts: [String] = []
    for (index, item) in remainder.without.enumerated() {
      let share = Double(item.byteCount) / Double(total)
      let width = Int(max(24, min(share, 0.45) * 900))
      let colour = MemoryDrawing.colour(placement.count + index)
      parts.append(
        "<rect x=\"\(Measure.left)\" y=\"\(y - 13)\" width=\"\(width)\" height=\"18\""
          + " stroke=\"\(colour)\" class=\"lost\"/>")
      let name = Self.shortened(DisplayText(item.name))
      parts.append(
        Self.text(
          Measure.left + width + 10, y,
          "no place: \(name), \(ByteCountText.needed(item.byteCount))", "title"))
      y += Measure.line + 4
    }
    y += 8
    return parts
  }

  /// Who uses what of the memory.
  private func key(_ y: inout Int) -> [String] {
    let entries =
      [("class=\"free frame\"", "free, or an item's", free.byteCount)]
      + uses.map { use in
        (
          "fill=\"url(#\(use.kind.pattern))\" class=\"frame\"", use.kind.rawValue,
          use.addresses.byteCount
        )
      }
    var parts: [String] = []
    for (index, entry) in entries.enumerated() {
      let x = Measure.left + index % Measure.keyColumns * Measure.keyColumn
      if index > 0, index % Measure.keyColumns == 0 { y += Measure.line }
      parts.append("<rect x=\"\(x)\" y=\"\(y - 11)\" width=\"22\" height=\"13\" \(entry.0)/>")
      parts.append(
        Self.text(x + 28, y, "\(entry.1), \(ByteCountText.approximate(entry.2))"))
    }
    y += Measure.line
    parts.append(
      Self.text(Measure.left, y, "Holes between pieces of RAM are left out.", "scale"))
    y += Measure.line + 10
    return parts
  }

  private func table(
    _ places: [(name: String, range: AddressRange)], _ letters: [Character], _ y: Int
  ) -> [String] {
    let names = places.map { Self.shortened(DisplayText($0.name)) }
    func width(_ texts: [DisplayText]) -> Int {
      Int(Double(texts.map(\.count).max() ?? 0) * Measure.character)
    }
    let nameX = Measure.left + 26
    let rangeX = nameX + width(names) + 16
    let sizeX = rangeX + width(places.map { DisplayText($0.range.description) }) + 16
    return places.enumerated().flatMap { index, place in
      let y = y + index * Measure.line
      let range = place.range.description
      return [
        "<rect x=\"\(Measure.left)\" y=\"\(y - 13)\" width=\"17\" height=\"17\""
          + " fill=\"\(MemoryDrawing.colour(index))\" class=\"item\"/>",
        "<text x=\"\(Measure.left + 8)\" y=\"\(y)\" class=\"on\">\(letters[index])</text>",
        "<text x=\"\(nameX)\" y=\"\(y)\"><title>\(Self.escaped(DisplayText(place.name)))</title>"
          + "\(Self.escaped(names[index]))</text>",
        Self.text(rangeX, y, DisplayText(range)),
        Self.text(sizeX, y, DisplayText(ByteCountText.format(place.range.byteCount))),
      ]
    }
  }

  private static func shortened(_ name: DisplayText) -> DisplayText {
    guard name.count > Measure.nameCharacters else { return name }
    return name.prefix(Measure.nameCharacters - 1) + "…"
  }

  /// What conflicts, what would make it fit, and what was assumed, in lines.
  private var sentences: [DisplayText] {
    let width = Measure.characters
    var lines: [DisplayText] = []
    if let figures { lines += DisplayText("\(figures).").wrapped(first: "  ", rest: "  ", width) }
    if case .conflict(let conflict) = result.answer {
      lines += conflictLines(conflict, width, .full)
    }
    lines += Self.list("  what would decide it:", result.waysOut, width)
    lines += planLines(width) + dependencyLines(width, .full)
    lines += Self.list("  assumed:", result.layout.assumptions, width)
    return Self.folded(lines, width)
  }

  /// Breaks what has no space to break it at, such as a long path, before it leaves the page.
  private static func folded(_ lines: [DisplayText], _ width: Int) -> [DisplayText] {
    lines.flatMap { $0.pieces(of: width) }
  }

  private static func text(_ x: Int, _ y: Int, _ text: DisplayText, _ kind: String? = nil) -> String
  {
    let kind = kind.map { " class=\"\($0)\"" } ?? ""
    return "<text x=\"\(x)\" y=\"\(y)\"\(kind)>\(escaped(text))</text>"
  }

  /// Names come from files: nothing of them is markup. What XML 1.0 cannot hold is no part of a
  /// text that is shown.
  private static func escaped(_ text: DisplayText) -> String {
    var escaped = ""
    for scalar in text.description.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
