import Foundation
import Testing

/// What settings make of the sizes of items, through files, ranges and evidence.
@Suite struct FitSettingTests {
  private static let map = """
    00001000-0009ffff : System RAM
    00100000-7fffffff : System RAM
      01000000-01bfffff : Kernel code

    """

  /// Bytes of each item that are placed, by name, in a layout with these settings.
  private func sizes(
    _ settings: [String], architecture: String = "x86_64", map: String = map
  ) throws -> [String: Int] {
    var sizes: [String: Int] = [:]
    var lines = settings
    // Of itself Linux makes none where no memory lies above 4 GiB.
    if architecture == "x86_64" { lines.append("swiotlb-force: true") }
    for line in ["memory: 512MiB", "processors: 2"] {
      let key = line.prefix { $0 != ":" }
      if !settings.contains(where: { $0.hasPrefix("\(key):") }) { lines.append(line) }
    }
    let text =
      "version: 1\nmap: iomem.txt\n"
      + "kernel: { architecture: \(architecture), size: 32MiB, alignment: 2MiB }\n"
      + lines.joined(separator: "\n") + "\n"
    try Program.inTemporaryFolder { folder in
      try Program.write(map, to: "iomem.txt", in: folder)
      try Program.write(text, to: "layout.yml", in: folder)
      let (output, errors, code) = try Program.run(
        ["fit", "layout.yml", "--format", "json", "--proof", "."], in: folder)
      #expect(code == 0, "\(settings): \(output)\(errors)")
      let proof = try Program.run(
        ["verify-proof", "layout.smt2", "--layout", "layout.yml"], in: folder)
      #expect(proof.code == 0, "\(settings): \(proof.output)\(proof.errors)")
      let layouts = try FitDocument.layouts(output)
      for place in layouts.first?["placement"] as? [[String: Any]] ?? [] {
        let name = try #require(place["item"] as? String)
        sizes[name] = place["byteCount"] as? Int
      }
    }
    return sizes
  }

  private static let mib = 1 << 20

  // MARK: swiotlb

  /// 256 KiB for each processor of the next power of two: 64 MiB are those of 256.
  private static let sizesOfSwiotlb: [([String], Int)] = [
    (["processors: 256"], 64 * mib), (["processors: 257"], 128 * mib),
    (["processors: 2..512"], 128 * mib), (["processors: 2..512", "for: some"], 64 * mib),
    (["swiotlb: 100MiB"], 128 * mib), (["swiotlb: 1MiB", "processors: 9"], 4 * mib),
    (["swiotlb: 1MiB", "processors: 1..9"], 4 * mib),
    (["swiotlb: 1MiB", "processors: 1..9", "swiotlb-areas: 3"], mib),
    (["swiotlb: 1MiB", "processors: 2", "swiotlb-areas: 17"], 8 * mib),
    (["processors: 512", "swiotlb-areas: 64"], 64 * mib),
    (["swiotlb: 1MiB..100MiB"], 128 * mib), (["swiotlb: 1MiB..100MiB", "for: some"], mib),
    // One quantity's least value, and the other's greatest.
    (
      ["swiotlb: 1MiB..100MiB", "processors: 3..33", "for: some processors, all swiotlb"], 128 * mib
    ),
    (
      ["swiotlb: 1MiB..100MiB", "processors: 3..33", "for: all processors, some swiotlb"], 16 * mib
    ),
    // 6 % of 4 GiB are 245.76 MiB. 64 MiB on the command line are as good as nothing.
    (["confidential: true", "memory: 4GiB"], 256 * mib),
    (["confidential: true", "memory: 4GiB", "swiotlb: 64MiB"], 256 * mib),
    (["confidential: true", "memory: 4GiB", "swiotlb: 32MiB"], 32 * mib),
    (["confidential: true", "processors: 300"], 128 * mib),
    (["confidential: true", "memory: 1GiB..4GiB", "processors: 2..300"], 256 * mib),
  ]

  @Test(arguments: sizesOfSwiotlb)
  func swiotlb(settings: [String], byteCount: Int) throws {
    #expect(try sizes(settings)["swiotlb"] == byteCount)
  }

  /// Of 2 GiB without the lowest 28 MiB, 1 GiB is the largest power of two that fits.
  @Test func largestSwiotlb() throws {
    #expect(try sizes(["swiotlb: 1MiB..", "for: largest"])["swiotlb"] == 1 << 30)
  }

  @Test func noSwiotlb() throws {
    #expect(try sizes(["swiotlb: 0", "processors: 300"])["swiotlb"] == nil)
    let old = try sizes(["processors: 300", "loader: kexec_load"], architecture: "i386")
    #expect(old["swiotlb"] == nil)
    #expect(old["control pages"] == 2 * 4_096)
  }

  /// 512 processors in the cluster: 512 areas of 256 KiB.
  @Test func theCluster() throws {
    let (output, errors, code) = try Program.run(
      ["fit", "Models/layouts/cluster.yml", "--format", "json"])
    #expect(code == 0, "\(errors)")
    let layouts = try FitDocument.layouts(output)
    let places = try #require(layouts.first?["placement"] as? [[String: Any]])
    let swiotlb = try #require(places.first { $0["item"] as? String == "swiotlb" })
    #expect(swiotlb["byteCount"] as? Int == 128 * Self.mib)
  }

  // MARK: A low crash kernel

  private static let low = [
    "crash-kernel: 16MiB", "items: [{ name: low, role: low crash kernel }]",
  ]

  /// 8 MiB more than what is asked for swiotlb: of 5 GiB 6 % are 1,228.8 segments of 256 KiB.
  private static let sizesOfLow: [([String], Int)] = [
    ([], 256 * mib), (["swiotlb: 0"], 256 * mib), (["swiotlb: 248MiB"], 256 * mib),
    (["swiotlb: 300MiB"], 308 * mib), (["swiotlb: 1MiB..300MiB"], 308 * mib),
    (["swiotlb: 1MiB..300MiB", "for: some"], 256 * mib), (["processors: 512"], 256 * mib),
    (["confidential: true", "memory: 5GiB"], 1_229 * (mib / 4) + 8 * mib),
    (["confidential: true", "memory: 1GiB..5GiB"], 1_229 * (mib / 4) + 8 * mib),
    (["confidential: true", "memory: 1GiB..5GiB", "for: some"], 256 * mib),
  ]

  @Test(arguments: sizesOfLow)
  func lowCrashKernel(settings: [String], byteCount: Int) throws {
    #expect(try sizes(settings + Self.low)["low"] == byteCount)
  }

  // MARK: arm64

  /// Memory on both sides of 4 GiB makes swiotlb, and a crash kernel low if it has no low part.
  @Test func arm64() throws {
    let small = "40000000-bfffffff : System RAM\n"
    let old = ["kernel-version: 6.1"]
    #expect(try sizes(old, architecture: "arm64", map: small)["swiotlb"] == nil)
    // 1 MiB for each GiB, from Linux 6.5 on.
    #expect(try sizes([], architecture: "arm64", map: small)["swiotlb"] == Self.mib / 2)
    let large = "40000000-27fffffff : System RAM\n"
    let wanted = ["processors: 257", "crash-kernel: 512MiB"]
    let sizes = try sizes(wanted, architecture: "arm64", map: large)
    #expect(sizes["swiotlb"] == 128 * Self.mib)
    // 9 GiB: 4,608 pages, 9 and from 1 GiB to 10 GiB one; six more.
    #expect(sizes["page tables"] == (4_608 + 9 + 1 + 6) * 4_096)
    let far = "8000000000-81ffffffff : System RAM\n"
    #expect(try self.sizes(wanted + old, architecture: "arm64", map: far)["swiotlb"] == nil)
    // 257 areas, in a power of two, wherever they lie: no memory is nearer.
    #expect(try self.sizes(wanted, architecture: "arm64", map: far)["swiotlb"] == 128 * Self.mib)
  }

  // MARK: paging

  /// RAM up to 2 GiB: two tables, one and one more of each level above.
  @Test func levels() throws {
    let four = try sizes([])
    let five = try sizes(["paging: 5"])
    #expect(four["page tables"] == (2 + 1 + 4) * 4_096)
    #expect(five["page tables"] == (2 + 1 + 1 + 5) * 4_096)
    #expect(four["direct map"] == (1 + 1 + 1) * 4_096)
    #expect(five["direct map"] == (1 + 1 + 1 + 1) * 4_096)
    #expect(try sizes(["paging: 4"]) == four)
    #expect(four["control pages"] == 2 * 4_096)
  }

  /// The same words on the command line, and what is wrong.
  @Test func pagingIsAnOption() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(
        "version: 1\nmap: iomem.txt\npaging: 5\nmemory: 1GiB\nkernel: { architecture: i386,"
          + " size: 8MiB, alignment: 2MiB }\n",
        to: "old.yml", in: folder)
      let old = try Program.run(["fit", "old.yml"], in: folder)
      #expect(old.code == 2)
      #expect(old.errors.contains("page tables of x86-64"), "\(old.errors)")
      let wrong = try Program.run(
        ["fit", "--map", "iomem.txt", "--kernel", "none", "--memory", "1GiB", "--paging", "3"],
        in: folder)
      #expect(wrong.errors.contains("4 or 5"), "\(wrong.errors)")
      let right = try Program.run(
        ["fit", "--map", "iomem.txt", "--kernel", "none", "--memory", "1GiB", "--paging", "5"],
        in: folder)
      #expect(right.errors.contains("none"), "\(right.errors)")
    }
  }
}
