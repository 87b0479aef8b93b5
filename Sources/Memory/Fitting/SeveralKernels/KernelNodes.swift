internal import MemoryLayout

/// The NUMA nodes that kernels are put on.
enum KernelNodes {
  /// - Throws: Where two nodes overlap.
  static func read(
    _ nodes: KernelsDescription.Nodes, _ description: LayoutDescription, _ map: MemoryMap
  ) throws(LayoutError) -> [MachineNode] {
    let found: [MachineNode]
    switch nodes {
    case .stated(let nodes): found = nodes.sorted { $0.number < $1.number }
    case .file(let name):
      found = try description.input { () throws(LayoutInputError) in
        try MachineNodes.read(contentsOf: description.path(name))
      }
      guard !found.isEmpty else {
        throw .invalid(
          "\(description.path(name)) has no line about a node, such as"
            + " `ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff]`")
      }
    case .ofTheMap where map.format == .e820:
      found = try description.input { () throws(LayoutInputError) in
        try MachineNodes.read(contentsOf: map.path)
      }
    case .ofTheMap: found = []
    }
    let ranges = found.flatMap { node in node.memory.ranges.map { (range: $0, node: node.number) } }
      .sorted { ($0.range, $0.node) < ($1.range, $1.node) }
    for (one, other) in zip(ranges, ranges.dropFirst()) where one.range.overlaps(other.range) {
      throw .invalid(
        "nodes \(one.node) and \(other.node) overlap: \(one.range) and \(other.range)")
    }
    for (one, other) in zip(found, found.dropFirst()) where one.number == other.number {
      throw .invalid("there are two nodes \(one.number)")
    }
    return found
  }

  static func node(
    _ number: UInt64, _ nodes: [MachineNode], of name: String
  ) throws(LayoutError) -> MachineNode {
    if let node = nodes.first(where: { $0.number == number }) { return node }
    let known = nodes.prefix(32).map { "\($0.number)" }.joined(separator: ", ")
    throw .invalid(
      "`\(name)` is to lie on node \(number), and "
        + (nodes.isEmpty
          ? "no nodes are known (`nodes`)"
          : "there is none; there are \(known)"
            + (nodes.count > 32 ? " and \(nodes.count - 32) more" : "")))
  }
}
