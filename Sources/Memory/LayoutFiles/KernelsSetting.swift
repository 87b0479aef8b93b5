import Fitting
import MemoryLayout
import Settings
import Yams

/// Reads what `layout.yml` says of several kernels: `kernels`, `shared`, `nodes` and `pool`.
enum KernelsSetting {
  static let keys = ["kernels", "shared", "nodes", "pool"]

  /// Settings of the layout that each kernel may have otherwise.
  private static let settings = [
    "loader", "initrd", "unpacked-initrd", "memory", "processors", "processes", "swiotlb",
    "swiotlb-areas", "confidential", "paging", "dma", "crash-kernel", "command-line",
  ]

  private static let ownKeys = ["name", "count", "node", "apertures", "cpus", "private", "kernel"]

  /// - Parameter base: The layout's other settings, which all kernels have.
  /// - Returns: Nil if there is one kernel.
  static func read(
    _ mapping: Node.Mapping, base: LayoutDescription
  ) throws(SettingError) -> KernelsDescription? {
    guard let list = mapping["kernels"] else {
      if let key = keys.first(where: { mapping[$0] != nil }) {
        throw SettingError(mapping[key], "`\(key)` is about several kernels (`kernels`)")
      }
      return nil
    }
    guard let entries = list.sequence, !entries.isEmpty else {
      throw SettingError(list, "`kernels` is a list of kernels, of one at least")
    }
    var description = KernelsDescription([])
    for entry in entries {
      let kernel = try self.kernel(entry, base)
      description.kernels.append(kernel)
      description.regions += try privateRegions(entry, kernel)
    }
    if let shared = mapping["shared"] { description.regions += try regions(shared) }
    if let nodes = mapping["nodes"] { description.nodes = try self.nodes(nodes) }
    if let pool = mapping["pool"] { description.pool = try name("pool", pool) }
    return description
  }

  private static func name(_ key: String, _ node: Node) throws(SettingError) -> String {
    let name = try Setting.text(key, node)
    guard !name.isEmpty else { throw SettingError(node, "`\(key)` has no text") }
    return name
  }

  // MARK: - Kernels

  private static func kernel(
    _ node: Node, _ base: LayoutDescription
  ) throws(SettingError) -> KernelDescription {
    guard let mapping = node.mapping else {
      throw SettingError(node, "a kernel has a `name`, `memory` and others")
    }
    try Setting.checkKeys(of: mapping, ownKeys + settings)
    guard let named = mapping["name"] else { throw SettingError(node, "a kernel has a `name`") }
    var kernel = KernelDescription(try name("name", named), settings: base)
    for key in settings {
      guard let value = mapping[key] else { continue }
      try LayoutFile.set(key, value, in: &kernel.settings)
    }
    if let image = mapping["kernel"] {
      kernel.settings.kernel = nil
      kernel.settings.statedKernel = nil
      if image.mapping != nil {
        kernel.settings.statedKernel = try LayoutFile.kernel(image)
      } else {
        try LayoutFile.set("kernel", image, in: &kernel.settings)
      }
    }
    if let count = mapping["count"] { kernel.count = try self.count(count) }
    if let choice = mapping["node"] { kernel.node = try self.choice(choice) }
    if let ranges = mapping["apertures"] {
      kernel.apertures = try LayoutFile.ranges("apertures", ranges)
    }
    if let numbers = mapping["cpus"] { kernel.processorNumbers = try self.numbers(numbers) }
    return kernel
  }

  private static func count(_ node: Node) throws(SettingError) -> LayoutDescription.Size {
    let text = try Setting.text("count", node)
    do throws(LayoutError) {
      let size = try LayoutDescription.count("count", text)
      switch size {
      case .exactly(let count), .from(let count): if count > 0 { return size }
      case .between(let range): if range.lowerBound > 0 { return size }
      case .file: break
      }
      throw LayoutError.invalid("`count` is 1 at least")
    } catch {
      throw SettingError(node, error.description)
    }
  }

  private static func choice(_ node: Node) throws(SettingError) -> KernelDescription.NodeChoice {
    let text = try Setting.text("node", node)
    switch text {
    case "any": return .any
    case "each": return .each
    default:
      guard let number = UInt64(text) else {
        throw SettingError(node, "`node` is a number, `any`, or `each` for one of each node")
      }
      return .node(number)
    }
  }

  /// Reads `4-7,12`.
  private static func numbers(_ node: Node) throws(SettingError) -> [UInt64] {
    let text = try Setting.text("cpus", node)
    let most = 65_536
    var numbers: [UInt64] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        .map { UInt64($0.filter { $0 != " " }) }
      guard (1...2) ~= ends.count, let first = ends[0], let last = ends[ends.count - 1],
        first <= last, last - first < most, numbers.count < most
      else {
        throw SettingError(node, "`cpus` are numbers of processors, such as 4-7,12")
      }
      numbers += first...last
    }
    guard Set(numbers).count == numbers.count else {
      throw SettingError(node, "`cpus` names a processor twice")
    }
    return numbers
  }

  // MARK: - Regions

  /// Of several kernels alike each has a region of its own.
  private static func privateRegions(
    _ node: Node, _ kernel: KernelDescription
  ) throws(SettingError) -> [KernelsDescription.Region] {
    guard let list = node.mapping?["private"] else { return [] }
    guard let entries = list.sequence else {
      throw SettingError(list, "`private` is a list of regions, each with `name` and `size`")
    }
    var number: UInt64?
    if case .node(let node) = kernel.node { number = node }
    let owners: [String]
    switch kernel.count {
    case nil: owners = [kernel.name]
    case .exactly(let count)? where count <= KernelsDescription.maximumCount:
      owners = (1...count).map { "\(kernel.name)-\($0)" }
    default:
      throw SettingError(list, "`private` goes with one kernel, or with a `count` that is a number")
    }
    guard kernel.node != .each else {
      throw SettingError(list, "`private` does not go with `node: each`")
    }
    var regions: [KernelsDescription.Region] = []
    for entry in entries {
      let region = try region(entry, ["name", "size", "alignment"])
      for owner in owners {
        var copy = region
        copy.name = "\(owner) \(region.name)"
        copy.kernels = [kernel.name]
        copy.owner = owner
        copy.node = number
        regions.append(copy)
      }
    }
    return regions
  }

  private static func regions(
    _ node: Node
  ) throws(SettingError) -> [KernelsDescription.Region] {
    guard let entries = node.sequence else {
      throw SettingError(node, "`shared` is a list of regions, each with `name` and `size`")
    }
    var regions: [KernelsDescription.Region] = []
    for entry in entries {
      var region = try region(entry, ["name", "size", "alignment", "kernels", "node"])
      if let kernels = entry.mapping?["kernels"] {
        region.kernels = try Setting.texts("kernels", kernels).map(\.0)
      }
      if let number = entry.mapping?["node"] {
        guard let value = UInt64(try Setting.text("node", number)) else {
          throw SettingError(number, "`node` of a region is a number")
        }
        region.node = value
      }
      regions.append(region)
    }
    return regions
  }

  private static func region(
    _ entry: Node, _ keys: [String]
  ) throws(SettingError) -> KernelsDescription.Region {
    guard let mapping = entry.mapping else {
      throw SettingError(entry, "a region has `name` and `size`")
    }
    try Setting.checkKeys(of: mapping, keys)
    guard let named = mapping["name"], let sized = mapping["size"] else {
      throw SettingError(entry, "a region has `name` and `size`")
    }
    var region = KernelsDescription.Region(
      try name("name", named), byteCount: try byteCount("size", sized))
    if let value = mapping["alignment"] {
      region.alignment = try byteCount("alignment", value)
      guard region.alignment.nonzeroBitCount == 1, region.alignment >= PlacementNumber.page else {
        throw SettingError(value, "`alignment` is a power of two, 4096 at least")
      }
    }
    return region
  }

  private static func byteCount(_ key: String, _ node: Node) throws(SettingError) -> UInt64 {
    let text = try Setting.text(key, node)
    do throws(LayoutError) {
      return try LayoutDescription.byteCount(key, text)
    } catch {
      throw SettingError(node, error.description)
    }
  }

  // MARK: - Nodes

  private static func nodes(_ node: Node) throws(SettingError) -> KernelsDescription.Nodes {
    guard let mapping = node.mapping else { return .file(try Setting.path("nodes", node)) }
    var nodes: [MachineNode] = []
    for (key, value) in mapping {
      guard let number = UInt64(try Setting.name(key)) else {
        throw SettingError(key, "`nodes` has ranges by the node's number")
      }
      guard nodes.count < MachineNodes.maximumCount else {
        throw SettingError(key, "`nodes` has more than \(MachineNodes.maximumCount) nodes")
      }
      nodes.append(MachineNode(number, AddressSet(try LayoutFile.ranges("nodes", value))))
    }
    guard !nodes.isEmpty else { throw SettingError(node, "`nodes` has no node") }
    return .stated(nodes)
  }
}
