internal import Fitting
internal import MemoryLayout

/// A machine's RAM as bars, and where items lie in it: a part of a document of SVG.
///
/// The first bar has all RAM, holes left out. What lies too close together to be seen there is
/// shown larger in the next one. Letters are those of `MemoryBar`.
struct MemoryDrawing {
  /// Where a part of the RAM begins and ends, in bytes of RAM below it.
  typealias Span = Range<UInt128>

  private struct Item {
    let letter: Character
    let colour: String
    let span: Span
    /// Whether another item lies within it, or it lies within another.
    let isAround: Bool
    let isInside: Bool
  }

  /// Drawing units.
  private enum Measure {
    static let left = 30.0
    static let width = 900.0
    static let height = 36.0
    /// From one bar to the next.
    static let pitch = 104.0
    /// Of a letter.
    static let letter = 14.0
    /// Items with less between them are close together.
    static let gap = 30.0
    static let zoomCount = 6
    /// Bars with more pieces of RAM than this have no lines between them.
    static let pieceCount = 100
  }

  /// Each has a contrast of 3 at least with a white and with a dark page, and of 4.5 with a white
  /// letter on it.
  static let colours = [
    "#2f74b5", "#c4435b", "#2b8240", "#8f6f00", "#0b8088", "#9b4f9f", "#a8591c", "#66748a",
    "#9900ff", "#0064fa", "#eb0000", "#d100bc", "#6b6b46", "#db0084", "#996363", "#bd2c1c",
    "#627a00", "#8352cc", "#006bd6", "#008500", "#9c1fd1", "#e60045", "#765a8a", "#bd4b84",
  ]

  private let memory: [AddressRange]
  /// Bytes of RAM below each piece.
  private let before: [UInt128]
  private let total: UInt128
  private let uses: [(kind: MemoryUse.Kind, spans: [Span])]
  private let items: [Item]
  /// What each bar shows, the whole first.
  private let spans: [Span]

  /// - Parameters:
  ///   - memory: All RAM, which the first bar shows.
  ///   - uses: What of it is in use.
  ///   - region: What the second bar shows, if there is something that all is about.
  init(
    _ memory: AddressSet, uses: [MemoryUse], _ places: [(name: String, range: AddressRange)],
    letters: [Character], region: AddressSet = .empty
  ) {
    let memory = memory.ranges
    var sum: UInt128 = 0
    let before = memory.map { piece in
      defer { sum += piece.byteCount }
      return sum
    }
    let total = sum
    let ranges = places.map(\.range)
    func spans(_ range: AddressRange) -> [Span] { Self.spans(range, memory, before) }
    let used = uses.map { use in (kind: use.kind, spans: use.addresses.ranges.flatMap(spans)) }
    let items = places.indices.flatMap { index in
      let range = ranges[index]
      let others = ranges.indices.filter { $0 != index }
      return spans(range).map { span in
        Item(
          letter: letters[index], colour: Self.colour(index), span: span,
          isAround: others.contains { range.contains(ranges[$0]) },
          isInside: others.contains { ranges[$0].contains(range) })
      }
    }
    var shown = total > 0 ? [0..<total] : []
    let inside = region.ranges.flatMap(spans)
    if let first = inside.first, let last = inside.last, last.upperBound - first.lowerBound < total
    {
      shown.append(first.lowerBound..<last.upperBound)
    }
    // A part of the last bar goes before one of an earlier bar.
    while shown.count <= Measure.zoomCount,
      let crowd = shown.reversed().lazy.compactMap({ Self.crowd(items, $0, total, shown) }).first
    {
      shown.append(crowd)
    }
    self.spans = shown
    (self.memory, self.before, self.total) = (memory, before, total)
    (self.uses, self.items) = (used, items)
  }

  static func colour(_ index: Int) -> String { colours[index % colours.count] }

  var height: Int { spans.isEmpty ? 0 : Int(Double(spans.count) * Measure.pitch) }

  private static func spans(
    _ range: AddressRange, _ memory: [AddressRange], _ before: [UInt128]
  ) -> [Span] {
    zip(memory, before).compactMap { piece, offset in
      piece.intersection(range).map { part in
        let start = offset + UInt128(part.start - piece.start)
        return start..<(start + part.byteCount)
      }
    }
  }

  private static func scale(_ span: Span) -> Double { Measure.width / Double(span.count128) }

  /// The part of a bar with the most items that are too narrow for a letter in all bars, with a
  /// margin; nil if no two of them are close together.
  private static func crowd(
    _ items: [Item], _ span: Span, _ total: UInt128, _ shown: [Span]
  ) -> Span? {
    let scale = scale(span)
    let narrow = items.map(\.span).filter { item in
      span.overlaps(item)
        && !shown.contains {
          $0.overlaps(item) && Double(item.count128) * Self.scale($0) >= Measure.letter
        }
    }.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    var groups: [(span: Span, count: Int)] = []
    for next in narrow {
      if let last = groups.last,
        next.lowerBound <= last.span.upperBound
          || Double(next.lowerBound - last.span.upperBound) * scale < Measure.gap
      {
        let both = last.span.lowerBound..<max(last.span.upperBound, next.upperBound)
        groups[groups.count - 1] = (both, last.count + 1)
      } else {
        groups.append((next, 1))
      }
    }
    guard let most = groups.max(by: { $0.count < $1.count }), most.count > 1 else { return nil }
    let page = UInt128(PlacementNumber.page)
    let margin = (most.span.count128 / 20 + page) / page * page
    let low = most.span.lowerBound - min(margin, most.span.lowerBound)
    let part = low..<min(most.span.upperBound + margin, total)
    let isSmaller = (part.upperBound - part.lowerBound) * 2 < span.upperBound - span.lowerBound
    return isSmaller && !shown.contains(part) ? part : nil
  }

  // MARK: SVG

  /// Elements, the first bar below `top`.
  func elements(top: Double) -> [String] {
    spans.enumerated().flatMap { index, span in
      let y = top + Double(index) * Measure.pitch + Measure.letter + 4
      let next = index + 1 < spans.count ? spans[index + 1] : nil
      return bar(span, y, beside: next)
        + (next.flatMap { span.overlaps($0) ? [link(from: $0, in: span, y)] : nil } ?? [])
    }
  }

  private func bar(_ span: Span, _ y: Double, beside next: Span?) -> [String] {
    let whole = Self.rectangle(
      Measure.left, y, Measure.width, Measure.height, "class=\"free frame\"")
    var parts = [whole]
    for use in uses {
      for used in use.spans where used.overlaps(span) {
        let (x, width) = extent(used, span, least: 0)
        let fill = "fill=\"url(#\(use.kind.pattern))\""
        parts.append(Self.rectangle(x, y, width, Measure.height, fill))
      }
    }
    let borders = zip(before, memory).filter { span.contains($0.0) && $0.0 > span.lowerBound }
    if borders.count <= Measure.pieceCount {
      parts += borders.map { offset, _ in
        let x = Self.number(x(of: offset, span))
        return "<path d=\"M\(x) \(Self.number(y))v\(Self.number(Measure.height))\" class=\"hole\"/>"
      }
    }
    var freeAbove = -Measure.letter
    var letters: [String] = []
    let shown = items.filter { $0.span.overlaps(span) }
    // Small ones last, so that nothing hides them.
    for item in shown.sorted(by: { $0.span.count128 > $1.span.count128 }) {
      let (x, width) = extent(item.span, span, least: 1.5)
      let inset = item.isInside ? 6.0 : 0
      parts.append(
        Self.rectangle(
          x, y + inset, width, Measure.height - 2 * inset,
          "fill=\"\(item.colour)\" class=\"item\""))
    }
    for item in shown.sorted(by: { $0.span.lowerBound < $1.span.lowerBound }) {
      let (x, width) = extent(item.span, span, least: 1.5)
      // The letter of what is around others stands at its end.
      let middle = item.isAround ? max(x + width - Measure.letter / 2, x) : x + width / 2
      let isHidden =
        item.isAround
        && shown.contains { other in
          let (low, otherWidth) = extent(other.span, span, least: 1.5)
          return other.isInside && low < middle + 6 && low + otherWidth > middle - 6
        }
      if width >= Measure.letter, !isHidden {
        letters.append(letter(item, middle, y + 23, "on"))
      } else if isHidden || next.map({ !$0.overlaps(item.span) }) ?? true,
        middle - freeAbove >= Measure.letter
      {
        freeAbove = middle
        letters.append(letter(item, freeAbove, y - 5, "above"))
      }
    }
    return parts + letters + marks(span, y) + [scale(span, y + Measure.height + 16)]
  }

  /// Addresses that matter to hardware and loaders, below a bar where they lie.
  private func marks(_ span: Span, _ y: Double) -> [String] {
    var free = -Double.infinity
    return MemoryBar.landmarks.flatMap { address, name -> [String] in
      guard let index = memory.lastIndex(where: { $0.start < address }) else { return [] }
      let piece = memory[index]
      let place = before[index] + min(UInt128(address - piece.start), piece.byteCount)
      guard span.contains(place), place > span.lowerBound, place < span.upperBound else {
        return []
      }
      let x = x(of: place, span)
      let line =
        "<path d=\"M\(Self.number(x)) \(Self.number(y - 3))v\(Self.number(Measure.height + 9))\""
        + " class=\"mark\"/>"
      // The words stay within the page, and apart.
      let middle = min(max(x, Measure.left + 14), Measure.left + Measure.width - 14)
      guard middle - free > 48 else { return [line] }
      free = middle
      return [
        line,
        "<text x=\"\(Self.number(middle))\" y=\"\(Self.number(y + Measure.height + 29))\""
          + " text-anchor=\"middle\" class=\"scale\">\(name)</text>",
      ]
    }
  }

  private func letter(_ item: Item, _ x: Double, _ y: Double, _ kind: String) -> String {
    "<text x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" class=\"\(kind)\">\(item.letter)</text>"
  }

  /// From a part of a bar to the bar that shows it larger.
  private func link(from part: Span, in span: Span, _ y: Double) -> String {
    let (x, width) = extent(part, span, least: 1.5)
    let bottom = y + Measure.height
    let next = y + Measure.pitch
    let right = Measure.left + Measure.width
    let corners = [
      (x, bottom), (x + width, bottom), (x + width, bottom + 22), (right, next - 4),
      (Measure.left, next - 4), (x, bottom + 22),
    ]
    let points = corners.map { "\(Self.number($0.0)),\(Self.number($0.1))" }
    return "<polygon points=\"\(points.joined(separator: " "))\" class=\"link\"/>"
  }

  /// The addresses below a bar.
  private func scale(_ span: Span, _ y: Double) -> String {
    let (first, last) = (address(span.lowerBound), address(span.upperBound - 1))
    let count = ByteCountText.approximate(span.count128)
    let right = Self.number(Measure.left + Measure.width)
    let middle = Self.number(Measure.left + Measure.width / 2)
    let y = "y=\"\(Self.number(y))\" class=\"scale\""
    return "<text x=\"\(Self.number(Measure.left))\" \(y)>\(first)</text>"
      + "<text x=\"\(middle)\" text-anchor=\"middle\" \(y)>\(count) of RAM</text>"
      + "<text x=\"\(right)\" text-anchor=\"end\" \(y)>\(last)</text>"
  }

  private func address(_ offset: UInt128) -> String {
    let index = before.lastIndex { $0 <= offset } ?? 0
    let address = UInt128(memory[index].start) + offset - before[index]
    return "0x" + String(address, radix: 16)
  }

  private func x(of offset: UInt128, _ span: Span) -> Double {
    let inside = min(max(offset, span.lowerBound), span.upperBound) - span.lowerBound
    return Measure.left + Double(inside) * Measure.width / Double(span.count128)
  }

  private func extent(_ part: Span, _ span: Span, least: Double) -> (x: Double, width: Double) {
    let low = x(of: part.lowerBound, span)
    let width = max(x(of: part.upperBound, span) - low, least)
    // What is too small to be seen is drawn wider, within the bar.
    return (min(low, Measure.left + Measure.width - width), width)
  }

  private static func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ attributes: String
  ) -> String {
    "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\""
      + " height=\"\(number(height))\" \(attributes)/>"
  }

  /// Tenths are enough.
  private static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(abs(tenths) % 10)"
  }
}

extension MemoryUse.Kind {
  /// The name of what it is filled with.
  var pattern: String { "use-" + "\(self)" }
}

extension Range<UInt128> {
  fileprivate var count128: UInt128 { upperBound - lowerBound }
}
