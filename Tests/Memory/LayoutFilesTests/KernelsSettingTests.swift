import Fitting
import LayoutFiles
import MemoryLayout
import Settings
import Testing

/// Several kernels in a layout.
@Suite struct KernelsSettingTests {
  private static let map = """
    00001000-0009ffff : System RAM
    00100000-7fffffff : System RAM
      01000000-02ffffff : Kernel code
    80000000-8fffffff : PCI Bus 0000:00
    100000000-17fffffff : System RAM
    200000000-20fffffff : Multikernel Memory Pool
      200000000-2001fffff : mk-instance-1-db-region-0

    """

  private static let kernel =
    "kernel: { architecture: x86_64, size: 32MiB, alignment: 2MiB, address: 16MiB }\n"

  private static let nodes = """
    nodes:
      0: [0x0-0x7fffffff]
      1: [0x100000000-0x17fffffff]

    """

  private static func decide(_ text: String) throws -> LayoutResult {
    try WrittenLayout.decide(kernel + text, map: map)
  }

  private static func placement(_ text: String) throws -> KernelsPlacement {
    let result = try decide(text)
    #expect(result.verdict == .fits, "\(text): \(result.kernels?.shortage ?? [])")
    return try #require(result.kernels?.placement)
  }

  // MARK: - What is meant

  @Test func eachKernelHasItsOwn() throws {
    let found = try Self.placement(
      Self.nodes + """
        memory: 256MiB
        kernels:
          - { name: web, count: 2, node: 1 }
          - { name: db, memory: 512MiB, node: 0, processors: 4, apertures: [0x80000000-0x80ffffff] }
        shared:
          - { name: ring, size: 5MiB, kernels: [web], node: 1 }
          - { name: all, size: 1MiB }

        """)
    #expect(Set(found.kernels.map(\.name)) == ["web-1", "web-2", "db"])
    for kernel in found.kernels {
      let isWeb = kernel.name.hasPrefix("web")
      #expect(kernel.memory.byteCount == (isWeb ? 256 : 512) << 20)
      #expect((kernel.memory.start >= 0x1_0000_0000) == isWeb)
      #expect(kernel.node == (isWeb ? 1 : 0))
      #expect(kernel.processorCount == (isWeb ? 1 : 4))
      #expect(kernel.items["per-CPU areas"]?.byteCount == (isWeb ? 1 : 4) * 66 << 12)
      // 64 bytes for each page of its own memory.
      #expect(kernel.items["struct page"]?.byteCount == (isWeb ? 4 : 8) << 20)
      #expect(kernel.items["swiotlb"] == nil)
    }
    let trampolines = found.kernels.compactMap(\.trampoline)
    #expect(Set(trampolines).count == 3)
    let ring = try #require(found.regions.first { $0.name == "ring" })
    #expect(ring.kernels == ["web-1", "web-2"])
    #expect(ring.range.start >= 0x1_0000_0000)
    #expect(ring.range.byteCount == 5 << 20)
    #expect(found.regions.first { $0.name == "all" }?.kernels.count == 3)
  }

  @Test func oneOnEachNode() throws {
    let found = try Self.placement(
      Self.nodes + "memory: 1GiB\nkernels:\n  - { name: k, count: 2, node: each }\n")
    #expect(found.kernels.map(\.node) == [0, 1])
    #expect(found.kernels[1].memory.start == 0x1_0000_0000)
  }

  @Test func allMemoryFromAPool() throws {
    let text = """
      memory: 64MiB
      pool: Multikernel Memory Pool
      kernels:
        - { name: k, count: 3 }

      """
    let found = try Self.placement(text)
    for kernel in found.kernels {
      #expect(kernel.memory.start >= 0x2_0020_0000 && kernel.memory.last <= 0x2_0FFF_FFFF)
    }
    // 254 MiB are three times 64 MiB, and 62 MiB more.
    let largest = try Self.decide(
      text.replacing("count: 3", with: "count: 1..9") + "for: largest kernels\n")
    #expect(largest.values["kernels"] == 3)
    let conflict = try #require(largest.beyond)
    guard case .conflict(let conflict) = conflict else {
      Issue.record("one more is not refuted")
      return
    }
    #expect(Set(conflict.constraints.map(\.rule)) == [.placed, .inRegion, .wanted, .disjoint])
  }

  @Test func howManyFit() throws {
    let text = "memory: 512MiB\nfor: largest kernels\nkernels:\n  - { name: k }\n"
    // Of 2 GiB from 1 MiB on 3 with the kernel's image within; above 4 GiB 4.
    #expect(try Self.decide(text).values["kernels"] == 7)
    #expect(
      try Self.decide(text.replacing("name: k ", with: "name: k, count: 2..5 ")).values["kernels"]
        == 5)
  }

  /// Across 4 GiB a kernel has swiotlb, and on one side it has none.
  @Test func swiotlbOnlyAcross4GiB() throws {
    let map = "00001000-0009ffff : System RAM\nd0000000-12fffffff : System RAM\n"
    func items(_ start: String) throws -> Placement? {
      try WrittenLayout.decide(
        Self.kernel + """
          memory: 1GiB
          nodes: { 0: [\(start)-0x12fffffff] }
          memory-block: 256MiB
          kernels: [{ name: k, node: 0 }]

          """, map: map
      ).kernels?.placement?.kernels.first?.items
    }
    #expect(try items("0xe0000000")?["swiotlb"]?.byteCount == 64 << 20)
    #expect(try items("0xc0000000")?["swiotlb"]?.byteCount == 64 << 20)
  }

  @Test func processorsOfKernelsAlike() throws {
    let found = try Self.placement(
      "memory: 256MiB\nkernels: [{ name: k, count: 2, cpus: '4-7,10,12' }]\n")
    #expect(found.kernels.map(\.processorNumbers) == [[4, 5, 6], [7, 10, 12]])
    #expect(found.kernels.map(\.processorCount) == [3, 3])
  }

  @Test func privateRegions() throws {
    let found = try Self.placement(
      "memory: 256MiB\nkernels: [{ name: k, count: 2, private: [{ name: log, size: 4096 }] }]\n")
    #expect(found.regions.map(\.kernels).sorted { $0[0] < $1[0] } == [["k-1"], ["k-2"]])
  }

  /// A kernel log has nodes and ranges both.
  @Test func nodesOfTheLog() throws {
    let log = """
      BIOS-e820: [mem 0x0000000000001000-0x000000000009ffff] usable
      BIOS-e820: [mem 0x0000000000100000-0x000000007fffffff] usable
      BIOS-e820: [mem 0x0000000100000000-0x000000017fffffff] usable
      ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff]
      ACPI: SRAT: Node 1 PXM 1 [mem 0x100000000-0x17fffffff]

      """
    let text = Self.kernel + "memory: 1GiB\nkernels: [{ name: k, count: 2, node: 1 }]\n"
    let found = try #require(try WrittenLayout.decide(text, map: log).kernels?.placement)
    #expect(found.kernels.map(\.memory.start) == [0x1_0000_0000, 0x1_4000_0000])
    #expect(throws: LayoutError.self) {
      try WrittenLayout.decide(text.replacing("node: 1", with: "node: 2"), map: log)
    }
  }

  // MARK: - What does not fit

  @Test(
    arguments: [
      // 2 GiB of node 0 begin at 1 MiB.
      (
        "memory: 2GiB\nkernels: [{ name: a, node: 0 }]", [.placed, .inUsableRAM, .wanted, .onNode],
        "on node 0"
      ),
      (
        "memory: 16MiB\nkernels: [{ name: a }]", [.placed, .inRegion, .imageSize],
        // An image of 32 MiB, 1 MiB of per-CPU areas, and less than 1 MiB of all else.
        "into 46 MiB it would"
      ),
      (
        "memory: 2GiB\nkernels: [{ name: a, count: 2 }]",
        [.placed, .inUsableRAM, .wanted, .disjoint], "one more piece of 2 GiB"
      ),
      (
        "memory: 128MiB\nkernels: [{ name: a, apertures: [0x80000000-0x80000fff] },"
          + " { name: b, apertures: [0x80000800-0x80001fff] }]", [.apertures], "`b`"
      ),
      (
        "memory: 128MiB\nkernels: [{ name: a, apertures: [0x7fffffff-0x80000fff] }]", [.apertures],
        "lies in RAM"
      ),
      (
        "memory: 128MiB\nkernels: [{ name: a, count: 2, apertures: [0x80000000-0x80000fff] }]",
        [.apertures], "given to 2 kernels"
      ),
      ("memory: 4MiB\nkernels: [{ name: a, count: 200 }]", [.trampoline], "159 pages"),
    ] as [(String, Set<PlacementRule>, String)])
  func conflicts(text: String, rules: Set<PlacementRule>, words: String) throws {
    let result = try Self.decide(Self.nodes + text + "\n")
    #expect(result.verdict == .doesNotFit)
    #expect(result.conflictingRules == rules, "\(text)")
    let shortage = result.kernels?.shortage.joined(separator: "\n") ?? ""
    #expect(shortage.contains(words), "\(shortage)")
  }

  // MARK: - Mistakes

  @Test(arguments: [
    ("kernels: [{ name: a, count: 2 }]", "`memory` is missing"),
    ("memory: 1GiB\nkernels: [{ name: a, count: 1000000 }]", "more than 1024"),
    ("memory: 1GiB\nkernels: [{ name: a, count: 18446744073709551615 }]", "more than 1024"),
    ("memory: 1GiB\nkernels: [{ name: a, count: 1000..1000000 }]", "more than 1024"),
    ("memory: 1GiB\nkernels: [{ name: a }, { name: a }]", "two of the name `a`"),
    ("memory: 1GiB\nkernels: [{ name: a-1 }, { name: a, count: 2 }]", "two of the name `a-1`"),
    ("memory: 1GiB\nkernels: [{ name: a-1 }, { name: a_1 }]", "no letter or digit"),
    ("memory: 1GiB\nkernels: [{ name: a }]\nshared: [{ name: a, size: 4KiB }]", "two of the name"),
    ("memory: 1GiB\nkernels: [{ name: a, node: 2 }]", "there are 0, 1"),
    ("memory: 1GiB\nkernels: [{ name: a, count: 3, node: each }]", "no more kernels than nodes"),
    ("memory: 1GiB..2GiB\nkernels: [{ name: a }]", "a number and no range"),
    ("memory: 1GiB\nkernels: [{ name: a, initrd: 1MiB.. }]", "a number and no range"),
    ("memory: 1GiB\ninto: 0x1000-0x1fff\nkernels: [{ name: a }]", "`pool` says"),
    ("memory: 1GiB\nprefer: lowest\nkernels: [{ name: a }]", "`prefer` is about one kernel"),
    ("memory: 1GiB\npool: nope\nkernels: [{ name: a }]", "no region `nope`"),
    ("memory: 1GiB\nfor: largest initrd\nkernels: [{ name: a }]", "only `kernels`"),
    ("memory: 1GiB\nfor: largest\nkernels: [{ name: a, count: 2 }]", "no kernel's `count`"),
    (
      "memory: 1GiB\nkernels: [{ name: a, count: 1.. }, { name: b, count: 1.. }]",
      "one kernel's `count`"
    ),
    (
      "memory: 1GiB\nkernels: [{ name: a }]\nshared: [{ name: r, size: 4KiB, kernels: [b] }]",
      "is no kernel"
    ),
    ("memory: 1GiB\nkernels: [{ name: a, cpus: '1-2' }, { name: b, cpus: '2' }]", "processor 2"),
    ("memory: 1GiB\nkernels: [{ name: a, count: 2, cpus: '1-3' }]", "as many"),
    (
      "memory: 1GiB\nkernels: [{ name: a, kernel: { architecture: arm64, size: 1MiB, alignment: 2MiB } },"
        + " { name: b }]", "one architecture"
    ),
    ("memory: 1GiB\nmemory-block: 1\nkernels: [{ name: a }]", "4096 bytes at least"),
    ("memory: 16EiB\nkernels: [{ name: a }]", "number of bytes"),
    ("memory: 0xffffffffffffffff\nkernels: [{ name: a }]", "leaves 64 bits"),
  ])
  func mistakes(text: String, words: String) {
    do {
      _ = try Self.decide(Self.nodes + text + "\n")
      Issue.record("\(text): no error")
    } catch let error as LayoutError {
      #expect("\(error)".contains(words), "\(text): \(error)")
    } catch let error as SettingError {
      #expect(error.message.contains(words), "\(text): \(error)")
    } catch {
      Issue.record("\(text): \(error)")
    }
  }

  @Test func overlappingNodes() {
    #expect(throws: LayoutError.self) {
      try Self.decide(
        "nodes: { 0: [0x0-0x1fff], 1: [0x1000-0x2fff] }\nmemory: 1GiB\nkernels: [{ name: a }]\n")
    }
  }

  @Test(arguments: [
    "kernels:", "kernels: []", "kernels: {}", "kernels: [a]", "kernels: [{ memory: 1GiB }]",
    "kernels: [{ name: '' }]", "kernels: [{ name: a, count: 0 }]",
    "kernels: [{ name: a, count: -1 }]",
    "kernels: [{ name: a, count: 0..3 }]", "kernels: [{ name: a, node: x }]",
    "kernels: [{ name: a, apertures: 1 }]", "kernels: [{ name: a, apertures: [0x2000-0x1000] }]",
    "kernels: [{ name: a, cpus: 3-1 }]", "kernels: [{ name: a, cpus: 0-99999999999 }]",
    "kernels: [{ name: a, cpus: '1,1' }]", "kernels: [{ name: a, map: x }]",
    "kernels: [{ name: a, private: [{ name: x }] }]",
    "kernels: [{ name: a, count: 1.., private: [{ name: x, size: 1 }] }]",
    "kernels: [{ name: a }]\nshared: [{ name: x, size: 0 }]",
    "kernels: [{ name: a }]\nshared: [{ name: x, size: 4096, alignment: 3000 }]",
    "kernels: [{ name: a }]\nnodes: { a: [0x1-0x2] }", "kernels: [{ name: a }]\nnodes: {}",
    "pool: x", "shared: []", "nodes: x",
  ])
  func shapes(text: String) {
    let error = #expect(throws: SettingError.self, "\(text)") {
      try LayoutFile.read("version: 1\n\(text)\n", path: "layout.yml")
    }
    #expect((error?.line ?? 0) >= 2, "\(text)")
  }

  // MARK: - Symbols

  /// What a model's symbolic constants are tied to: the kernels' memory, and the regions.
  @Test func symbols() throws {
    let question = try WrittenLayout.question(
      Self.kernel + Self.nodes
        + "memory: 1GiB\nkernels: [{ name: k, count: 2, node: 1 }]\nshared: [{ name: ring, size: 4KiB }]\n",
      map: Self.map)
    #expect(question.symbols.map(\.start) == ["k_1_base", "k_2_base", "ring_base"])
    let rules = Set(question.constraints.map(\.rule))
    #expect(
      rules.isSuperset(of: [.placed, .inUsableRAM, .onNode, .wanted, .disjoint, .memoryBlocks]))
  }
}
