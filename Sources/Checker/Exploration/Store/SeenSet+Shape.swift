import CIntrinsics

extension SeenSet {
  /// How keys are spread over lines and written into slots.
  package struct Shape {
    let mixer: KeyMixer
    private(set) var lineCount: UInt64
    /// Bits of a mixed key that its line and slot do not say.
    let restShift: UInt64
    let depthBitCount: UInt64
    let depthMask: UInt64
    /// What a slot holds while its key's tail is written: a distance that no key has.
    let unfinished: UInt64

    static let distanceBitCount: UInt64 = 6
    static let distanceMask: UInt64 = (1 << distanceBitCount) - 1
    /// Lines that are looked through. A new key goes behind the run of full lines that its home is
    /// in. In tables of ten million slots and more, runs as long as this come up from a load of
    /// 0.83 on, and the table grows then.
    package static let distanceLimit = 62

    /// The slot of a line at which a key begins to be looked for.
    @inline(__always)
    static func firstSlot(_ tag: UInt64) -> Int { Int(tag &>> distanceBitCount) & 7 }

    /// - Parameter lineCount: Lines that keys have as homes, and by which slots are divided into rest,
    ///   distance and depth.
    init(mixer: KeyMixer, lineCount: Int) {
      self.mixer = mixer
      self.lineCount = UInt64(lineCount)
      let lineBits = UInt64(63 - self.lineCount.leadingZeroBitCount)
      restShift = min(63, 64 - mixer.bitCount + lineBits)
      let restBits = mixer.bitCount > lineBits ? mixer.bitCount - lineBits : 0
      depthBitCount = min(40, 64 - restBits - Self.distanceBitCount)
      depthMask = (1 << depthBitCount) - 1
      unfinished = Self.distanceMask << depthBitCount
    }

    /// The same slots over more lines.
    init(_ other: Shape, lineCount: Int) {
      self = other
      self.lineCount = UInt64(lineCount)
    }

    /// A slot has to have room for the rest, the distance, and some depth.
    static func leastLineCount(bitCount: Int) -> Int { bitCount > 50 ? 1 << 14 : 1 << 9 }

    @inline(__always)
    func home(ofMixed mixed: UInt64) -> Handle.Home {
      home(ofSpread: spread(ofMixed: mixed), lineCount: lineCount)
    }

    /// A mixed key as a part of all numbers of 64 bits.
    @inline(__always)
    func spread(ofMixed mixed: UInt64) -> UInt64 { mixed &<< (64 &- mixer.bitCount) }

    @inline(__always)
    func home(ofSpread spread: UInt64, lineCount: UInt64) -> Handle.Home {
      let product = spread.multipliedFullWidth(by: lineCount)
      // Mixed keys of one line differ by multiples of `lineCount` in the lower half, and so in the
      // bits above `restShift`.
      return Handle.Home(
        line: product.high,
        tag: ((product.low &>> restShift) &<< Self.distanceBitCount) | 1)
    }

    /// The key of a slot in a line.
    func key(line: UInt64, slot: UInt64) -> UInt64 {
      mixer.unmix(mixed(line: line, slot: slot))
    }

    /// The mixed key of a slot in a line.
    func mixed(line: UInt64, slot: UInt64) -> UInt64 {
      let tag = slot >> depthBitCount
      let home = line - ((tag & Self.distanceMask) - 1)
      let rest = tag >> Self.distanceBitCount
      // The one multiple of 2^(64 - bits) whose product with `lineCount` begins like this.
      let spread = divide_rounding_up(home, rest << restShift, lineCount)
      let unused = 64 - mixer.bitCount
      let unusedMask: UInt64 = (1 << unused) - 1
      return (spread &+ unusedMask) >> unused
    }
  }
}
