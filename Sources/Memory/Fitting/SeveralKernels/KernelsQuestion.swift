internal import MemoryLayout
internal import SMT

/// Several kernels and regions, with the memory that each may take.
struct KernelsQuestion {
  /// Kernels that are alike, on one node: their blocks, one region's alone.
  struct Member {
    /// Of a kernel its description; nil of a region.
    let kernel: KernelDescription?
    let region: KernelsDescription.Region?
    /// What lies in a kernel's memory.
    let own: KernelMemory?
    let node: MachineNode?
    /// Of its blocks.
    let names: [String]
    let byteCount: UInt64
    let unit: UInt64
  }

  let description: LayoutDescription
  let kernels: KernelsDescription
  let map: MemoryMap
  let nodes: [MachineNode]
  let pool: PlacementRegion?
  /// The first kernel's; all are for one architecture.
  let image: KernelImage
  let isX86: Bool
  let members: [Member]
  /// Where trampolines may lie, a page each; nil if there are none.
  let trampolines: [AddressRange]?
  /// The member whose number is a range, and the quantity.
  let varied: (member: Int, quantity: RangedQuantity)?
  let assumptions: [String]

  /// Memory that the running kernel keeps.
  private static func kept(_ description: LayoutDescription, _ map: MemoryMap) -> AddressSet {
    AddressSet(description.inUse).union(map.runningKernel)
  }

  /// Where a block may lie by some rules.
  ///
  /// - Parameter rules: Of those that can be left out: which are kept.
  func pieces(of member: Member, keeping rules: Set<PlacementRule>) -> AddressSet {
    var pieces = pool?.free ?? map.usableRAM
    if rules.contains(.parkedProcessors) {
      pieces = pieces.subtracting(Self.kept(description, map))
    }
    if rules.contains(.handedOver) {
      pieces = pieces.subtracting(AddressSet(description.handedOver))
    }
    if rules.contains(.apertures) {
      pieces = pieces.subtracting(AddressSet(kernels.kernels.flatMap(\.apertures)))
    }
    if rules.contains(.firstMegabyte), isX86 {
      pieces = pieces.intersection(AddressRange(unchecked: PlacementNumber.trampolineEnd))
    }
    if rules.contains(.onNode), let node = member.node {
      pieces = pieces.intersection(node.memory)
    }
    return pieces
  }

  /// The blocks as kinds to be packed.
  ///
  /// - Parameter counts: Of each member how many of its blocks.
  func packing(
    _ counts: [Int], keeping rules: Set<PlacementRule>
  ) throws(FittingError) -> BlockPacking {
    var kinds: [BlockPacking.Kind] = []
    for (member, count) in zip(members, counts) {
      let pieces = pieces(of: member, keeping: rules)
      let starts: BlockStarts
      if let own = member.own, rules.contains(.ownMemory) {
        starts = try own.starts(in: pieces, unit: member.unit)
      } else {
        starts = BlockStarts(
          pieces, byteCount: member.byteCount,
          unit: rules.contains(.memoryBlocks) ? member.unit : PlacementNumber.page)
      }
      kinds.append(BlockPacking.Kind(byteCount: member.byteCount, starts: starts, count: count))
    }
    return BlockPacking(kinds)
  }

  /// Rules about places that may not be needed for a conflict.
  static let placeRules: [PlacementRule] = [
    .ownMemory, .memoryBlocks, .onNode, .parkedProcessors, .handedOver, .apertures, .firstMegabyte,
  ]
}

extension AddressRange {
  /// All addresses from one on.
  fileprivate init(unchecked start: UInt64) {
    self = AddressRange(start: start, last: .max) ?? .all
  }
}

// MARK: - Constraints

extension KernelsQuestion {
  /// What a solver is told of the blocks: everything but what lies in a kernel's memory.
  func constraints(_ names: Set<String>, keeping rules: Set<PlacementRule>)
    -> [PlacementConstraint]
  {
    var constraints: [PlacementConstraint] = []
    for member in members {
      for name in member.names where names.contains(name) {
        constraints += self.constraints(name, member).filter { constraint in
          guard Self.placeRules.contains(constraint.rule) else { return true }
          // Where all of a kernel fits is said of whole blocks.
          let isSaid = constraint.rule == .memoryBlocks && member.own != nil
          return rules.contains(constraint.rule) && !(isSaid && rules.contains(.ownMemory))
        }
      }
    }
    if names.count > 1 {
      let all = members.flatMap(\.names).filter(names.contains)
      constraints.append(.init(.disjoint, .disjoint(all), "no two of them overlap"))
    }
    return constraints
  }

  private func constraints(_ name: String, _ member: Member) -> [PlacementConstraint] {
    let pieces = pool?.free ?? map.usableRAM
    let size = ByteCountText.format(UInt128(member.byteCount))
    var constraints: [PlacementConstraint] = [
      .init(.placed, .placed(name), "`\(name)` has to be placed"),
      .init(
        pool == nil ? .inUsableRAM : .inRegion, .within(name, pieces.ranges),
        "`\(name)` lies in "
          + (pool.map { "\($0.text), of which \($0.free.byteCount) bytes are free" }
            ?? "one of the \(pieces.ranges.count) pieces of usable RAM of \(map.path)")),
      .init(
        .wanted, .atLeast(name, byteCount: member.byteCount), "`\(name)` takes \(size) in one piece"
      ),
      .init(
        .memoryBlocks, .startAligned(name, unit: member.unit, offset: 0),
        "`\(name)` starts at a multiple of \(member.unit)"),
      .init(
        .memoryBlocks, .endAligned(name, unit: member.unit),
        "`\(name)` ends at a multiple of \(member.unit)"),
    ]
    if let node = member.node {
      constraints.append(
        .init(
          .onNode, .within(name, node.memory.ranges),
          "`\(name)` lies on node \(node.number), of"
            + " \(ByteCountText.format(node.memory.byteCount))"))
    }
    let kept = Self.kept(description, map)
    for (rule, set, words) in [
      (PlacementRule.parkedProcessors, kept, "the running kernel's"),
      (.handedOver, AddressSet(description.handedOver), "the processes'"),
      (.apertures, AddressSet(kernels.kernels.flatMap(\.apertures)), "the devices'"),
    ] where !set.isEmpty {
      constraints.append(
        .init(
          rule, .apart(name, set.ranges),
          "`\(name)` leaves \(words) \(set.byteCount) bytes alone"))
    }
    if isX86 {
      constraints.append(
        .init(
          .firstMegabyte,
          .within(name, [AddressRange(unchecked: PlacementNumber.trampolineEnd)]),
          "`\(name)` lies above 1 MiB"))
    }
    return constraints
  }

  /// That everything of a kernel fits where its memory starts, as far as ranges say it.
  func ownConstraints(_ names: Set<String>, _ packing: BlockPacking) -> [PlacementConstraint] {
    zip(members, packing.kinds).flatMap { member, kind -> [PlacementConstraint] in
      guard member.own != nil else { return [] }
      let extent = kind.starts.extent(member.byteCount)
      return member.names.filter(names.contains).map { name in
        .init(
          .ownMemory, .within(name, extent.ranges),
          "what `\(name)` needs fits into whole blocks of \(member.unit) bytes at"
            + " \(extent.ranges.map(\.description).prefix(4).joined(separator: ", "))"
            + (extent.ranges.count > 4 ? " and \(extent.ranges.count - 4) more" : ""))
      }
    }
  }
}
