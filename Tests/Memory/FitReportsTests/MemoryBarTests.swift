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
    let map = try Self.map()
    let bar = MemoryBar(
      map.systemRAM, uses: [MemoryUse(.kernel, map.runningKernel)], placement,
      names: ["first", "second", "third"], width: width)
    // Of eight characters the fifth is in use by half, which counts as free.
    #expect(bar.text == text)
    #expect(bar.byteCountOfCharacter == byteCount)
  }

  /// Pages that are in use by several, and where three items are in one character.
  @Test func whatIsInUseAndWhatIsCrowded() throws {
    let map = try Self.map()
    let uses = [
      MemoryUse(.kernel, map.runningKernel),
      MemoryUse(.inUse, AddressSet([try Self.range(0x12000, 0x6000)])),
    ]
    let placement = [
      "first": try Self.range(0x1000, 0x1000), "second": try Self.range(0x2000, 0x1000),
      "third": try Self.range(0x4000, 0x1000),
    ]
    let names = ["first", "second", "third"]
    let bar = MemoryBar(map.systemRAM, uses: uses, placement, names: names, width: 4)
    // Of the third character one page of four is free: the first of the second piece is the kernel's,
    // and two are in use otherwise.
    #expect(bar.text == "*.&&")
    #expect(bar.crowd == AddressSet([try Self.range(0x1000, 0x4000)]))
    let crowd = try #require(bar.crowd)
    let zoomed = MemoryBar(crowd, uses: uses, placement, names: names, width: 4)
    #expect(zoomed.text == "ab.c")
    #expect(zoomed.crowd == nil)
    // What has no name of its own.
    let few = MemoryBar(crowd, uses: uses, placement, names: ["third"], width: 4)
    #expect(few.text == "++.a")
  }

  /// 1 GiB from 1 MiB on, and 1 GiB from 4 GiB on; a character is 64 MiB.
  @Test func marksAreWhereTheAddressesAre() throws {
    let memory = AddressSet([
      try Self.range(0, 1 << 30), try Self.range(4 << 30, 1 << 30),
    ])
    let bar = MemoryBar(memory, uses: [], [:], names: [], width: 32)
    #expect(bar.marks == "^1 MiB          ^4 GiB")
    // The last address of the first piece is below 4 GiB, and 16 MiB is none of its characters.
    let low = MemoryBar(
      AddressSet([try Self.range(8 << 20, 16 << 20)]), uses: [], [:], names: [], width: 16)
    #expect(low.marks == "        ^16 MiB")
    #expect(MemoryBar(.empty, uses: [], [:], names: [], width: 16).marks.isEmpty)
  }
}
