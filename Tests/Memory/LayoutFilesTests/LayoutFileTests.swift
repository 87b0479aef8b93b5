import Fitting
import LayoutFiles
import MemoryLayout
import Settings
import Testing

/// What a `layout.yml` may say, and what is said of what it may not.
@Suite struct LayoutFileTests {
  @Test func readsALayout() throws {
    let layout = try LayoutFile.read(
      """
      version: 1
      map: iomem.txt
      kernel: { architecture: x86_64, size: 0x4000000, alignment: 2MiB, limit: 64TiB }
      loader: kexec_load
      initrd: 20MiB..200MiB
      for: largest
      memory: 4GiB
      processors: 8
      processes: 1GiB
      in-use: [0x1000-0x1fff, 0x100000-0x1fffff]
      items:
        - { name: logs, role: processes, size: 64KiB }
      prefer: lowest
      expect: does-not-fit
      """, path: "some/folder/layout.yml")
    #expect(layout.name == "some/folder/layout.yml")
    #expect(layout.folder == "some/folder/")
    #expect(layout.map == "iomem.txt")
    #expect(
      layout.statedKernel
        == .init(
          architecture: .x86_64, size: .exactly(64 << 20), alignment: 2 << 20,
          addressLimit: 64 << 40))
    #expect(layout.loader == .kexec)
    #expect(layout.initrd == .between((20 << 20)...(200 << 20)))
    #expect(layout.quantifiers == .init(ofOthers: .largest))
    #expect(layout.memory == .exactly(4 << 30))
    #expect(layout.processors == .exactly(8))
    #expect(layout.processes == .exactly(1 << 30))
    #expect(layout.inUse.map(\.start) == [0x1000, 0x10_0000])
    #expect(layout.inUse.map(\.last) == [0x1FFF, 0x1F_FFFF])
    #expect(layout.items == [.init("logs", .processes, size: .exactly(64 << 10))])
    #expect(layout.objective == .lowest)
    #expect(layout.expectation == .doesNotFit)
  }

  @Test func rangesAreAllowedEverywhere() throws {
    let layout = try LayoutFile.read(
      """
      version: 1
      kernel: { architecture: arm64, size: 16MiB..64MiB, alignment: 2MiB }
      initrd: unknown
      memory: 1GiB..
      processors: 2..512
      command-line: 100..2047
      dma: 1MiB..2MiB
      for: some memory, largest processors,all
      crash-image: true
      handed-over: [0x200000-0x2fffff]
      items: [{ name: logs, role: processes, size: 1MiB.. }]
      expect: does-not-fit
      conflict: [low-memory, disjoint]
      """, path: "layout.yml")
    #expect(layout.statedKernel?.size == .between((16 << 20)...(64 << 20)))
    #expect(layout.initrd == .from(1))
    #expect(layout.memory == .from(1 << 30))
    #expect(layout.processors == .between(2...512))
    #expect(layout.commandLine == .between(100...2_047))
    #expect(layout.lowDMA == .between((1 << 20)...(2 << 20)))
    #expect(layout.quantifiers?.ofOthers == .all)
    #expect(layout.quantifiers?.named == ["memory": .some, "processors": .largest])
    #expect(layout.isCrashImage)
    #expect(layout.handedOver == [AddressRange(start: 0x20_0000, last: 0x2F_FFFF)])
    #expect(layout.items == [.init("logs", .processes, size: .from(1 << 20))])
    #expect(layout.conflictingRules == [.lowMemory, .disjoint])
  }

  /// Lines may end as they do in files from other systems.
  @Test func linesMayEndInTwoCharacters() throws {
    let layout = try LayoutFile.read(
      "version: 1\r\nmap: iomem.txt\r\nmemory: 4GiB\r\n", path: "layout.yml")
    #expect(layout.map == "iomem.txt")
    #expect(layout.memory == .exactly(4 << 30))
  }

  @Test func whatIsNoSizeIsTheFileOfAnInitrd() throws {
    let layout = try LayoutFile.read("version: 1\ninitrd: initrd.img", path: "layout.yml")
    #expect(layout.initrd == .file("initrd.img"))
    #expect(layout.folder == "")
  }

  /// Sizes as Linux's command line has them, and no size is a file's name.
  @Test func unitsOfLinux() throws {
    let layout = try LayoutFile.read(
      """
      version: 1
      kernel: { architecture: x86_64, size: 64M, alignment: 2m, address: 16M }
      initrd: 8M
      memory: 4G
      processes: 512m..1G
      swiotlb: 64K
      memory-block: 128M
      in-use: [0x1000-0x1fff]
      items: [{ name: logs, role: processes, size: 4k }]
      """, path: "layout.yml")
    #expect(layout.statedKernel?.size == .exactly(64 << 20))
    #expect(layout.statedKernel?.preferredAddress == 16 << 20)
    #expect(layout.initrd == .exactly(8 << 20))
    #expect(layout.memory == .exactly(4 << 30))
    #expect(layout.processes == .between((512 << 20)...(1 << 30)))
    #expect(layout.bounceBuffers == .exactly(64 << 10))
    #expect(layout.memoryBlockByteCount == 128 << 20)
    #expect(layout.items.first?.size == .exactly(4 << 10))
    for (text, size) in [
      ("8mib", LayoutDescription.Size.exactly(8 << 20)), ("1G..", .from(1 << 30)),
      ("6.1.img", .file("6.1.img")), ("./8MB", .file("./8MB")),
    ] {
      #expect(try LayoutFile.read("version: 1\ninitrd: \(text)", path: "l.yml").initrd == size)
    }
  }

  @Test(arguments: [
    ("", 1, "version"),
    ("version: 2", 1, "version: 1"),
    ("version: 1\nmemry: 4GiB", 2, "`memry` is none of"),
    ("version: 1\nmemory: 1GiB\nmap: m\nmemory: 2GiB", 4, "`memory` stands here twice"),
    ("version: 1\n\tmemory: 1GiB", 2, "a tab is no indentation"),
    ("version: 1\nmemory: *x", 2, "this is no YAML: column 9: found undefined alias"),
    ("version: 1\nmemory: .nan", 2, "`memory` is a number of bytes"),
    ("version: 1\nmemory: 4 GB", 2, "`memory` is a number of bytes"),
    ("version: 1\nmemory: 4 GB", 2, "and not 4 GB: write 4GiB, or 4G"),
    ("version: 1\nprocesses: 1.5GiB", 2, "write 1536MiB"),
    ("version: 1\nmemory-block: 8MB", 2, "write 8MiB, or 8M"),
    ("version: 1\ninitrd: 8MB", 2, "write 8MiB, or 8M; a file of this name is ./8MB"),
    ("version: 1\ninitrd: -8MiB", 2, "a number of bytes"),
    ("version: 1\ninitrd: 1_000_000", 2, "write 1000000; a file"),
    ("version: 1\ninitrd: 1M..512K", 2, "a range such as"),
    ("version: 1\nmemory: 0", 2, "`memory` is a number of bytes"),
    ("version: 1\nmemory: [1]", 2, "one value"),
    ("version: 1\nprocesses: 2MiB..1MiB", 2, "a range such as"),
    ("version: 1\nmemory: 18446744073709551616", 2, "`memory` is a number of bytes"),
    ("version: 1\nmemory: 17179869184TiB", 2, "`memory` is a number of bytes"),
    ("version: 1\nprocessors: 2MiB", 2, "`processors` is a whole number"),
    ("version: 1\nfor: all, some", 2, "two words for all"),
    ("version: 1\nfor: all initrd, some initrd", 2, "names `initrd` twice"),
    ("version: 1\ncrash-image: perhaps", 2, "`true` or `false`"),
    ("version: 1\nexpect: does-not-fit\nconflict: [tea]", 3, "`tea` is no rule"),
    ("version: 1\nexpect: fits\nconflict: [disjoint]", 3, "goes with"),
    ("version: 1\nfor: most", 2, "`some`, `all`, `largest`"),
    ("version: 1\nloader: grub", 2, "`boot-protocol`"),
    ("version: 1\nmemory-block: 3MiB", 2, "power of two"),
    ("version: 1\nin-use: 0x1000", 2, "list of ranges"),
    ("version: 1\nin-use:\n  - 0x2000-0x1000", 3, "first and last byte"),
    ("version: 1\nitems:\n  - { name: a, role: tea }", 3, "the `role` of an item"),
    ("version: 1\nkernel: { size: 1MiB }", 2, "`architecture` is"),
    ("version: 1\nkernel: { architecture: i386, size: 1, alignment: 3 }", 2, "power of two"),
    (
      "version: 1\nkernel: { architecture: i386, size: 1, alignment: 4, relocatable: false }", 2,
      "has an `address`"
    ),
  ])
  func refuses(text: String, line: Int, words: String) throws {
    let error = #expect(throws: SettingError.self) {
      try LayoutFile.read(text, path: "layout.yml")
    }
    #expect(error?.line == line)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}
