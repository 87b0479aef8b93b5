import Foundation
import MemoryLayout
import Testing

/// `/sys/firmware/memmap`, as a folder and as text.
@Suite struct FirmwareMapTests {
  @Test func aGuestsMap() throws {
    let map = try Samples.map("kvm-guest-6.18.memmap.txt")
    #expect(map.format == .firmwareMap)
    #expect(map.regions.map(\.kind) == [.systemRAM, .reserved, .systemRAM, .reserved, .systemRAM])
    #expect(
      try map.systemRAM.ranges == [
        range(0, 0x9_FBFF), range(0x10_0000, 0xBFFF_FFFF), range(0x1_0000_0000, 0x6_3FFF_FFFF),
      ])
    #expect(map.usableRAM == map.systemRAM)
  }

  /// The documentation has `reserved`, kernels print `Reserved`.
  @Test(arguments: ["reserved", "Reserved", "RESERVED"])
  func typesDifferInCase(type: String) throws {
    let map = try map(
      "0 start=0x0 end=0xfff type=\(type)\n1 start=0x1000 end=0x1fff type=system ram\n")
    #expect(map.regions.map(\.kind) == [.reserved, .systemRAM])
  }

  @Test func whatGrepPrints() throws {
    let text = try map(
      """
      /sys/firmware/memmap/10/end:0x1fff
      /sys/firmware/memmap/10/start:0x1000
      /sys/firmware/memmap/10/type:System RAM
      /sys/firmware/memmap/9/end:0xfff
      /sys/firmware/memmap/9/start:0x0
      /sys/firmware/memmap/9/type:ACPI Tables

      """)
    #expect(text.regions.map(\.kind) == [.acpiTables, .systemRAM])
    let short = try map("3/end:0x1fff\n3/start:0x1000\n3/type:System RAM\n")
    #expect(short.systemRAM.byteCount == 0x1000)
  }

  /// Of equal ranges the one with the lower number comes first, by number and not by text.
  @Test func foldersAreSortedByNumber() throws {
    let folder = try Folder()
    for number in 0..<12 {
      try folder.add(
        "\(number)", start: "0x0\n", end: "0xfff\n",
        type: number == 11 ? "System RAM\n" : "Reserved\n")
    }
    let map = try MemoryMap.read(contentsOf: folder.path)
    #expect(map.regions.count == 12)
    #expect(map.regions[2].place == .entry("2/start"))
    #expect(map.regions[10].place == .entry("10/start"))
    #expect(map.regions[11].kind == .systemRAM)
  }

  @Test func aFolderMayBeBroken() throws {
    let empty = try Folder()
    #expect(throws: LayoutInputError.self) { try MemoryMap.read(contentsOf: empty.path) }
    let partial = try Folder()
    try partial.add("0", start: "0x0\n", end: nil, type: "System RAM\n")
    let missing = try error { try MemoryMap.read(contentsOf: partial.path) }
    #expect(missing.description.contains("0/end"))
    let odd = try Folder()
    try odd.add("0", start: "0\n", end: "0xfff\n", type: "System RAM\n")
    let address = try error { try MemoryMap.read(contentsOf: odd.path) }
    #expect(address.place == .entry("0/start"))
    let tree = try Folder()
    try tree.write("compatible", "example,board")
    #expect(
      try error { try MemoryMap.read(contentsOf: tree.path) }.hint?.contains("/sys/firmware/fdt")
        == true)
  }

  /// The machine that this runs on, if it has the folder: whole pages are RAM.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/sys/firmware/memmap/0/start")))
  func thisMachine() throws {
    let map = try MemoryMap.read(contentsOf: "/sys/firmware/memmap")
    let folders = try FileManager.default.contentsOfDirectory(atPath: "/sys/firmware/memmap")
    #expect(map.regions.count == folders.count)
    #expect(!map.systemRAM.isEmpty)
  }

  @Test(arguments: [
    ("0 start=0x0 end=0xfff type=System RAM\n1 start=0x1000\n", 2),
    ("0 start=0x0 end=0xfff type=System RAM\n0 start=0x1000 end=0x1fff type=Reserved\n", 2),
    ("0 start=0x1000 end=0xfff type=System RAM\n", 1),
    ("0 start=0x0 end=fff type=System RAM\n", 1),
    ("0/start:0x0\n0/start:0x1000\n", 2),
  ])
  func brokenTextIsRefusedWithItsLine(text: String, line: Int) throws {
    #expect(try error { try map(text) }.place == .line(line))
  }
}

/// A folder for one test, removed with it.
private final class Folder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("memmap-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
  }

  func add(_ number: String, start: String?, end: String?, type: String?) throws {
    try FileManager.default.createDirectory(
      atPath: "\(path)/\(number)", withIntermediateDirectories: true)
    for (name, text) in [("start", start), ("end", end), ("type", type)] {
      if let text { try write("\(number)/\(name)", text) }
    }
  }
}
