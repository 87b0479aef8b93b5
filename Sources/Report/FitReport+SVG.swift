internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// Drawing units: width of the picture, height of a line, and where the bar of memory lies.
  private enum Measure {
    static let width = 960
    static let bar = 900
    static let left = 30
    static let line = 22
    static let top = 60
    /// Of a line of text, at most.
    static let characters = 120
  }

  private static let colours = [
    "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#994f00", "#117733",
  ]

  /// A drawing of the RAM, with holes left out, and of what lies where in it: a document of SVG.
  /// Of a layout that does not fit it has the memory and the rules that conflict.
  public var svg: String {
    let places = places
    let sentences = sentences
    let title = Self.wrapped(headline, first: "", rest: "    ", Measure.characters)
    let top = Measure.top + Measure.line * (title.count - 1)
    let height = top + 90 + Measure.line * (places.count + sentences.count)
    var parts = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(Measure.width)\" height=\"\(height)\""
        + " font-family=\"sans-serif\" font-size=\"13\">",
      "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
    ]
    for (index, line) in title.enumerated() {
      parts.append(Self.text(Measure.left, 30 + index * Measure.line, line))
    }
    parts.append(Self.bar(0, Self.scale, "#bbbbbb", top))
    for range in map.usableRAM.subtracting(kept).ranges { parts += bars(range, "#eeeeee", top) }
    parts.append(Self.text(Measure.left, top + 42, scaleText))
    for (index, place) in places.enumerated() {
      let colour = Self.colours[index % Self.colours.count]
      parts += bars(place.range, colour, top)
      let y = top + 75 + index * Measure.line
      parts.append(
        "<rect x=\"\(Measure.left)\" y=\"\(y - 11)\" width=\"12\" height=\"12\""
          + " fill=\"\(colour)\"/>")
      parts.append(
        Self.text(
          Measure.left + 20, y,
          "\(place.name): \(place.range), \(ByteCountText.format(place.range.byteCount))"))
    }
    for (index, sentence) in sentences.enumerated() {
      parts.append(
        Self.text(Measure.left, top + 75 + index * Measure.line, sentence))
    }
    return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
  }

  /// What conflicts, in lines.
  private var sentences: [String] {
    guard case .conflict(let conflict) = result.answer else { return [] }
    let all = [conflict.summary].compactMap { $0 } + conflict.constraints.map(Self.statement)
    return all.flatMap { Self.wrapped($0, first: "", rest: "    ", Measure.characters) }
  }

  private var scaleText: String {
    let memory = map.systemRAM
    guard let first = memory.ranges.first, let last = memory.ranges.last,
      let whole = AddressRange(start: first.start, last: last.last)
    else { return "no RAM" }
    return "RAM without the holes, \(whole), \(ByteCountText.approximate(memory.byteCount));"
      + " grey is in use"
  }

  /// Tenths of a drawing unit in the bar.
  private static let scale = Measure.bar * 10

  /// Where a range lies within the bar: one piece for each piece of RAM that it touches.
  private func bars(_ range: AddressRange, _ colour: String, _ top: Int) -> [String] {
    let total = map.systemRAM.byteCount
    guard total > 0 else { return [] }
    var before: UInt128 = 0
    var bars: [String] = []
    for memory in map.systemRAM.ranges {
      if let part = memory.intersection(range) {
        let start = before + UInt128(part.start - memory.start)
        let scale = UInt128(Self.scale)
        let low = Int(start * scale / total)
        let high = Int((start + part.byteCount) * scale / total)
        // What is too small to be seen is drawn as a line.
        bars.append(Self.bar(low, max(high, low + 10), colour, top))
      }
      before += memory.byteCount
    }
    return bars
  }

  private static func bar(_ low: Int, _ high: Int, _ colour: String, _ top: Int) -> String {
    "<rect x=\"\(tenths(Measure.left * 10 + low))\" y=\"\(top - 15)\""
      + " width=\"\(tenths(high - low))\" height=\"40\" fill=\"\(colour)\"/>"
  }

  private static func tenths(_ value: Int) -> String { "\(value / 10).\(value % 10)" }

  private static func text(_ x: Int, _ y: Int, _ text: String) -> String {
    "<text x=\"\(x)\" y=\"\(y)\">\(escaped(text))</text>"
  }

  /// Names come from files: nothing of them is markup, and what XML 1.0 cannot hold is replaced.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case let control where control.value < 0x20: escaped += " "
      case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
