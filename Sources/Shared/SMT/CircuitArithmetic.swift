import SAT

/// A number of a circuit in two's complement, the least bit first; the last one is its sign.
struct Bits {
  let wires: [Wire]
  /// What the number lies in, whatever the inputs.
  let range: ClosedRange<Int128>

  static let zero = Bits(wires: [.falsehood], range: 0...0)
  private static let most = 120

  init(wires: [Wire], range: ClosedRange<Int128>) {
    (self.wires, self.range) = (wires, range)
  }

  init(_ value: Int128) throws(SMTError) {
    let count = try Self.signedWidth(of: value...value)
    wires = (0..<count).map { Wire((value >> Int128($0)) & 1 == 1) }
    range = value...value
  }

  /// A bit; behind the last one all are its sign.
  subscript(position: Int) -> Wire { wires[min(position, wires.count - 1)] }

  /// The bits of a range: with a sign where it has negative numbers.
  static func width(of range: ClosedRange<Int128>) -> Int {
    let isSigned = range.lowerBound < 0
    var count = isSigned ? 1 : 0
    while !holds(range, count, isSigned) { count += 1 }
    return count
  }

  private static func holds(_ range: ClosedRange<Int128>, _ count: Int, _ isSigned: Bool) -> Bool {
    guard isSigned else { return range.upperBound >> Int128(count) == 0 }
    let greatest = Int128(1) << Int128(count - 1)
    return -greatest <= range.lowerBound && range.upperBound < greatest
  }

  /// With a sign in any case.
  static func signedWidth(of range: ClosedRange<Int128>) throws(SMTError) -> Int {
    guard range.lowerBound >= -(1 << Int128(most)), range.upperBound < 1 << Int128(most) else {
      throw .valueTooLarge
    }
    return range.lowerBound < 0 ? width(of: range) : width(of: range) + 1
  }
}

extension Circuit {
  mutating func equal(_ left: Bits, _ right: Bits) -> Wire {
    guard left.range.overlaps(right.range) else { return .falsehood }
    return all((0..<max(left.wires.count, right.wires.count)).map { equal(left[$0], right[$0]) })
  }

  mutating func less(_ left: Bits, _ right: Bits) -> Wire {
    if left.range.upperBound < right.range.lowerBound { return .truth }
    if left.range.lowerBound >= right.range.upperBound { return .falsehood }
    let count = max(left.wires.count, right.wires.count)
    var isLess = Wire.falsehood
    for position in 0..<count {
      // Of the signs, the greater one is the lesser number.
      let isSign = position == count - 1
      let (one, other) = (left[position], right[position])
      isLess = choice(equal(one, other), isLess, isSign ? one : other)
    }
    return isLess
  }

  mutating func choice(_ condition: Wire, _ then: Bits, _ otherwise: Bits) -> Bits {
    if let isTrue = condition.constant { return isTrue ? then : otherwise }
    let range =
      min(
        then.range.lowerBound, otherwise.range.lowerBound)...max(
        then.range.upperBound, otherwise.range.upperBound)
    let wires = (0..<max(then.wires.count, otherwise.wires.count)).map {
      choice(condition, then[$0], otherwise[$0])
    }
    return Bits(wires: wires, range: range)
  }

  mutating func sum(_ left: Bits, _ right: Bits) throws(SMTError) -> Bits {
    if left.range == 0...0 { return right }
    if right.range == 0...0 { return left }
    return try sum(left, right, carry: .falsehood, isNegated: false)
  }

  mutating func negated(_ bits: Bits) throws(SMTError) -> Bits {
    try sum(.zero, bits, carry: .truth, isNegated: true)
  }

  /// The sum, or with the carry the difference.
  private mutating func sum(
    _ left: Bits, _ right: Bits, carry first: Wire, isNegated: Bool
  ) throws(SMTError) -> Bits {
    let (low, high) =
      isNegated
      ? (-right.range.upperBound, -right.range.lowerBound)
      : (right.range.lowerBound, right.range.upperBound)
    let range = (left.range.lowerBound + low)...(left.range.upperBound + high)
    var carry = first
    var wires: [Wire] = []
    for position in 0..<(try Bits.signedWidth(of: range)) {
      let (one, two) = (left[position], isNegated ? !right[position] : right[position])
      let half = !equal(one, two)
      wires.append(!equal(half, carry))
      carry = choice(half, carry, one)
    }
    return Bits(wires: wires, range: range)
  }

  mutating func product(_ factor: Int128, _ bits: Bits) throws(SMTError) -> Bits {
    if factor < 0 { return try negated(try product(-factor, bits)) }
    var product = Bits.zero
    var (rest, shift) = (factor, 0)
    while rest > 0 {
      if rest & 1 == 1 { product = try sum(product, try shifted(bits, by: shift)) }
      rest >>= 1
      shift += 1
    }
    return product
  }

  private func shifted(_ bits: Bits, by distance: Int) throws(SMTError) -> Bits {
    guard bits.wires.count + distance < 126 else { throw .valueTooLarge }
    let range =
      (bits.range.lowerBound << Int128(distance))...(bits.range.upperBound << Int128(distance))
    _ = try Bits.signedWidth(of: range)
    return Bits(wires: Array(repeating: .falsehood, count: distance) + bits.wires, range: range)
  }

  /// Division by a positive number, rounded down, so that the rest is not negative: digit by digit.
  mutating func quotient(
    _ bits: Bits, _ divisor: Int128
  ) throws(SMTError) -> (quotient: Bits, rest: Bits) {
    guard divisor > 0 else { throw .valueTooLarge }
    let steps = bits.range.lowerBound < 0 ? (-bits.range.lowerBound + divisor - 1) / divisor : 0
    let (offset, overflows) = steps.multipliedReportingOverflow(by: divisor)
    guard !overflows else { throw .valueTooLarge }
    let dividend = try sum(bits, try Bits(offset))
    let divisorBits = try Bits(divisor)
    let minusDivisor = try Bits(-divisor)
    var rest = Bits.zero
    var digits: [Wire] = []
    for position in (0..<dividend.wires.count).reversed() {
      let doubled = Bits(
        wires: [dividend[position]] + rest.wires, range: 0...(2 * rest.range.upperBound + 1))
      let isLess = less(doubled, divisorBits)
      digits.append(!isLess)
      let next = choice(isLess, doubled, try sum(doubled, minusDivisor))
      let upper = min(divisor - 1, doubled.range.upperBound)
      let width = try Bits.signedWidth(of: 0...upper)
      rest = Bits(
        wires: (0..<width - 1).map { next[$0] } + [.falsehood], range: 0...upper)
    }
    let magnitude = Bits(
      wires: digits.reversed() + [.falsehood], range: 0...(dividend.range.upperBound / divisor))
    return (try sum(magnitude, try Bits(-steps)), rest)
  }
}
