import FitReports
import Fitting
import Foundation
import MemoryLayout
import TestSupport
import Testing

/// Placements as kernels and tools take them.
@Suite struct WrittenFormatTests {
  private static func range(_ start: UInt64, _ last: UInt64) throws -> AddressRange {
    try #require(AddressRange(start: start, last: last))
  }

  private static func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private static func report(
    _ map: String, _ change: (inout LayoutDescription) throws -> Void
  ) throws -> FitReport {
    try inFolder { folder in
      let path = folder.appendingPathComponent("map.txt")
      try map.write(to: path, atomically: true, encoding: .utf8)
      var layout = LayoutDescription(name: "layout")
      layout.map = path.path
      layout.loader = .bootProtocol
      layout.memory = .exactly(64 << 20)
      layout.bounceBuffers = .exactly(0)
      layout.statedKernel = LayoutDescription.StatedKernel(
        architecture: .x86_64, size: .exactly(32 << 20), alignment: 2 << 20)
      try change(&layout)
      return FitReport(try layout.decide())
    }
  }

  private static let map = "00001000-0009ffff : System RAM\n10000000-1fffffff : System RAM\n"

  /// Two kernels side by side from 256 MiB on, and a ring behind them.
  private static func kernels(
    _ architecture: KernelImage.Architecture = .x86_64, processors: Bool = true
  ) throws -> FitReport {
    try report(map) { layout in
      layout.statedKernel?.architecture = architecture
      var one = KernelDescription("web", settings: layout)
      one.count = .exactly(2)
      one.processorNumbers = processors ? [4, 5, 6, 70] : []
      layout.kernels = KernelsDescription(
        [one], regions: [.init("ring", byteCount: 1 << 20, alignment: 2 << 20)])
    }
  }

  // MARK: - Command lines

  @Test func memmap() throws {
    let text = try Self.kernels().written(.memmap)
    let lines = text.split(separator: "\n")
    // All three are one piece: twice 64 MiB, and 2 MiB in whole blocks.
    #expect(lines.first == "memmap=130M$0x10000000")
    #expect(lines.last == ##"# GRUB_CMDLINE_LINUX="memmap=130M\\\$0x10000000""##)
  }

  /// What becomes of the line for GRUB, by a shell and by GRUB's own rule for `\$`.
  @Test func grubReadsItTwice() throws {
    let text = try Self.kernels().written(.memmap)
    let line = try #require(text.split(separator: "\n").last).dropFirst(2)
    let shown = try Self.run(
      "/bin/sh", ["-c", "\(line); printf %s \"$GRUB_CMDLINE_LINUX\""])
    #expect(shown.replacing("\\$", with: "$") == "memmap=130M$0x10000000")
  }

  @Test func memmapOfARegion() throws {
    let report = try Self.report(Self.map) { $0.into = "0x14000000-0x17ffffff" }
    #expect(try report.written(.memmap).hasPrefix("memmap=64M$0x14000000\n"))
  }

  @Test func crashKernel() throws {
    let report = try Self.report(Self.map) {
      $0.loader = .kexecFile
      $0.isCrashImage = true
      try $0.set("crashkernel", to: "96M@0x14000000")
    }
    #expect(try report.written(.crashKernel) == "crashkernel=96M@0x14000000\n")
  }

  @Test func handoverScratch() throws {
    let report = try Self.report(Self.map) { layout in
      layout.items = [
        .init("lowmem", .handoverScratch, size: .exactly(8 << 20)),
        .init("global", .handoverScratch, size: .exactly(24 << 20)),
        .init("node 0", .handoverScratch, size: .exactly(12 << 20)),
        .init("node 1", .handoverScratch, size: .exactly(16 << 20)),
      ]
    }
    #expect(try report.written(.handoverScratch) == "kho_scratch=8M,24M,16M\n")
  }

  // MARK: - Device trees

  @Test func reservedMemory() throws {
    let text = try Self.kernels(.arm64).written(.reservedMemory)
    #expect(text.contains("web-1@10000000 {"))
    #expect(text.contains("reg = <0x0 0x14000000 0x0 0x4000000>;"))
    let tree = try Self.compiled(text)
    #expect(tree.map { $0.contains("web-2@14000000") } ?? true)
  }

  @Test func multikernel() throws {
    let report = try Self.kernels()
    let pool = try report.written(.multikernelBaseline)
    #expect(pool.contains("cpus = <0x0 0x4>, <0x0 0x5>, <0x0 0x6>, <0x0 0x46>;"))
    #expect(pool.contains("size = <0x0 0x8200000>;"))
    let instances = try report.written(.multikernel)
    #expect(instances.contains("instance-name = \"web-2\";"))
    #expect(instances.contains("memory-bytes = <0x0 0x4000000>;"))
    #expect(instances.contains("cpus = <0x0 0x6>, <0x0 0x46>;"))
    for text in [pool, instances] { _ = try Self.compiled(text) }
  }

  /// What dtc makes of a source, as a source again; nil where there is no dtc.
  private static func compiled(_ source: String) throws -> String? {
    guard
      let dtc = ["/usr/bin/dtc", "/usr/local/bin/dtc"].first(where: {
        FileManager.default.isExecutableFile(atPath: $0)
      })
    else { return nil }
    return try inFolder { folder in
      let (input, output) = (
        folder.appendingPathComponent("a.dts"), folder.appendingPathComponent("a.dtb")
      )
      try source.write(to: input, atomically: true, encoding: .utf8)
      _ = try run(dtc, ["-q", "-@", "-I", "dts", "-O", "dtb", "-o", output.path, input.path])
      return try run(dtc, ["-q", "-I", "dtb", "-O", "dts", output.path])
    }
  }

  // MARK: - Jailhouse

  /// As much of Jailhouse's header as a cell names; widths are those of its structures.
  private static func header(_ revision: Int) -> String {
    """
    #include <stdint.h>
    #define JAILHOUSE_CONFIG_REVISION \(revision)
    #define ARRAY_SIZE(a) (sizeof(a) / sizeof(a[0]))
    #define JAILHOUSE_X86 0
    #define JAILHOUSE_ARM64 2
    #define JAILHOUSE_CELL_DESC_SIGNATURE "JHCLL"
    #define JAILHOUSE_CELL_PASSIVE_COMMREG 1
    #define JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED 0x40000000
    enum { JAILHOUSE_MEM_READ = 1, JAILHOUSE_MEM_WRITE = 2, JAILHOUSE_MEM_EXECUTE = 4,
      JAILHOUSE_MEM_DMA = 8, JAILHOUSE_MEM_COMM_REGION = 0x20, JAILHOUSE_MEM_LOADABLE = 0x40,
      JAILHOUSE_MEM_ROOTSHARED = 0x80 };
    typedef uint64_t __u64;
    struct jailhouse_cpu { uint64_t phys_id; uint8_t padding[8]; } __attribute__((packed));
    struct jailhouse_cell_desc {
      char signature[5]; uint8_t architecture; uint16_t revision; char name[32];
      uint32_t id, flags;
    #if JAILHOUSE_CONFIG_REVISION >= 15
      uint32_t num_cpus;
    #else
      uint32_t cpu_set_size;
    #endif
      uint32_t num_memory_regions;
    } __attribute__((packed));
    struct jailhouse_memory { uint64_t phys_start, virt_start, size, flags; }
      __attribute__((packed));

    """
  }

  /// Compiles a cell, and reads its memory as the cell sees it.
  private static func memory(
    _ cell: String, revision: Int
  ) throws -> [(physical: UInt64, virtual: UInt64, size: UInt64, flags: UInt64)] {
    try inFolder { folder in
      let include = folder.appendingPathComponent("jailhouse")
      try FileManager.default.createDirectory(at: include, withIntermediateDirectories: true)
      try header(revision).write(
        to: include.appendingPathComponent("cell-config.h"), atomically: true, encoding: .utf8)
      try "".write(
        to: include.appendingPathComponent("types.h"), atomically: true, encoding: .utf8)
      let source = """
        #include <stdio.h>
        #include "cell.c"
        int main(void) {
          for (unsigned i = 0; i < config.cell.num_memory_regions; i++)
            printf("%llu %llu %llu %llu\\n", (unsigned long long)config.mem_regions[i].phys_start,
              (unsigned long long)config.mem_regions[i].virt_start,
              (unsigned long long)config.mem_regions[i].size,
              (unsigned long long)config.mem_regions[i].flags);
          return 0;
        }

        """
      try cell.write(
        to: folder.appendingPathComponent("cell.c"), atomically: true, encoding: .utf8)
      try source.write(
        to: folder.appendingPathComponent("main.c"), atomically: true, encoding: .utf8)
      let program = folder.appendingPathComponent("main").path
      _ = try run(
        "/usr/bin/env",
        [
          "cc", "-Wall", "-Wextra", "-Werror", "-I", folder.path, "-o", program,
          folder.appendingPathComponent("main.c").path,
        ])
      return try run(program, []).split(separator: "\n").map { line in
        let numbers = line.split(separator: " ").compactMap { UInt64($0) }
        return (numbers[0], numbers[1], numbers[2], numbers[3])
      }
    }
  }

  /// The cell's memory is the kernel's, each byte once, and nothing that it sees overlaps.
  @Test(arguments: [14, 15], [KernelImage.Architecture.x86_64, .arm64])
  func cell(revision: Int, architecture: KernelImage.Architecture) throws {
    let report = try Self.kernels(architecture)
    let text = try report.written(.jailhouse, kernel: "web-2")
    let memory = try Self.memory(text, revision: revision)
    let ram = memory.filter { $0.flags & 0x40 != 0 }
    #expect(
      AddressSet(ram.compactMap { AddressRange(start: $0.physical, byteCount: $0.size) }).ranges
        == [try Self.range(0x1400_0000, 0x17FF_FFFF)])
    #expect(ram.reduce(0) { $0 + $1.size } == 64 << 20)
    let views = memory.compactMap { AddressRange(start: $0.virtual, byteCount: $0.size) }.sorted()
    #expect(zip(views, views.dropFirst()).allSatisfy { $0.last < $1.start })
    #expect(memory.count { $0.flags & 0x20 != 0 } == 1)
    #expect(memory.count { $0.flags & 0x80 != 0 && $0.physical == 0x1800_0000 } == 1)
    #expect(text.contains(".phys_id = 0x46"))
    #expect(text.contains("\t\t0x40,\n\t\t0x40,\n"))
  }

  // MARK: - What cannot be written

  @Test func failures() throws {
    func words(
      _ report: FitReport, _ format: WrittenFormat, _ kernel: String? = nil
    ) -> String {
      do throws(WritingFailure) { return try report.written(format, kernel: kernel) } catch {
        return "\(error)"
      }
    }
    let kernels = try Self.kernels()
    #expect(words(kernels, .jailhouse).contains("there are `web-1`, `web-2`"))
    #expect(words(kernels, .jailhouse, "db").contains("no kernel `db`"))
    #expect(words(kernels, .memmap, "web-1").contains("of all kernels"))
    #expect(words(kernels, .crashKernel).contains("no memory for a crash kernel"))
    #expect(words(kernels, .handoverScratch).contains("takes three sizes"))
    #expect(words(try Self.kernels(.arm64), .memmap).contains("no `memmap=` on arm64"))
    let unnamed = try Self.kernels(processors: false)
    #expect(words(unnamed, .multikernel).contains("(`cpus`)"))
    #expect(words(unnamed, .jailhouse, "web-1").contains("(`cpus`)"))
    let one = try Self.report(Self.map) { $0.loader = .kexecFile }
    #expect(words(one, .memmap).contains("nothing has to be set aside"))
    #expect(words(one, .multikernel).contains("several kernels"))
    let none = try Self.report(Self.map) { $0.memory = .exactly(64 << 40) }
    #expect(words(none, .memmap).contains("does not fit"))
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let run = try OtherProgram.run([program] + arguments)
    #expect(run.code == 0, "\(program): \(run.errors)")
    return run.output
  }
}
