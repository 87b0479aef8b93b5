import Foundation
import MemoryLayout
import TestSupport
import Testing

/// What compressed initrds unpack to, beside what went into the system's programs.
@Suite struct UnpackedSizeTests {
  /// Programs that the tests of packed files take; where one is missing, its tests are skipped.
  private static func has(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(program)") }
  }

  /// How something is packed: a call of a program that reads `in` or standard input.
  struct Packing: CustomTestStringConvertible, Sendable {
    let call: String
    /// Whether the file says its size, and how far from it a bound may be.
    var isExact = true

    var program: String { String(call.prefix { $0 != " " }) }
    var testDescription: String { call }
  }

  private static let packings = [
    Packing(call: "gzip -9"), Packing(call: "gzip -1"), Packing(call: "zstd -q -c in"),
    Packing(call: "zstd -q -19 -c in"), Packing(call: "zstd -q --no-check -c in"),
    Packing(call: "zstd -q"), Packing(call: "xz"), Packing(call: "xz -0 --check=none"),
    Packing(call: "xz --check=crc32 --x86 --lzma2=dict=512KiB"),
    Packing(call: "xz -T2 --block-size=300KiB --check=sha256"),
    Packing(call: "xz --format=lzma"), Packing(call: "bzip2"), Packing(call: "lz4 -q -l -9"),
    Packing(call: "lz4 -q -l"), Packing(call: "lz4 -q"),
    Packing(call: "lz4 -q --content-size -BX -c in"), Packing(call: "lzop"),
  ]

  /// Text that repeats itself at many distances, and noise, in an archive of two files.
  private static func archive(_ byteCount: Int) -> [UInt8] {
    var generator = SeededGenerator(seed: 7)
    var bytes: [UInt8] = []
    while bytes.count < byteCount {
      switch generator.next() % 4 {
      case 0: bytes += (0..<200).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      case 1: bytes += [UInt8](repeating: UInt8(generator.next() % 3), count: 900)
      case 2 where bytes.count > 70_000:
        let start = bytes.count - Int(generator.next() % 70_000) - 1
        bytes += bytes[start..<min(start + 300, bytes.count)]
      default: bytes += Array("root:x:\(generator.next() % 1_000):/bin/sh\n".utf8)
      }
    }
    return ImageBuilders.cpioEntry("a", Array(bytes.prefix(byteCount)))
      + ImageBuilders.cpioEntry("b", [1]) + ImageBuilders.cpioEntry("TRAILER!!!")
  }

  private func packed(_ bytes: [UInt8], _ packing: Packing) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (input, output) = (
      folder.appendingPathComponent("in"), folder.appendingPathComponent("out")
    )
    try Data(bytes).write(to: input)
    let run = try OtherProgram.run(["sh", "-c", "\(packing.call) < in > out"], in: folder)
    try #require(run.code == 0, "\(run.errors)")
    return Array(try Data(contentsOf: output))
  }

  /// Reads an initrd from a file, so that programs may count it.
  private func read(_ bytes: [UInt8]) throws -> InitialRamDisk {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try InitialRamDisk.read(contentsOf: file.path)
  }

  @Test(arguments: packings.filter { has($0.program) })
  func whatProgramsMake(packing: Packing) throws {
    for byteCount in [0, 1, 100_000, 1_500_000] {
      let bytes = Self.archive(byteCount)
      let disk = try read(try packed(bytes, packing))
      guard case .exactly(UInt64(bytes.count), _) = disk.unpacked else {
        Issue.record("\(packing.call): \(disk.unpacked) of \(bytes.count)")
        continue
      }
      #expect(disk.parts.count == 1)
    }
  }

  /// A part ends where its format ends, so that those behind it count.
  @Test(
    arguments: packings.filter {
      has($0.program) && $0.program != "bzip2" && !$0.call.contains("lzma ")
    })
  func partsBehindOneAnother(packing: Packing) throws {
    guard packing.call != "xz --format=lzma", packing.call != "zstd -q" else { return }
    let plain =
      ImageBuilders.cpioEntry("early", [UInt8](repeating: 1, count: 5_000))
      + ImageBuilders.cpioEntry("TRAILER!!!")
    let bytes = Self.archive(200_000)
    let one = try packed(bytes, packing)
    func padded(_ bytes: [UInt8]) -> [UInt8] {
      bytes + [UInt8](repeating: 0, count: 8 + (4 - bytes.count % 4) % 4)
    }
    let disk = try read(padded(plain) + padded(one) + padded(plain) + one)
    #expect(
      disk.parts.map(\.unpacked.byteCount)
        == [5_000, bytes.count, 5_000, bytes.count].map { UInt64($0) })
    #expect(disk.unpacked.byteCount == UInt64(2 * (5_000 + bytes.count)))
    // One directly behind the other is one part.
    guard packing.program != "lz4" else { return }
    let joined = try read(one + one)
    #expect(joined.parts.count == 1)
    #expect(joined.unpacked.byteCount == UInt64(2 * bytes.count))
  }

  /// Of gzip the last four bytes have the size of the last member alone.
  @Test(.enabled(if: has("gzip"), "it takes gzip"))
  func membersOfGzip() throws {
    let small = try packed([1, 2, 3], Packing(call: "gzip"))
    let large = try packed(Self.archive(70_000), Packing(call: "gzip"))
    let disk = try read(large + small + large)
    #expect(disk.unpacked.byteCount == UInt64(2 * Self.archive(70_000).count + 3))
  }

  /// Every end that is too early, and every byte that is another one, is an answer or an error, and
  /// never a crash.
  @Test(arguments: packings.filter { has($0.program) })
  func whatIsBroken(packing: Packing) throws {
    let bytes = try packed(Self.archive(1_000), packing)
    for count in 0..<bytes.count {
      let size = try? InitialRamDisk.read(path: "x", Array(bytes[..<count])).unpacked
      if case .exactly = size, !packing.call.contains("lzma"), packing.program != "lz4" {
        Issue.record("\(packing.call): \(count) of \(bytes.count) bytes are enough")
      }
    }
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<2_000 {
      var broken = bytes
      let index = Int(generator.next() % UInt64(bytes.count))
      broken[index] = UInt8(truncatingIfNeeded: generator.next())
      _ = try? InitialRamDisk.read(
        path: "x", broken, limits: UnpackingLimits(byteCount: 1 << 30, seconds: 1))
    }
  }

  /// What is cut off has its place.
  @Test(.enabled(if: has("gzip") && has("zstd"), "it takes gzip and zstd"))
  func whatIsCutOff() throws {
    for call in ["gzip", "zstd -q -c in"] {
      let bytes = try packed(Self.archive(50_000), Packing(call: call))
      let cut = try error { try read(Array(bytes[..<(bytes.count / 2)])) }
      guard case .truncated = cut.reason else {
        Issue.record("\(call): \(cut)")
        continue
      }
    }
    // A size that its data does not have.
    var bytes = try packed(Self.archive(50_000), Packing(call: "gzip"))
    bytes[bytes.count - 1] ^= 1
    let size = try error { try read(bytes) }
    #expect(size.place == .offset(UInt64(bytes.count - 4)))
    #expect(size.message.contains("states another size"))
  }

  /// Without a program that counts, nothing is known.
  @Test func whatStatesNothing() throws {
    let bzip2 = Array("BZh9".utf8) + [0x31, 0x41, 0x59, 0x26, 0x53, 0x59] + [0, 0, 0, 0, 0]
    let disk = try InitialRamDisk.read(path: "x", bzip2)
    #expect(disk.unpacked == .unknown("bzip2 states no size"))
    let lzma: [UInt8] =
      [0x5D, 0, 0, 0x80, 0] + [UInt8](repeating: 0xFF, count: 8) + [0, 1, 2, 3, 4]
    #expect(try InitialRamDisk.read(path: "x", lzma).unpacked.byteCount == nil)
    // A broken one, and a program that says so.
    guard Self.has("bzip2") else { return }
    guard case .unknown(let words) = try read(bzip2).unpacked else {
      Issue.record("bzip2 unpacked it")
      return
    }
    #expect(words.contains("`bzip2` does not unpack it"))
  }

  // MARK: By hand

  /// RFC 8878: a frame that states 10 GiB in its header, and has one block of 5 bytes; and blocks of
  /// one byte that is repeated, which are as large as they say.
  @Test func zstandardByHand() throws {
    var claim: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0xC0, 0x58]
    claim += [0, 0, 0, 0x80, 2, 0, 0, 0]
    claim += [5 << 3 | 1, 0, 0, 1, 2, 3, 4, 5]
    let broken = try error { try InitialRamDisk.read(path: "x", claim) }
    #expect(broken.message.contains("states 10737418240 bytes, and its blocks have 5"))
    let start: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD, 0, 0x58]
    // 1,000 bytes each: 1000 << 3 | 1 << 1, and 1 for the last.
    let blocks: [UInt8] = [0x42, 0x1F, 0, 7, 0x43, 0x1F, 0, 7]
    #expect(
      try InitialRamDisk.read(path: "x", start + blocks).unpacked
        == .exactly(2_000, from: "by its zstd blocks"))
    // A compressed one has 128 KiB at most.
    let packed: [UInt8] = [2 << 3 | 2 << 1 | 1, 0, 0, 9, 9]
    #expect(
      try InitialRamDisk.read(path: "x", start + packed).unpacked
        == .atMost(128 << 10, from: "by the number of its zstd blocks"))
  }

  /// The header of lzop 1.04 with two blocks: one of 300 bytes in 4, and 5 that are stored.
  @Test func lzoByHand() throws {
    var bytes: [UInt8] = [0x89, 0x4C, 0x5A, 0x4F, 0, 0x0D, 0x0A, 0x1A, 0x0A]
    bytes += [0x10, 0x40, 0x20, 0xA0, 0x09, 0x40, 3, 9, 3, 0, 0, 1]
    bytes += [UInt8](repeating: 0, count: 12) + [1, 0x61] + [0, 0, 0, 0]
    bytes += [0, 0, 1, 0x2C, 0, 0, 0, 4, 9, 9, 9, 9, 1, 2, 3, 4]
    bytes += [0, 0, 0, 5, 0, 0, 0, 5, 9, 9, 9, 9, 1, 2, 3, 4, 5, 0, 0, 0, 0]
    #expect(try InitialRamDisk.read(path: "x", bytes).unpacked.byteCount == 305)
    #expect(throws: LayoutInputError.self) {
      try InitialRamDisk.read(path: "x", Array(bytes.dropLast()))
    }
  }

  /// 5 literals, and 19 more that repeat one of them; lz4 -l would write 8 MiB and no more.
  @Test func lz4ByHand() throws {
    let block: [UInt8] = [0x5F, 1, 2, 3, 4, 5, 1, 0, 0, 0x10, 6]
    let bytes: [UInt8] = [2, 0x21, 0x4C, 0x18, UInt8(block.count), 0, 0, 0] + block
    #expect(try InitialRamDisk.read(path: "x", bytes).unpacked.byteCount == 5 + 19 + 1)
    let long = try error { try InitialRamDisk.read(path: "x", bytes + [9, 0, 0, 0]) }
    guard case .truncated = long.reason else {
      Issue.record("a block that is not there")
      return
    }
  }

  /// A header states 10 GiB, as one of lzma may without any data.
  @Test func lzmaByHand() throws {
    let bytes: [UInt8] = [0x5D, 0, 0, 0x80, 0, 0, 0, 0, 0x80, 2, 0, 0, 0, 0, 1, 2, 3, 4]
    #expect(
      try InitialRamDisk.read(path: "x", bytes).unpacked
        == .exactly(10 << 30, from: "as its lzma header states"))
  }

  // MARK: Limits

  /// Ten members of 100 MB of zeros each: counting ends at its limit of bytes, or of time.
  @Test(.enabled(if: has("gzip") && has("bzip2"), "it takes gzip and bzip2"))
  func bombs() throws {
    let zeros = [UInt8](repeating: 0, count: 20_000_000)
    let limits = UnpackingLimits(byteCount: 1 << 20)
    let gzip = try InitialRamDisk.read(
      path: "x", try packed(zeros, Packing(call: "gzip")), limits: limits)
    #expect(gzip.unpacked == .moreThan(1 << 20, from: "where counting was ended"))
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(try packed(zeros, Packing(call: "bzip2"))).write(to: file)
    let bzip2 = try InitialRamDisk.read(contentsOf: file.path, limits: limits)
    #expect(bzip2.unpacked == .moreThan(1 << 20, from: "where counting was ended"))
    let late = try InitialRamDisk.read(
      contentsOf: file.path, limits: UnpackingLimits(seconds: 0))
    guard case .moreThan(_, let words) = late.unpacked else {
      Issue.record("\(late.unpacked)")
      return
    }
    #expect(words.contains("0.0 s"))
  }

  /// Where the size is stated elsewhere, nothing is looked at.
  @Test func whatNobodyAsksFor() throws {
    let disk = try InitialRamDisk.read(path: "x", [0x1F, 0x8B, 1], limits: nil)
    #expect(disk.parts.map(\.content) == [.compressed(.gzip)])
    #expect(disk.unpacked.byteCount == nil)
  }
}
