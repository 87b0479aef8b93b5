public import Fitting
internal import MemoryLayout
internal import Yams

/// Why a `layout.yml` could not be read.
public struct LayoutFileError: Error, Sendable, Hashable {
  /// Line from 1, if the place is known.
  public let line: Int?
  public let message: String
}

/// Reads `layout.yml`: a question to `swapcheck fit`, with the verdict that is expected.
public enum LayoutFile {
  /// The version of the format that is understood.
  public static let version = 1

  private static let ownKeys = ["version", "in-use", "handed-over", "scratch", "items", "conflict"]

  /// Reads a layout.
  ///
  /// - Parameters:
  ///   - text: The file's.
  ///   - path: What to call it; other paths in it begin at its folder.
  public static func read(
    _ text: String, path: String
  ) throws(LayoutFileError) -> LayoutDescription {
    let root: Node?
    do throws(YAMLProblem) {
      root = try YAMLText.compose(text)
    } catch {
      throw LayoutFileError(line: error.line, message: error.message)
    }
    guard let mapping = root?.mapping else {
      throw LayoutFileError(line: 1, message: "expected `version:`, `map:` and others")
    }
    guard mapping["version"]?.int == version else {
      throw error(mapping["version"] ?? root, "`version: \(version)` is needed")
    }
    var description = LayoutDescription(name: path)
    if let slash = path.lastIndex(of: "/") { description.folder = String(path[...slash]) }
    for (key, value) in mapping {
      guard let name = key.string else { throw error(key, "a setting's name is needed") }
      switch name {
      case "version": continue
      case "in-use": description.inUse = try ranges(name, value)
      case "handed-over": description.handedOver = try ranges(name, value)
      case "conflict": description.conflictingRules = try rules(value)
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
    if description.conflictingRules != nil, description.expectation != .doesNotFit {
      throw error(mapping["conflict"], "`conflict` goes with `expect: does-not-fit`")
    }
    return description
  }

  private static func rules(_ node: Node) throws(LayoutFileError) -> Set<PlacementRule> {
    guard let list = node.sequence, !list.isEmpty else {
      throw error(node, "`conflict` is a list of rules, such as [low-memory, disjoint]")
    }
    var rules: Set<PlacementRule> = []
    for entry in list {
      guard let rule = PlacementRule(name: entry.string ?? "") else {
        let names = PlacementRule.allCases.map(\.name).joined(separator: ", ")
        throw error(entry, "`\(entry.string ?? "?")` is no rule; there are \(names)")
      }
      rules.insert(rule)
    }
    return rules
  }

  private static func set(
    _ key: String, _ value: Node, in description: inout LayoutDescription
  ) throws(LayoutFileError) {
    guard let text = value.string else { throw error(value, "`\(key)` is one value") }
    do throws(LayoutError) {
      try description.set(key, to: text)
    } catch let failure {
      throw error(value, failure.description)
    }
  }

  /// Ranges as `/proc/iomem` writes them: the last byte is part of it.
  private static func ranges(
    _ key: String, _ node: Node
  ) throws(LayoutFileError) -> [AddressRange] {
    guard let list = node.sequence else {
      throw error(node, "`\(key)` is a list of ranges such as 0x1000-0x1fff")
    }
    var ranges: [AddressRange] = []
    for entry in list {
      let parts = (entry.string ?? "").split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let start = ByteCountText.parse(parts[0]),
        let last = ByteCountText.parse(parts[1]), let range = AddressRange(start: start, last: last)
      else { throw error(entry, "a range is its first and last byte, such as 0x1000-0x1fff") }
      ranges.append(range)
    }
    return ranges
  }

  private static func items(_ node: Node) throws(LayoutFileError) -> [LayoutDescription.Item] {
    guard let list = node.sequence else { throw error(node, "`items` is a list") }
    var items: [LayoutDescription.Item] = []
    for entry in list {
      guard let mapping = entry.mapping else {
        throw error(entry, "an item has `name`, `role` and `size`")
      }
      try checkKeys(of: mapping, ["name", "role", "size"])
      guard let name = mapping["name"]?.string, !name.isEmpty else {
        throw error(entry, "an item needs a `name`")
      }
      guard let role = PlacementItem.Role(rawValue: mapping["role"]?.string ?? "") else {
        let roles = PlacementItem.Role.allCases.map(\.rawValue).joined(separator: ", ")
        throw error(mapping["role"] ?? entry, "the `role` of an item is one of \(roles)")
      }
      let size = try mapping["size"].map { value throws(LayoutFileError) in
        try self.size("size", value, least: 0)
      }
      items.append(LayoutDescription.Item(name, role, size: size))
    }
    return items
  }

  private static func size(
    _ key: String, _ node: Node, least: UInt64
  ) throws(LayoutFileError) -> LayoutDescription.Size {
    do throws(LayoutError) {
      return try LayoutDescription.size(key, node.string ?? "", least: least)
    } catch let failure {
      throw error(node, failure.description)
    }
  }

  private static func kernel(
    _ node: Node
  ) throws(LayoutFileError) -> LayoutDescription.StatedKernel {
    guard let mapping = node.mapping else { throw error(node, "`kernel` is a path or a mapping") }
    try checkKeys(
      of: mapping, ["architecture", "size", "alignment", "address", "relocatable", "limit"])
    let architectures: [String: KernelImage.Architecture] = [
      "x86_64": .x86_64, "i386": .i386, "arm64": .arm64,
    ]
    guard let architecture = architectures[mapping["architecture"]?.string ?? ""] else {
      throw error(
        mapping["architecture"] ?? node, "`architecture` is `x86_64`, `i386` or `arm64`")
    }
    guard let stated = mapping["size"] else { throw error(node, "a kernel has a `size`") }
    let size = try self.size("size", stated, least: 1)
    guard let alignment = try number("alignment", mapping, node), alignment.nonzeroBitCount == 1
    else { throw error(mapping["alignment"] ?? node, "`alignment` is a power of two") }
    let address = try number("address", mapping, node)
    let isRelocatable = mapping["relocatable"].map(\.bool) ?? true
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
  ) throws(LayoutFileError) -> UInt64? {
    guard let value = mapping[key] else { return nil }
    guard let number = value.string.flatMap({ ByteCountText.parse($0) }) else {
      throw error(value, "`\(key)` is a number of bytes, such as 64MiB or 0x1000000")
    }
    return number
  }

  private static func checkKeys(
    of mapping: Node.Mapping, _ allowed: [String]
  ) throws(LayoutFileError) {
    for (key, _) in mapping {
      guard let name = key.string, allowed.contains(name) else {
        throw error(key, "`\(key.string ?? "?")` is none of \(allowed.joined(separator: ", "))")
      }
    }
  }

  private static func error(_ node: Node?, _ message: String) -> LayoutFileError {
    LayoutFileError(line: node?.mark?.line, message: message)
  }
}
