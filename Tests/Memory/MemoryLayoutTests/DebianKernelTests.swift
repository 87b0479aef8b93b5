import Foundation
import MemoryLayout
import TestSupport
import Testing

/// Debian's own kernels, beside what `file`, `readelf` and `od` say of them.
///
/// They are fetched once, some 180 MB, into `SWAPCHECK_IMAGE_CACHE` or the system's folder for
/// temporary files. Without a network, or where there is no apt, these tests fail.
@Suite(.serialized) struct DebianKernelTests {
  /// The folder with the kernels; nil if they could not be fetched, which is reported once.
  private static let folder: Result<String, FetchError> = {
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["SWAPCHECK_IMAGE_CACHE"]
      ?? FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-debian-kernels").path
    let script = Samples.folder.deletingLastPathComponent()
      .appendingPathComponent("fetch-debian-kernels.sh").path
    do {
      let run = try OtherProgram.run(["sh", script, cache])
      return run.code == 0 ? .success(cache) : .failure(FetchError(output: run.said))
    } catch {
      return .failure(FetchError(output: "\(error)"))
    }
  }()

  /// What the script wrote before it failed.
  private struct FetchError: Error, CustomStringConvertible {
    let output: String

    var description: String {
      "Debian's kernels cannot be fetched (is there a network, and apt?):\n" + output.suffix(2_000)
    }
  }

  private func path(_ name: String) throws -> String { try "\(Self.folder.get())/\(name)" }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// A little-endian number of a file, by `od`.
  private func od(_ name: String, at offset: Int, _ byteCount: Int) throws -> UInt64 {
    try number([
      "od", "-An", "-tu\(byteCount)", "-j\(offset)", "-N\(byteCount)", "--endian=little",
      path(name),
    ])
  }

  private func size(_ name: String) throws -> UInt64 {
    try number(["stat", "-Lc", "%s", path(name)])
  }

  private func number(_ command: [String]) throws -> UInt64 {
    let run = try OtherProgram.run(command)
    return try #require(
      UInt64(run.output.trimmingCharacters(in: .whitespacesAndNewlines)), "\(run.said)")
  }

  @Test(arguments: ["amd64", "i386"])
  func bzImage(architecture: String) throws {
    let name = "\(architecture)/vmlinuz"
    let image = try KernelImage.read(contentsOf: path(name))
    guard case .bzImage(let header) = image.format else {
      Issue.record("\(image.format.name)")
      return
    }
    let file = try text("\(architecture)/file")
    #expect(file.contains("x86 boot executable bzImage"))
    let version = try #require(header.versionText)
    #expect(file.contains("version \(version) "))
    #expect(try text("\(architecture)/package") == "linux-image-\(version)\n")

    #expect(image.architecture.value == (architecture == "amd64" ? .x86_64 : .i386))
    #expect(UInt64(header.protocolVersion) == (try od(name, at: 0x206, 2)))
    #expect(header.protocolVersion >= 0x020F)
    #expect(image.fileByteCount == (try size(name)))
    let setup = try (od(name, at: 0x1F1, 1) + 1) * 512
    #expect(header.protectedModeOffset == setup)
    #expect(image.loadedByteCount.value == (try od(name, at: 0x1F4, 4)) * 16)
    // The signature of Secure Boot is all that may stand behind.
    #expect(setup + image.loadedByteCount.value <= image.fileByteCount)
    #expect(image.fileByteCount - setup - image.loadedByteCount.value < 65_536)
    #expect(image.lastInitrdAddress.value == (try od(name, at: 0x22C, 4)))
    #expect(image.alignment.value == (try od(name, at: 0x230, 4)))
    #expect(image.isRelocatable.value == (try od(name, at: 0x234, 1) != 0))
    #expect(image.minimumAlignment.value == (try UInt64(1) << od(name, at: 0x235, 1)))
    #expect(UInt64(header.extendedLoadFlags.rawValue) == (try od(name, at: 0x236, 2)))
    #expect(image.commandLineByteCount.value == (try od(name, at: 0x238, 4)))
    #expect(image.preferredAddress.value == (try od(name, at: 0x258, 8)))
    #expect(image.memoryByteCount.value == (try od(name, at: 0x260, 4)))
    #expect(header.payload?.offset == (try setup + od(name, at: 0x248, 4)))
    #expect(header.payload?.byteCount == (try od(name, at: 0x24C, 4)))
    #expect(header.greatestSetupDataType != nil)
  }

  /// The ELF file within, which the script unpacked.
  @Test(arguments: ["amd64", "i386"])
  func vmlinux(architecture: String) throws {
    let name = "\(architecture)/vmlinux"
    // The kernel's build puts the size of the ELF file behind the payload.
    #expect(try size(name) == od("\(architecture)/size", at: 0, 4))
    let image = try KernelImage.read(contentsOf: path(name))
    guard case .elf(let header) = image.format else {
      Issue.record("\(image.format.name)")
      return
    }
    #expect(header.is64Bit == (architecture == "amd64"))
    #expect(!header.isBigEndian)
    let readelf = try text("\(architecture)/readelf")
    #expect(readelf.contains("Entry point 0x\(String(header.entry, radix: 16))\n"))
    let expected = try Self.segments(readelf).sorted { $0.range < $1.range }
    #expect(image.segments == expected)
    #expect(expected.count >= 2)

    // What the compressed kernel says of itself fits what comes out of it.
    let compressed = try KernelImage.read(contentsOf: path("\(architecture)/vmlinuz"))
    #expect(compressed.preferredAddress.value == image.preferredAddress.value)
    #expect(compressed.architecture.value == image.architecture.value)
    let unpacked = try #require(image.memoryByteCount.value)
    #expect(try #require(compressed.memoryByteCount.value) >= unpacked)
    let ends = image.segments.map(\.range.end)
    #expect(UInt128(unpacked) == (ends.max() ?? 0) - UInt128(image.segments[0].range.start))
  }

  /// Takes the lines `LOAD offset virtual physical file memory flags alignment` apart.
  private static func segments(_ readelf: String) throws -> [KernelImage.Segment] {
    var segments: [KernelImage.Segment] = []
    for line in readelf.components(separatedBy: "\n") {
      // Flags are up to three letters with blanks between them.
      let words = line.components(separatedBy: " ").filter { !$0.isEmpty }
      guard words.count >= 8, words[0] == "LOAD" else { continue }
      var numbers: [UInt64] = []
      for word in words[1...5] + words.suffix(1) {
        numbers.append(try #require(UInt64(word.dropFirst(2), radix: 16)))
      }
      let range = try #require(AddressRange(start: numbers[2], byteCount: numbers[4]))
      segments.append(
        KernelImage.Segment(
          range: range, fileOffset: numbers[0], fileByteCount: numbers[3], alignment: numbers[5]))
    }
    return segments
  }

  @Test func arm64() throws {
    let name = "arm64/vmlinuz"
    let image = try KernelImage.read(contentsOf: path(name))
    guard case .arm64(let header) = image.format else {
      Issue.record("\(image.format.name)")
      return
    }
    let file = try text("arm64/file")
    #expect(file.contains("ARM64 boot executable Image"))
    #expect(file.contains("little-endian") == !header.isBigEndian)
    #expect(file.contains("4K pages") == (header.pageSize == .kib4))
    #expect(image.architecture.value == .arm64)
    #expect(image.fileByteCount == (try size(name)))
    #expect(image.offsetFromBase.value == (try od(name, at: 8, 8)))
    #expect(header.imageByteCount == (try od(name, at: 16, 8)))
    #expect(image.memoryByteCount.value == (try od(name, at: 16, 8)))
    let flags = try od(name, at: 24, 8)
    #expect(header.mayLieAnywhere == (flags / 8 % 2 == 1))
    // The image is zeroed beyond the file.
    #expect(header.imageByteCount >= image.fileByteCount)
  }
}
