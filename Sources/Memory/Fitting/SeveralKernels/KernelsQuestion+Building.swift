internal import MemoryLayout
internal import SMT

extension KernelsQuestion {
  /// What starts and ends of kernels' memory are multiples of, if nothing is said: a huge page.
  private static let usualBlock: UInt64 = 2 << 20

  /// Reads the files, and puts the question together.
  init(
    _ description: LayoutDescription, _ kernels: KernelsDescription
  ) throws(LayoutError) {
    try Self.check(description, kernels)
    guard let path = description.map else { throw .invalid("the memory map is missing: `map`") }
    let map = try description.input { () throws(LayoutInputError) in
      try MemoryMap.read(contentsOf: description.path(path))
    }
    let nodes = try KernelNodes.read(kernels.nodes, description, map)
    var pool: PlacementRegion?
    if let text = kernels.pool {
      pool = try MemoryRegionChoice(map, setting: "pool").region(text)
    } else if map.usableRAM.isEmpty {
      throw .invalid("\(map.path) shows no System RAM, so that nothing has a place")
    }
    let unit = description.memoryBlockByteCount ?? Self.usualBlock
    var builder = KernelsBuilder(description, map: map, unit: unit)
    var members: [Member] = []
    var varied: (member: Int, quantity: RangedQuantity)?
    for kernel in kernels.kernels {
      let own = try builder.own(kernel)
      let free = (pool?.free ?? map.usableRAM).byteCount / UInt128(own.byteCount)
      let number = try Self.number(kernel, kernels, description, free)
      if let quantity = number.quantity { varied = (members.count, quantity) }
      func member(_ names: [String], _ node: MachineNode?) -> Member {
        Member(
          kernel: kernel, region: nil, own: own, node: node, names: names,
          byteCount: own.byteCount, unit: unit)
      }
      switch kernel.node {
      case .any: members.append(member(number.names, nil))
      case .node(let node):
        members.append(
          member(number.names, try KernelNodes.node(node, nodes, of: kernel.name)))
      case .each:
        guard number.quantity == nil, number.names.count <= nodes.count else {
          throw .invalid(
            "`\(kernel.name)`: with `node: each` no more kernels than nodes, and there are"
              + " \(nodes.count) nodes")
        }
        members += zip(number.names, nodes).map { member([$0], $1) }
      }
    }
    for region in kernels.regions {
      let node = try region.node.map { number throws(LayoutError) in
        try KernelNodes.node(number, nodes, of: region.name)
      }
      guard let byteCount = Self.rounded(region.byteCount, to: region.alignment) else {
        throw .invalid("`\(region.name)` leaves 64 bits")
      }
      members.append(
        Member(
          kernel: nil, region: region, own: nil, node: node, names: [region.name],
          byteCount: byteCount, unit: region.alignment))
    }
    try Self.checkNames(members)
    self.description = description
    self.kernels = kernels
    self.map = map
    self.nodes = nodes
    self.pool = pool
    self.members = members
    self.varied = varied
    image = try builder.image()
    isX86 = image.architecture.value == .x86_64 || image.architecture.value == .i386
    trampolines = isX86 ? Self.trampolines(map, description) : nil
    assumptions = builder.assumptions(pool)
  }

  /// A number of bytes in whole units; nil if it leaves 64 bits.
  static func rounded(_ byteCount: UInt64, to unit: UInt64) -> UInt64? {
    UInt64(exactly: (UInt128(byteCount) + UInt128(unit) - 1) / UInt128(unit) * UInt128(unit))
  }

  /// Pages below 1 MiB that trampolines may lie in.
  private static func trampolines(
    _ map: MemoryMap, _ description: LayoutDescription
  ) -> [AddressRange] {
    let page = PlacementNumber.page
    let firmware = [
      AddressRange(start: 0, last: page - 1), AddressRange(start: 0xA_0000, last: 0xF_FFFF),
    ].compactMap { $0 }
    let free = map.usableLowMegabyte.subtracting(AddressSet(firmware))
      .subtracting(AddressSet(description.inUse)).subtracting(map.runningKernel)
      .subtracting(AddressSet(description.handedOver)).trimmed(to: page)
    return free.ranges.flatMap { range in
      (0..<UInt64(range.byteCount) / page).compactMap {
        AddressRange(start: range.start + $0 * page, byteCount: page)
      }
    }
  }

  // MARK: - Numbers of kernels

  /// The names of a description's kernels; with a range those of as many as may be, and the range.
  private static func number(
    _ kernel: KernelDescription, _ kernels: KernelsDescription, _ description: LayoutDescription,
    _ most: UInt128
  ) throws(LayoutError) -> (names: [String], quantity: RangedQuantity?) {
    let limit = KernelsDescription.maximumCount
    let isOnlyOne = kernels.kernels.count == 1
    let quantifiers = description.quantifiers
    let isAsked = quantifiers?.named["kernels"] == .largest || quantifiers?.ofOthers == .largest
    let bounds: ClosedRange<UInt64>
    switch kernel.count {
    case nil where isAsked && isOnlyOne: bounds = 1...max(1, min(limit, UInt64(clamping: most) + 1))
    case nil: return ([kernel.name], nil)
    case .exactly(let count): return ((0..<count).map { "\(kernel.name)-\($0 + 1)" }, nil)
    case .between(let range): bounds = range
    case .from(let least):
      bounds = least...max(least, min(limit, UInt64(clamping: most) + 1))
    case .file: throw .invalid("`count` is a number, or a range such as 1..64")
    }
    let quantity = RangedQuantity(
      "kernels", bounds, quantifiers?.named["kernels"] ?? quantifiers?.ofOthers ?? .all,
      unit: .count, needs: [])
    return ((0..<bounds.upperBound).map { "\(kernel.name)-\($0 + 1)" }, quantity)
  }

  // MARK: - Mistakes

  private static func check(
    _ description: LayoutDescription, _ kernels: KernelsDescription
  ) throws(LayoutError) {
    guard !kernels.kernels.isEmpty else { throw .invalid("`kernels` has no kernel") }
    let others: [(key: String, isThere: Bool)] = [
      ("into", description.into != nil), ("crash-image", description.isCrashImage),
      ("grant", description.grant != nil), ("scratch", description.handoverScratch != nil),
      ("items", !description.items.isEmpty), ("prefer", description.objective != nil),
    ]
    if let other = others.first(where: \.isThere) {
      throw .invalid(
        "`\(other.key)` is about one kernel, and not about several (`kernels`)"
          + (other.key == "into" ? "; `pool` says where their memory is taken from" : ""))
    }
    guard description.memoryBlockByteCount ?? PlacementNumber.page >= PlacementNumber.page else {
      throw .invalid("`memory-block` of several kernels is \(PlacementNumber.page) bytes at least")
    }
    let limit = KernelsDescription.maximumCount
    var total: UInt64 = 0
    for kernel in kernels.kernels {
      let most: UInt64
      switch kernel.count {
      case nil, .from, .file: most = kernel.count?.least ?? 1
      case .exactly(let count): most = count
      case .between(let range): most = range.upperBound
      }
      guard kernel.count == nil || kernel.count?.least ?? 0 > 0 else {
        throw .invalid("`\(kernel.name)`: `count` is 1 at least")
      }
      total = most > limit ? limit + 1 : total + most
      guard total <= limit else {
        throw .invalid("there are more than \(limit) kernels, which is the most that is placed")
      }
    }
    var owners: [UInt64: String] = [:]
    for kernel in kernels.kernels {
      for number in kernel.processorNumbers {
        guard let other = owners.updateValue(kernel.name, forKey: number) else { continue }
        throw .invalid("processor \(number) is of `\(other)` and of `\(kernel.name)` (`cpus`)")
      }
    }
    let ranges = kernels.kernels.filter {
      if case .exactly? = $0.count { false } else { $0.count != nil }
    }
    guard ranges.count <= 1 else {
      throw .invalid("one kernel's `count` may be a range, and no more")
    }
    guard let quantifiers = description.quantifiers else { return }
    if let name = quantifiers.named.keys.sorted().first(where: { $0 != "kernels" }) {
      throw .invalid("`for` names `\(name)`; of several kernels only `kernels` is a range")
    }
    guard ranges.count == 1 || kernels.kernels.count == 1 && kernels.kernels[0].count == nil else {
      throw .invalid("`for` is about a range, and no kernel's `count` is one, such as 1..64")
    }
  }

  private static func checkNames(_ members: [Member]) throws(LayoutError) {
    var names: [String: String] = [:]
    for name in members.flatMap(\.names) {
      guard let other = names.updateValue(name, forKey: PlacementTerms.symbol(name)) else {
        continue
      }
      throw .invalid(
        other == name
          ? "there are two of the name `\(name)`"
          : "`\(other)` and `\(name)` differ in what is no letter or digit alone")
    }
    let kernels = Set(members.flatMap { member in member.kernel.map { [$0.name] } ?? [] })
    for region in members.compactMap(\.region) {
      for kernel in region.kernels where !kernels.contains(kernel) {
        throw .invalid("`\(region.name)` is for `\(kernel)`, which is no kernel")
      }
    }
  }
}
