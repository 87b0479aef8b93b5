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
    /// Of a letter of 13 units, at most but for few.
    static let character = 7.9
  }

  private static let style = """
    <style>
    text { font-family: sans-serif; font-size: 13px; fill: #1b1f24; white-space: pre; }
    .page { fill: #ffffff; } .free { fill: #e9eef2; } .stripe { stroke: #7b848d; }
    .frame { stroke: #7b848d; } .hole { stroke: #7b848d; stroke-width: 0.5; }
    .item { stroke: #ffffff; stroke-width: 0.6; } .link { fill: #7b848d; fill-opacity: 0.15; }
    .title { font-size: 15px; font-weight: bold; } .scale { font-size: 11px; fill: #4d555d; }
    .on { fill: #ffffff; font-weight: bold; text-anchor: middle; }
    .above { font-weight: bold; text-anchor: middle; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6e9ec; } .page { fill: #0f1215; } .free { fill: #1f2429; }
      .item { stroke: #0f1215; } .scale { fill: #aab2ba; } .on { fill: #ffffff; }
    }
    </style>
    <defs><pattern id="used" width="6" height="6" patternUnits="userSpaceOnUse"
    patternTransform="rotate(45)"><rect width="6" height="6" class="page"/><path d="M1.5 0v6"
    class="stripe" stroke-width="2"/></pattern></defs>
    """

  /// A drawing of the RAM, with holes left out, and of what lies where in it: a document of SVG.
  /// Of a layout that does not fit it has the memory and the rules that conflict.
  package var svg: String {
    let places = places
    let bar = MemoryBar(map, [:], names: places.map(\.name), width: 1)
    let letters = bar.letters.map(\.letter)
    let drawing = MemoryDrawing(map, places, letters: letters, kept: kept, beside: beside)
    var parts: [String] = []
    var y = 30
    for line in Self.folded(DisplayText(headline).wrapped(95), 95) {
      parts.append(Self.text(Measure.left, y, line, "title"))
      y += Measure.line
    }
    parts += drawing.elements(top: Double(y - 8))
    y += drawing.height
    parts += Self.key(y)
    y += Measure.line + 10
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
      "<title>\(Self.escaped(DisplayText(headline)))</title>", Self.style,
      "<rect width=\"100%\" height=\"100%\" class=\"page\"/>",
    ]
    return (head + parts + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// What a bar's patterns mean.
  private static func key(_ y: Int) -> [String] {
    func box(_ x: Int, _ attributes: String) -> String {
      "<rect x=\"\(x)\" y=\"\(y - 11)\" width=\"22\" height=\"13\" \(attributes)/>"
    }
    return [
      box(Measure.left, "class=\"free frame\""), text(Measure.left + 30, y, "free"),
      box(Measure.left + 80, "fill=\"url(#used)\" class=\"frame\""),
      text(Measure.left + 110, y, "in use; holes between pieces of RAM are left out"),
    ]
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
    if case .conflict(let conflict) = result.answer { lines += Self.lines(of: conflict, width) }
    lines += relaxationLines(width) + Self.list("  assumed:", result.layout.assumptions, width)
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
