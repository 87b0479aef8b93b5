extension DisplayText {
  /// The columns that the text takes on a terminal: two for characters that are twice as wide, as
  /// those of East Asia and emoji are, and none for marks that stand above or below others.
  ///
  /// Source: Unicode 16, UAX #11, East_Asian_Width W and F, by blocks.
  package var columns: Int { Self.columns(of: description[...]) }

  private static func columns(of text: Substring) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + ($1.unicodeScalars.map(\.columns).max() ?? 0) }
  }

  /// The text, or as much of it as fits into so many columns with `…` behind it.
  package func clipped(to width: Int) -> DisplayText {
    guard columns > width else { return self }
    var left = max(0, width - 1)
    var count = 0
    for character in description {
      left -= character.unicodeScalars.map(\.columns).max() ?? 0
      if left < 0 { break }
      count += 1
    }
    return prefix(count) + "…"
  }
}

extension Unicode.Scalar {
  /// Columns of a terminal.
  fileprivate var columns: Int {
    if value < 0x300 { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    let isWide = properties.isEmojiPresentation || Self.wide.contains { $0.contains(value) }
    return isWide ? 2 : 1
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D376,
    0x1F200...0x1F2FF, 0x20000...0x3FFFD,
  ]
}
