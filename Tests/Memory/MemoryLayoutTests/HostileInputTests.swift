import Foundation
import MemoryLayout
import Testing

/// Whatever the bytes, reading ends soon, with a value or with a typed error.
@Suite struct HostileInputTests {
  private enum Reader: String, CaseIterable {
    case map
    case image
    case initrd

    func read(_ bytes: [UInt8]) {
      switch self {
      case .map:
        guard let map = try? MemoryMap.read(path: "x", bytes: bytes) else { return }
        // The queries have to live with anything that was read.
        _ = map.usableRAM.byteCount + map.holes.byteCount + map.occupied.byteCount
        _ = map.findings.map(\.description)
        for region in map.regions { _ = region.range.trimmed(to: 4_096) }
      case .image: _ = try? KernelImage.read(path: "x", bytes)
      case .initrd: _ = try? InitialRamDisk.read(path: "x", bytes)
      }
    }
  }

  private static func inputs() throws -> [(name: String, bytes: [UInt8], reader: Reader)] {
    var inputs: [(String, [UInt8], Reader)] = []
    for name in try Samples.names where !name.hasSuffix(".dts") {
      inputs.append((name, try Samples.bytes(name), name.hasSuffix(".initrd") ? .initrd : .map))
    }
    inputs += [0x0205, 0x020A, 0x020F].map { version in
      ("bzImage \(version)", Array(ImageBuilders.bzImage(version: version).prefix(3_072)), .image)
    }
    // Without all of its kernel, the header is refused before the fields behind it are read.
    var small = ImageBuilders.bzImage()
    ImageBuilders.put(32, at: 0x1F4, 4, in: &small)
    ImageBuilders.put(0x80, at: 0x248, 4, in: &small)
    ImageBuilders.put(0x80, at: 0x24C, 4, in: &small)
    inputs.append(("small bzImage", Array(small.prefix(3_072)), .image))
    inputs.append(("arm64", Array(ImageBuilders.arm64().prefix(128)), .image))
    for is64Bit in [true, false] {
      let elf = ImageBuilders.elf(
        is64Bit: is64Bit, isBigEndian: !is64Bit,
        [
          .init(offset: 0, address: 0x1000, fileByteCount: 64, memoryByteCount: 64),
          .init(offset: 0, address: 0x2000, fileByteCount: 64, memoryByteCount: 99),
        ])
      inputs.append(("ELF", Array(elf.prefix(256)), .image))
    }
    return inputs.map { (name: $0.0, bytes: $0.1, reader: $0.2) }
  }

  @Test(.timeLimit(.minutes(2)))
  func cutOffAtEveryByte() throws {
    for input in try Self.inputs() {
      for count in 0...input.bytes.count { input.reader.read(Array(input.bytes.prefix(count))) }
    }
  }

  /// Bytes and 32-bit words are replaced at random; words by those that are known to hurt.
  @Test(.timeLimit(.minutes(20)))
  func bytesReplaced() throws {
    let environment = ProcessInfo.processInfo.environment
    let seed =
      environment["SWAPCHECK_FUZZ_SEED"].flatMap { UInt64($0) } ?? .random(in: 0...UInt64.max)
    let count = environment["SWAPCHECK_HOSTILE_COUNT"].flatMap { Int($0) } ?? 3_000
    print("hostile input: SWAPCHECK_FUZZ_SEED=\(seed)")
    var generator = SeededGenerator(seed: seed)
    let words: [[UInt8]] = [
      [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0x80, 0, 0, 0],
      [0, 0, 0, 1], [1, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0x7F], Array("ffff".utf8),
    ]
    for input in try Self.inputs() {
      for _ in 0..<count {
        var bytes = input.bytes
        for _ in 0...Int.random(in: 0..<6, using: &generator) {
          let at = Int.random(in: 0..<bytes.count, using: &generator)
          if Bool.random(using: &generator), at + 4 <= bytes.count {
            let word = words[Int.random(in: 0..<words.count, using: &generator)]
            bytes.replaceSubrange(at & ~3..<(at & ~3) + 4, with: word)
          } else {
            bytes[at] = UInt8.random(in: 0...255, using: &generator)
          }
        }
        // Each input goes to every reader: a file may be given in the wrong place.
        for reader in Reader.allCases { reader.read(bytes) }
      }
    }
  }

  /// As many regions as there may be, each overlapping the next, or each within the one before it.
  @Test(arguments: [true, false])
  func manyRegions(areNested: Bool) throws {
    var text = ""
    for index in 0..<50_000 {
      let start = 0x1000 + index * 16
      let last = areNested ? 0x4000_0000 - index * 16 : start + 24
      text += "\(String(start, radix: 16))-\(String(last, radix: 16)) : "
      text += index % 2 == 0 ? "System RAM\n" : "Kernel code\n"
    }
    let start = ContinuousClock.now
    let map = try map(text)
    #expect(map.regions.count == 50_000)
    #expect(map.usableRAM.byteCount > 0)
    #expect(ContinuousClock.now - start < .seconds(20))
  }

  @Test func tooManyRegionsAreRefused() throws {
    let line = "1000-1fff : a\n"
    let text = String(repeating: line, count: MemoryMap.maximumRegionCount + 1)
    let error = try error { try map(text) }
    #expect(error.place == .line(MemoryMap.maximumRegionCount + 1))
  }

  /// Names of a device tree may all be the same long one.
  @Test func aTreeWithManyProperties() throws {
    var builder = DeviceTreeBuilder()
    builder.begin("")
    builder.property("#address-cells", cells: [1])
    builder.property("#size-cells", cells: [1])
    for _ in 0..<20_000 {
      builder.begin("memory@0")
      builder.property("device_type", text: "memory")
      builder.property("reg", cells: [0x1000, 0x1000])
      builder.end()
    }
    builder.end()
    let start = ContinuousClock.now
    let map = try MemoryMap.read(path: "dtb", bytes: builder.bytes)
    #expect(map.systemRAM.byteCount == 0x1000)
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
