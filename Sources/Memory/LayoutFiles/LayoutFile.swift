package import Fitting
internal import MemoryLayout
package import Settings
internal import Yams

/// Reads `layout.yml`: a question to `swapcheck fit`, with the verdict that is expected.
package enum LayoutFile {
  /// The version of the format that is understood.
  package static let version = 1

  private static let ownKeys =
    ["version", "in-use", "handed-over", "scratch", "items", "conflict"] + KernelsSetting.keys

  /// Reads a layout.
  ///
  /// - Parameters:
  ///   - text: The file's.
  ///   - path: What to call it; other paths in it begin at its folder.
  package static func read(
    _ text: String, path: String
  ) throws(SettingError) -> LayoutDescription {
    let root = try YAMLText.compose(text)
    guard let mapping = root?.mapping else {
      throw SettingError(line: 1, "expected `version:`, `map:` and others")
    }
    guard try Setting.number(mapping, "version") == version else {
      throw error(mapping["version"] ?? root, "`version: \(version)` is needed")
    }
    var description = LayoutDescription(name: path)
    if let slash = path.lastIndex(of: "/") { description.folder = String(path[...slash]) }
    for (key, value) in mapping {
      let name = try Setting.name(key)
      switch name {
      case "version": continue
      case let name where KernelsSetting.keys.contains(name): continue
      case "in-use": description.inUse = try ranges(name, value)
      case "handed-over": description.handedOver = try ranges(name, value)
      case "conflict": description.conflictingRules = Set(try ConflictSetting.rules(value))
      case "scratch": description.handoverScratch = try ranges(name, value)
      case "items": description.items = try items(value)
      case "kernel" where value.mapping != nil: description.statedKernel = try kernel(value)
      default:
        guard LayoutDescription.keys.contains(name) else {
          let keys = (LayoutDescription.keys + ownKeys).sorted().joined(separator: ", ")
          throw error(key, "`\(name)` is none of \(keys)")
        }
        try set(name, value, in: &description)
      }
    }
    description.kernels = try KernelsSetting.read(mapping, base: description)
    if description.conflictingRules != nil, description.expectation != .doesNotFit {
      throw error(mapping["conflict"], "`conflict` goes with `expect: does-not-fit`")
    }
    return description
  }

  static func set(
    _ key: String, _ value: Node, in description: inout LayoutDescription
  ) throws(SettingError) {
    let isPath = key == "map" || key == "kernel" || key == "initrd"
    let text = try isPath ? Setting.path(key, value) : Setting.text(key, value)
    do throws(LayoutError) {
      try description.set(key, to: text)
    } catch let failure {
      throw error(value, failure.description)
    }
  }

  /// Ranges as `/proc/iomem` writes them: the last byte is part of it.
  static func ranges(
    _ key: String, _ node: Node
  ) throws(SettingError) -> [AddressRange] {
    guard let list = node.sequence else {
      throw error(node, "`\(key)` is a list of ranges such as 0x1000-0x1fff")
    }
    var ranges: [AddressRange] = []
    for entry in list {
      guard let range = ByteCountText.parseAddresses(try Setting.text(key, entry)) else {
        throw error(entry, "a range is its first and last byte, such as 0x1000-0x1fff")
      }
      ranges.append(range)
    }
    return ranges
  }

  private static func items(_ node: Node) throws(SettingError) -> [LayoutDescription.Item] {
    guard let list = node.sequence else { throw error(node, "`items` is a list") }
    var items: [LayoutDescription.Item] = []
    for entry in list {
      guard let mapping = entry.mapping else {
        throw error(entry, "an item has `name`, `role` and `size`")
      }
      try Setting.checkKeys(of: mapping, ["name", "role", "size"])
      guard let named = mapping["name"] else { throw error(entry, "an item needs a `name`") }
      let name = try Setting.text("name", named)
      guard !name.isEmpty else { throw error(named, "an item needs a `name`") }
      guard let role = PlacementItem.Role(rawValue: mapping["role"]?.scalar?.string ?? "") else {
        let roles = PlacementItem.Role.allCases.map(\.rawValue).joined(separator: ", ")
        throw error(mapping["role"] ?? entry, "the `role` of an item is one of \(roles)")
      }
      let size = try mapping["size"].map { value throws(SettingError) in
        try self.size("size", value, least: 0)
      }
      items.append(LayoutDescription.Item(name, role, size: size))
    }
    return items
  }

  private static func size(
    _ key: String, _ node: Node, least: UInt64
  ) throws(SettingError) -> LayoutDescription.Size {
    let text = try Setting.text(key, node)
    do throws(LayoutError) {
      return try LayoutDescription.size(key, text, least: least)
    } catch let failure {
      throw error(node, failure.description)
    }
  }

  static func kernel(
    _ node: Node
  ) throws(SettingError) -> LayoutDescription.StatedKernel {
    guard let mapping = node.mapping else { throw error(node, "`kernel` is a path or a mapping") }
    try Setting.checkKeys(
      of: mapping, ["architecture", "size", "alignment", "address", "relocatable", "limit"])
    let architectures: [String: KernelImage.Architecture] = [
      "x86_64": .x86_64, "i386": .i386, "arm64": .arm64,
    ]
    guard let architecture = architectures[mapping["architecture"]?.scalar?.string ?? ""] else {
      throw error(
        mapping["architecture"] ?? node, "`architecture` is `x86_64`, `i386` or `arm64`")
    }
    guard let stated = mapping["size"] else { throw error(node, "a kernel has a `size`") }
    let size = try self.size("size", stated, least: 1)
    guard let alignment = try number("alignment", mapping, node), alignment.nonzeroBitCount == 1
    else { throw error(mapping["alignment"] ?? node, "`alignment` is a power of two") }
    let address = try number("address", mapping, node)
    let isRelocatable = mapping["relocatable"].map { Bool($0.scalar?.string ?? "") } ?? true
    guard let isRelocatable else {
      throw error(mapping["relocatable"], "`relocatable` is `true` or `false`")
    }
    guard isRelocatable || address != nil else {
      throw error(node, "a kernel that is not relocatable has an `address`")
    }
    return LayoutDescription.StatedKernel(
      architecture: architecture, size: size, alignment: alignment,
      preferredAddress: address, isRelocatable: isRelocatable,
      addressLimit: try number("limit", mapping, node))
  }

  private static func number(
    _ key: String, _ mapping: Node.Mapping, _ node: Node
  ) throws(SettingError) -> UInt64? {
    guard let value = mapping[key] else { return nil }
    guard let number = ByteCountText.parse(try Setting.text(key, value)) else {
      throw error(value, "`\(key)` is a number of bytes, such as 64MiB or 0x1000000")
    }
    return number
  }

  private static func error(_ node: Node?, _ message: String) -> SettingError {
    SettingError(node, message)
  }
}
