/// Reads the folder that a running kernel shows its device tree in, /proc/device-tree: a folder for
/// each node and a file for each property.
///
/// Only what memory is taken from is read.
enum DeviceTreeFolder {
  /// Whether the names in a folder are those of a tree's root.
  static func recognises(_ names: [String]) -> Bool {
    names.contains("#address-cells") || names.contains("compatible")
  }

  /// - Parameter names: Of what is in the folder.
  static func tree(
    path: String, names: [String]
  ) throws(LayoutInputError) -> FlattenedDeviceTree {
    var nodes: [FlattenedDeviceTree.Node] = []
    try add(path, name: "", depth: 0, to: &nodes)
    let base = names.sorted().filter { name in
      ["memory", "chosen", "reserved-memory"].contains(String(name.prefix { $0 != "@" }))
    }
    for name in base where InputFile.isFolder("\(path)/\(name)") {
      let folder = "\(path)/\(name)"
      try add(folder, name: name, depth: 1, to: &nodes)
      guard name == "reserved-memory" else { continue }
      for child in try entries(folder).sorted() where InputFile.isFolder("\(folder)/\(child)") {
        try add("\(folder)/\(child)", name: child, depth: 2, to: &nodes)
      }
    }
    return FlattenedDeviceTree(path: path, nodes: nodes)
  }

  private static let properties = [
    "#address-cells", "#size-cells", "device_type", "reg", "linux,usable-memory", "hotpluggable",
    "status", "ranges", "size", "alignment", "alloc-ranges", "no-map", "reusable",
    "linux,initrd-start", "linux,initrd-end", "linux,usable-memory-range",
  ]

  /// Far more than memory nodes have.
  private static let maximumPropertyByteCount = 1 << 20

  private static func add(
    _ folder: String, name: String, depth: Int, to nodes: inout [FlattenedDeviceTree.Node]
  ) throws(LayoutInputError) {
    guard nodes.count < MemoryMap.maximumRegionCount else {
      throw LayoutInputError(
        .unsupported("has more than \(MemoryMap.maximumRegionCount) nodes"), path: folder)
    }
    let parent = nodes.lastIndex { $0.depth == depth - 1 }
    var node = FlattenedDeviceTree.Node(name: name, depth: depth, parent: parent, offset: 0)
    for property in properties {
      let file = "\(folder)/\(property)"
      do throws(InputFileError) {
        let bytes = try InputFile.bytes(
          ofFile: file, limit: maximumPropertyByteCount, patience: InputFile.Patience(seconds: 1))
        node.properties[property] = FlattenedDeviceTree.Property(value: bytes[...], offset: 0)
      } catch {
        guard error.isAbsence else { throw error.of(file) }
      }
    }
    nodes.append(node)
  }

  private static func entries(_ folder: String) throws(LayoutInputError) -> [String] {
    do throws(InputFileError) { return try InputFile.names(inFolder: folder) } catch {
      throw error.of(folder)
    }
  }
}
