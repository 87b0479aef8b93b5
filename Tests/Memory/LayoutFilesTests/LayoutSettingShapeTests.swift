import LayoutFiles
import Settings
import Testing

/// A value of the wrong shape is an error with its place in every setting of a layout.
@Suite struct LayoutSettingShapeTests {
  /// Values that are wrong whatever the setting: nothing, a mapping, a list of mappings.
  private static let neverRight = ["", "~", "null", "{ a: b }", "[{ a: b }]", "[[a]]", "[null]"]

  @Test(arguments: [
    "version: '1'", "version: [1]", "version:", "version: 1\nversion: 1",
    "version: 1\n[a]: b", "version: 1\n~: b", "version: !!int '1'", "version: !x 1",
    "!x\nversion: 1", "version: 1\nitems: !x []",
  ])
  func ofAFile(text: String) {
    #expect(throws: SettingError.self) { try LayoutFile.read(text, path: "layout.yml") }
  }

  private static let keys = [
    "map", "loader", "initrd", "unpacked-initrd", "memory", "processors", "processes",
    "swiotlb", "swiotlb-areas", "confidential", "paging", "dma", "crash-kernel", "crash-image",
    "crashkernel", "grant", "memory-block", "command-line", "for", "prefer", "timeout", "expect",
    "conflict", "in-use", "handed-over", "scratch", "items", "kernel", "into",
    "kernels", "shared", "nodes", "pool",
  ]

  @Test(arguments: keys) func ofALayout(key: String) throws {
    for value in Self.neverRight where !value.isEmpty || key != "" {
      let error = #expect(throws: SettingError.self, "\(key): \(value)") {
        try LayoutFile.read("version: 1\n\(key): \(value)\n", path: "layout.yml")
      }
      #expect(error?.line == 2)
    }
  }

  @Test(arguments: [
    "memory: -1", "memory: 1.5GiB", "processors: -1", "paging: 3", "timeout: 0", "timeout: '1 s'",
    "confidential: yes", "swiotlb-areas: 0", "map: ~/iomem.txt", "kernel: ~/vmlinuz",
    "initrd: ~/initrd", "items: [{ name: a, role: processes, size: [1] }]",
    "items: [{ name: a, role: processes, size: }]", "items: [{ name: [a], role: processes }]",
    "items: [{ name: a, role: processes, name: b }]", "items: [{ name: ~, role: processes }]",
    "kernel: { architecture: [i386], size: 1MiB, alignment: 4 }",
    "kernel: { architecture: i386, size: [1], alignment: 4 }",
    "kernel: { architecture: i386, size: 1MiB, alignment: ~ }",
    "kernel: { architecture: i386, size: 1MiB, alignment: 4, relocatable: 1 }",
    "in-use: [[0x1000-0x1fff]]", "in-use: [{ a: b }]", "scratch: [~]",
  ])
  func ofAValueOfALayout(text: String) throws {
    let error = #expect(throws: SettingError.self) {
      try LayoutFile.read("version: 1\n" + text, path: "layout.yml")
    }
    #expect(error?.line == 2 && error?.column != nil)
  }
}
