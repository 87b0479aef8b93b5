import Foundation
import TestSupport
import Testing

/// Ranges of what a loader places one after the other, as `swapcheck fit` is asked.
@Suite struct FitLoaderOrderTests {
  /// Small gaps, of which the loader takes for each segment the highest that has room: which of them are left
  /// for the others depends on both sizes.
  private static let map = """
    40000000-4002ffff : System RAM
    50000000-541fffff : System RAM
    60000000-601b7fff : System RAM
    70000000-700effff : System RAM

    """
    + (0..<19).map { number in
      let start = 0x8100_0000 + number * 0x10_0000
      return String(start, radix: 16) + "-" + String(start + 0xc_2fff, radix: 16)
        + " : System RAM\n"
    }.joined() + "90000000-93ffffff : System RAM\n"

  private static func layout(kernel: String, initrd: String, _ question: String) -> String {
    """
    version: 1
    map: gaps.iomem
    kernel: { architecture: arm64, size: \(kernel), alignment: 2MiB }
    kernel-version: 7.2
    loader: kexec_load
    initrd: \(initrd)
    unpacked-initrd: 512KiB
    in-use: [0x90000000-0x93ffffff]
    memory: 128MiB
    processors: 1
    struct-page: 16
    \(question)
    items:
      - { name: first, role: purgatory, size: 960KiB }
      - { name: second, role: purgatory, size: 800KiB }
      - { name: third, role: purgatory, size: 800KiB }

    """
  }

  private static func fit(_ text: String) throws -> (code: Int32, output: String) {
    try Program.inTemporaryFolder { folder in
      try Program.write(map, to: "gaps.iomem", in: folder)
      try Program.write(text, to: "layout.yml", in: folder)
      let found = try Program.run(["fit", "layout.yml"], in: folder)
      return (found.code, found.output + found.errors)
    }
  }

  /// The least values do not fit, and the greatest do, each range alone staying where it is beside the
  /// greatest value of the other.
  @Test func twoRangesOfSegmentsAreNotTakenForFitting() throws {
    let kernel: [UInt64] = [68_239_360, 68_255_744]
    let initrd: [UInt64] = [966_656, 983_040]
    #expect(try Self.fit(Self.layout(kernel: "\(kernel[0])", initrd: "\(initrd[0])", "")).code == 1)
    #expect(try Self.fit(Self.layout(kernel: "\(kernel[1])", initrd: "\(initrd[1])", "")).code == 0)
    let ranges = (kernel: "\(kernel[0])..\(kernel[1])", initrd: "\(initrd[0])..\(initrd[1])")
    for question in [
      "for: all", "for: all kernel, largest initrd", "for: largest kernel, all initrd",
    ] {
      let found = try Self.fit(
        Self.layout(kernel: ranges.kernel, initrd: ranges.initrd, question))
      #expect(found.code == 3, "\(question): \(found.output)")
      #expect(found.output.contains("one value"), "\(found.output)")
      #expect(!found.output.contains("more time"), "\(found.output)")
      // Of what is not decided no value is the hardest, the most or the least.
      let verdict = found.output.prefix { $0 != "\n" }
      #expect(verdict.contains("layout.yml: inconclusive "), "\(verdict)")
      #expect(!verdict.contains("hardest") && !verdict.contains("even"), "\(verdict)")
    }
  }

  /// A range may have more values than a number counts.
  @Test(arguments: ["kexec_load", "kexec_file_load"])
  func hugeRangesAreNoCrash(loader: String) throws {
    let found = try Self.fit(
      Self.layout(
        kernel: "1..18446744073709551615", initrd: "1..18446744073709551615", "for: some"
      ).replacing("kexec_load", with: loader))
    #expect([0, 1, 3].contains(found.code), "\(found)")
  }
}
