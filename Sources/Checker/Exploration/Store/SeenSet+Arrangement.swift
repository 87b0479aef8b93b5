import CIntrinsics

extension SeenSet {
  /// Where the keys of a table lie: all of them by one shape, or, while the table grows step by step, those
  /// with the upper homes by a larger one already (as in linear hashing: Litwin, "Linear hashing: a new tool
  /// for file and table addressing", 1980; but from the upper end on, because keys move up).
  ///
  /// Keys of the lower shape lie before `firstUpperLine`, and those of the upper one there or behind it.
  /// While there are two, both divide slots alike.
  package struct Arrangement {
    let lower: Shape
    let upper: Shape
    /// The home by the lower shape from which on keys lie by the upper one; all homes if none does.
    let split: Int
    /// The least spread of a key that lies by the upper shape, and the first line that it may be in.
    private let splitSpread: UInt64
    private let firstUpperLine: Int

    /// All keys by one shape.
    init(_ shape: Shape) { self.init(lower: shape, upper: shape, split: Int(shape.lineCount)) }

    init(lower: Shape, upper: Shape, split: Int) {
      (self.lower, self.upper, self.split) = (lower, upper, split)
      firstUpperLine = Arrangement.firstLine(ofHome: split, of: lower, in: upper)
      splitSpread =
        split < Int(lower.lineCount) ? divide_rounding_up(UInt64(split), 0, lower.lineCount) : .max
    }

    /// Whether keys lie by two shapes.
    var isGrowing: Bool { lower.lineCount != upper.lineCount }

    /// Lines that keys may be in, those behind the last home included.
    var lineCount: Int { Int(upper.lineCount) + Shape.distanceLimit }

    /// Lines that have been written to.
    var usedLineCount: Int {
      if !isGrowing { return lineCount }
      let lowerEnd = Int(lower.lineCount) + Shape.distanceLimit
      return lowerEnd + lineCount - max(lowerEnd, firstUpperLine)
    }

    @inline(__always)
    func home(of key: UInt64) -> Handle.Home {
      let spread = lower.spread(ofMixed: lower.mixer.mix(key))
      // Where keys lie by one shape, both are that one.
      let lineCount = spread >= splitSpread ? upper.lineCount : lower.lineCount
      return lower.home(ofSpread: spread, lineCount: lineCount)
    }

    /// The key of a slot in a line.
    func key(line: Int, slot: UInt64) -> UInt64 {
      (line < firstUpperLine ? lower : upper).key(line: UInt64(line), slot: slot)
    }

    /// The first line that keys of a home by one shape may go to by a larger one.
    static func firstLine(ofHome home: Int, of old: Shape, in new: Shape) -> Int {
      let product = UInt64(home).multipliedFullWidth(by: new.lineCount)
      return Int(old.lineCount.dividingFullWidth(product).quotient)
    }

    /// The first home by one shape whose keys all go to a line of a larger one, or behind it.
    static func firstHome(goingTo line: Int, of old: Shape, in new: Shape) -> Int {
      let product = UInt64(line).multipliedFullWidth(by: old.lineCount)
      return Int(divide_rounding_up(product.high, product.low, new.lineCount))
    }
  }
}
