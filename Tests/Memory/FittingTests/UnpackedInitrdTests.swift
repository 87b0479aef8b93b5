import Fitting
import Foundation
import MemoryLayout
import Testing

/// What a layout makes of what an initrd says that it unpacks to.
@Suite struct UnpackedInitrdTests {
  private func question(
    _ initrd: [UInt8], _ change: (inout LayoutDescription) -> Void = { _ in }
  ) throws -> LayoutQuestion {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let map = "00001000-0009ffff : System RAM\n00100000-3fffffff : System RAM\n"
    try Data(map.utf8).write(to: folder.appendingPathComponent("map"))
    try Data(initrd).write(to: folder.appendingPathComponent("initrd"))
    var description = LayoutDescription(name: "question")
    description.folder = folder.path + "/"
    description.map = "map"
    description.initrd = .file("initrd")
    description.statedKernel = LayoutDescription.StatedKernel(
      architecture: .x86_64, size: .exactly(32 << 20), alignment: 2 << 20)
    description.memory = .exactly(64 << 20)
    change(&description)
    return try description.question()
  }

  private func byteCount(_ question: LayoutQuestion) -> UInt64? {
    question.question.items.first { $0.name == "unpacked initrd" }?.byteCount
  }

  /// Two blocks of zstd of 1,000 bytes that are one byte repeated.
  private static let frame: [UInt8] =
    [0x28, 0xB5, 0x2F, 0xFD, 0, 0x58] + [0x42, 0x1F, 0, 7, 0x43, 0x1F, 0, 7]

  @Test func whatIsStatedInTheFile() throws {
    let question = try question(Self.frame)
    #expect(byteCount(question) == 2_000)
    #expect(
      question.assumptions.contains {
        $0.hasPrefix("the initrd unpacks to 2 KiB, by its zstd blocks")
      }, "\(question.assumptions)")
  }

  /// A block that is compressed, and that no program unpacks: the bound counts.
  @Test func whatIsBounded() throws {
    let packed: [UInt8] =
      [0x28, 0xB5, 0x2F, 0xFD, 0, 0x58] + [2 << 3 | 2 << 1 | 1, 0, 0, 9, 9]
    let question = try question(packed)
    #expect(byteCount(question) == 128 << 10)
    #expect(question.assumptions.contains { $0.contains("the 128 KiB that it has at most") })
  }

  /// Three times the file, with the reason.
  @Test func whatIsNotKnown() throws {
    let bzip2 = Array("BZh9".utf8) + [0x31, 0x41, 0x59, 0x26, 0x53, 0x59] + [0, 0, 0, 0, 0]
    let question = try question(bzip2)
    #expect(byteCount(question) == 45)
    #expect(
      question.assumptions.contains {
        $0.hasPrefix("the initrd unpacks to three times its size (`unpacked-initrd`): `bzip2`")
      }, "\(question.assumptions)")
  }

  /// What the user says is believed, and a file that is cut off is no matter then.
  @Test func whatTheUserSays() throws {
    let cut = Array(Self.frame.dropLast())
    let question = try question(cut) { $0.unpackedInitrd = .exactly(5 << 20) }
    #expect(byteCount(question) == 5 << 20)
    #expect(throws: LayoutError.self) { try self.question(cut) }
  }
}
