import FitReports
import MemoryLayout
import Testing

@Suite struct MemoryBarTests {
  /// 16 pages of RAM in two pieces; the first of the second piece is in use.
  private static func map() throws -> MemoryMap {
    let text = """
      00001000-00008fff : System RAM
      00010000-00017fff : System RAM
        00010000-00010fff : Kernel code

      """
    return try MemoryMap.read(path: "map", bytes: Array(text.utf8))
  }

  private static func range(_ start: UInt64, _ byteCount: UInt64) throws -> AddressRange {
    try #require(AddressRange(start: start, byteCount: byteCount))
  }

  @Test(
    arguments: [
      (16, "..aab...#......c", 4_096), (8, ".ab....c", 8_192), (1, "*", 65_536),
      (5, "a*..c", 13_108),
    ] as [(Int, String, UInt128)])
  func aCharacterForEachPiece(width: Int, text: String, byteCount: UInt128) throws {
    let placement = [
      "first": try Self.range(0x3000, 0x2000), "second": try Self.range(0x5000, 0x1000),
      "third": try Self.range(0x17000, 0x1000),
    ]
    let bar = MemoryBar(
      try Self.map(), placement, names: ["first", "second", "third"], width: width)
    // Of eight characters the fifth is in use by half, which counts as free.
    #expect(bar.text == text)
    #expect(bar.byteCountOfCharacter == byteCount)
  }

  /// Pages that are kept beside what the map says, and where three items are in one character.
  @Test func whatIsKeptAndWhatIsCrowded() throws {
    let kept = AddressSet([try Self.range(0x12000, 0x6000)])
    let placement = [
      "first": try Self.range(0x1000, 0x1000), "second": try Self.range(0x2000, 0x1000),
      "third": try Self.range(0x4000, 0x1000),
    ]
    let names = ["first", "second", "third"]
    let bar = MemoryBar(try Self.map(), placement, names: names, width: 4, kept: kept)
    // Of the third character one page of four is free: the first of the second piece is in use, and
    // two are kept.
    #expect(bar.text == "*.##")
    #expect(bar.crowd == AddressSet([try Self.range(0x1000, 0x4000)]))
    let zoomed = MemoryBar(
      try Self.map(), placement, names: names, width: 4, kept: kept, part: bar.crowd)
    #expect(zoomed.text == "ab.c")
    #expect(zoomed.crowd == nil)
  }
}
