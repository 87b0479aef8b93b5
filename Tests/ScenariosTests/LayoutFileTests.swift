import Fitting
import MemoryLayout
import Scenarios
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
          architecture: .x86_64, byteCount: 64 << 20, alignment: 2 << 20, addressLimit: 64 << 40))
    #expect(layout.loader == .kexec)
    #expect(layout.initrd == .between((20 << 20)...(200 << 20)))
    #expect(layout.quantifier == .largest)
    #expect(layout.memoryByteCount == 4 << 30)
    #expect(layout.processorCount == 8)
    #expect(layout.processes == .exactly(1 << 30))
    #expect(layout.inUse.map(\.start) == [0x1000, 0x10_0000])
    #expect(layout.inUse.map(\.last) == [0x1FFF, 0x1F_FFFF])
    #expect(layout.items == [PlacementItem("logs", .processes, byteCount: 64 << 10)])
    #expect(layout.objective == .lowest)
    #expect(layout.expectation == .doesNotFit)
  }

  @Test func whatIsNoSizeIsTheFileOfAnInitrd() throws {
    let layout = try LayoutFile.read("version: 1\ninitrd: initrd.img", path: "layout.yml")
    #expect(layout.initrd == .file("initrd.img"))
    #expect(layout.folder == "")
  }

  @Test(arguments: [
    ("", 1, "version"),
    ("version: 2", 1, "version: 1"),
    ("version: 1\nmemry: 4GiB", 2, "`memry` is none of"),
    ("version: 1\nmemory: 4 GB", 2, "`memory` is a number of bytes"),
    ("version: 1\nmemory: 0", 2, "`memory` is a number of bytes"),
    ("version: 1\nmemory: [1]", 2, "one value"),
    ("version: 1\nprocesses: 2MiB..1MiB", 2, "a range such as"),
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
    let error = #expect(throws: LayoutFileError.self) {
      try LayoutFile.read(text, path: "layout.yml")
    }
    #expect(error?.line == line)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}
