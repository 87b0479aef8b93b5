import MemoryLayout
import Testing

/// Arithmetic on ranges, beside sets of single addresses at both ends of 64 bits.
@Suite struct AddressSetTests {
  @Test func aRangeMayEndWithTheLastByte() throws {
    let all = AddressRange.all
    #expect(all.byteCount == UInt128(1) << 64)
    #expect(all.end == UInt128(1) << 64)
    #expect(AddressRange(start: .max, byteCount: 1)?.end == UInt128(1) << 64)
    #expect(AddressRange(start: .max, byteCount: 2) == nil)
    #expect(AddressRange(start: 5, byteCount: 0) == nil)
    #expect(AddressRange(start: 5, last: 4) == nil)
    #expect(all.trimmed(to: 4096) == all)
    #expect(AddressSet([all]).complement == .empty)
    #expect(AddressSet.empty.complement == AddressSet([all]))
    #expect(try range(0x9_FC00, 0x9_FFFF).trimmed(to: 4096) == nil)
    #expect(try range(0x1, 0x2FFF).trimmed(to: 4096) == range(0x1000, 0x2FFF))
    // 0xfff…f000 is a whole page, one byte less is none.
    #expect(try range(.max - 4095, .max).trimmed(to: 4096) == range(.max - 4095, .max))
    #expect(try range(.max - 4094, .max).trimmed(to: 4096) == nil)
    #expect(try range(0, 0xFF).description == "0x00000000-0x000000ff")
  }

  /// Sixteen addresses, at the start and at the end of all.
  @Test(arguments: [0, UInt64.max - 15])
  func operationsAreThoseOfSets(base: UInt64) throws {
    var generator = SeededGenerator(seed: base &+ 1)
    for _ in 0..<20_000 {
      let (one, ones) = random(base, &generator)
      let (other, others) = random(base, &generator)
      #expect(members(one, base) == ones)
      #expect(members(one.union(other), base) == ones.union(others))
      #expect(members(one.intersection(other), base) == ones.intersection(others))
      #expect(members(one.subtracting(other), base) == ones.subtracting(others))
      #expect(members(one.complement, base) == Set(0..<16).subtracting(ones))
      #expect(one.byteCount == UInt128(ones.count))
      for (before, behind) in zip(one.ranges, one.ranges.dropFirst()) {
        #expect(before.end < UInt128(behind.start))
      }
      let start = Int.random(in: 0..<16, using: &generator)
      let last = Int.random(in: start..<16, using: &generator)
      let part = try range(base + UInt64(start), base + UInt64(last))
      #expect(one.contains(part) == ones.isSuperset(of: start...last))
    }
  }

  private func random(
    _ base: UInt64, _ generator: inout SeededGenerator
  ) -> (AddressSet, Set<Int>) {
    var ranges: [AddressRange] = []
    var members: Set<Int> = []
    for _ in 0..<Int.random(in: 0..<5, using: &generator) {
      let start = Int.random(in: 0..<16, using: &generator)
      let last = Int.random(in: start..<16, using: &generator)
      if let range = AddressRange(start: base + UInt64(start), last: base + UInt64(last)) {
        ranges.append(range)
      }
      members.formUnion(start...last)
    }
    return (AddressSet(ranges), members)
  }

  private func members(_ set: AddressSet, _ base: UInt64) -> Set<Int> {
    Set(
      (0..<16).filter { offset in
        set.ranges.contains { $0.contains(base + UInt64(offset)) }
      })
  }

  /// Two ranges in one block, and one in two.
  @Test func blocks() throws {
    let set = AddressSet([
      try range(0, 0xFFF), try range(0x1800, 0x1FFF), try range(0x3000, 0x4FFF),
    ])
    #expect(set.blockCount(of: 0x1000) == 4)
    #expect(set.blockCount(of: 0x2000) == 3)
    #expect(set.blockCount(of: 0x8000) == 1)
    #expect(set.blockCount(of: 1) == 0x3800)
    #expect(AddressSet.empty.blockCount(of: 1) == 0)
    #expect(AddressSet([.all]).blockCount(of: 1) == 1 << 64)
    #expect(AddressSet([.all]).blockCount(of: 1 << 63) == 2)
  }
}
