/// Takes a machine's memory out of its device tree: the memory nodes, and what is reserved of them
/// by `/reserved-memory`, by the list of reservations and for the initial RAM disk.
///
/// Sources: Devicetree Specification 0.4, sections 3.4, 3.5 and 3.6; drivers/of/fdt.c of Linux.
struct DeviceTreeMemory {
  private let tree: FlattenedDeviceTree
  private var regions: [MemoryRegion] = []
  private var dynamic: [DynamicReservation] = []
  private var findings: [MapFinding] = []
  private let root: Cells

  /// How many 32-bit words an address and a size have.
  private struct Cells: Equatable {
    let address: Int
    let size: Int
  }

  /// - Throws: what `FlattenedDeviceTree` throws; `malformed` or `unsupported` with the offset of a
  ///   property; `noRegions`.
  static func map(path: String, bytes: [UInt8]) throws(LayoutInputError) -> MemoryMap {
    try map(FlattenedDeviceTree(path: path, bytes: bytes))
  }

  static func map(_ tree: FlattenedDeviceTree) throws(LayoutInputError) -> MemoryMap {
    var reader = try DeviceTreeMemory(tree: tree)
    try reader.readMemory()
    try reader.readReservations()
    try reader.readChosen()
    guard reader.regions.contains(where: { $0.kind == .systemRAM }) else {
      throw LayoutInputError(
        .noRegions, path: tree.path,
        hint: "the tree has no node with device_type = \"memory\"; the boot loader adds it to the"
          + " tree that a running machine has in /sys/firmware/fdt")
    }
    return MemoryMap(
      path: tree.path, format: .deviceTree, regions: reader.regions,
      dynamicReservations: reader.dynamic, findings: reader.findings)
  }

  private init(tree: FlattenedDeviceTree) throws(LayoutInputError) {
    self.tree = tree
    let node = tree.nodes[0]
    // The specification has 2 and 1 where nothing is said, Linux 1 and 1; it is Linux that boots.
    for property in ["#address-cells", "#size-cells"] where node.properties[property] == nil {
      findings.append(MapFinding(.assumedCells(property: property), at: .offset(node.offset)))
    }
    root = try Self.cells(of: node, default: Cells(address: 1, size: 1), tree)
  }

  private mutating func readMemory() throws(LayoutInputError) {
    for node in tree.nodes where node.depth == 1 {
      guard Self.text(node.properties["device_type"]) == "memory" else {
        if node.baseName == "memory" {
          ignore(node, "it has no device_type = \"memory\"")
        }
        continue
      }
      guard isAvailable(node) else { continue }
      guard let reg = node.properties["linux,usable-memory"] ?? node.properties["reg"] else {
        ignore(node, "it has no reg")
        continue
      }
      for (range, offset) in try ranges(reg, root) {
        regions.append(
          MemoryRegion(
            range: range, kind: .systemRAM, name: node.name, place: .offset(offset),
            restrictions: node.properties["hotpluggable"] != nil ? .hotPluggable : []))
      }
    }
  }

  private mutating func readReservations() throws(LayoutInputError) {
    for reservation in tree.reservations {
      guard
        let range = AddressRange(start: reservation.start, byteCount: reservation.byteCount)
      else { throw tree.broken("a reservation leaves 64 bits", Int(reservation.offset)) }
      regions.append(
        MemoryRegion(
          range: range, kind: .reserved, name: "memreserve", place: .offset(reservation.offset)))
    }
    for (index, node) in tree.nodes.enumerated()
    where node.depth == 1 && node.name == "reserved-memory" {
      // Linux passes over the whole node if its cells are not the root's or `ranges` is missing.
      // What is written there is reserved all the same: whoever wrote it wanted that.
      let cells = try Self.cells(of: node, default: root, tree)
      if cells != root || node.properties["ranges"] == nil {
        findings.append(
          MapFinding(
            .ignored(
              what: "by Linux, /reserved-memory",
              why: cells != root ? "its cells are not the root's" : "it has no ranges"),
            at: .offset(node.offset)))
      }
      for child in tree.nodes[(index + 1)...].prefix(while: { $0.depth > 1 })
      where child.depth == 2 && isAvailable(child) {
        try readReservation(child, cells)
      }
    }
  }

  private mutating func readReservation(
    _ node: FlattenedDeviceTree.Node, _ cells: Cells
  ) throws(LayoutInputError) {
    var restrictions: MemoryRegion.Restrictions = []
    if node.properties["no-map"] != nil { restrictions.insert(.noMap) }
    if node.properties["reusable"] != nil { restrictions.insert(.reusable) }
    // A fixed place wins if there are both.
    if let reg = node.properties["reg"] {
      for (range, offset) in try ranges(reg, cells) {
        regions.append(
          MemoryRegion(
            range: range, kind: .reserved, name: node.name, place: .offset(offset),
            restrictions: restrictions))
      }
      return
    }
    guard let size = node.properties["size"] else {
      return ignore(node, "it has neither reg nor size")
    }
    let byteCount = try number(size, cells.size)
    guard byteCount > 0 else { return ignore(node, "its size is 0") }
    var alignment: UInt64?
    if let property = node.properties["alignment"] {
      // The binding counts in cells of sizes, Linux in those of addresses.
      let value = try number(property, property.value.count / 4)
      guard value.nonzeroBitCount == 1 else {
        throw tree.broken("an alignment is no power of two", Int(property.offset))
      }
      alignment = value
    }
    let allowed = try node.properties["alloc-ranges"].map { property throws(LayoutInputError) in
      try ranges(property, cells).map(\.0)
    }
    dynamic.append(
      DynamicReservation(
        name: node.name, byteCount: byteCount, alignment: alignment, allowed: allowed ?? [],
        restrictions: restrictions, place: .offset(node.offset)))
  }

  private mutating func readChosen() throws(LayoutInputError) {
    guard
      let node = tree.nodes.first(where: {
        $0.depth == 1 && ($0.name == "chosen" || $0.name == "chosen@0")
      })
    else { return }
    if let start = node.properties["linux,initrd-start"],
      let end = node.properties["linux,initrd-end"]
    {
      let first = try number(start, start.value.count / 4)
      let behind = try number(end, end.value.count / 4)
      if first < behind {
        regions.append(
          MemoryRegion(
            range: AddressRange(unchecked: first, behind - 1), kind: .initialRamDisk,
            name: "initrd", place: .offset(start.offset)))
      } else {
        ignore(node, "its initrd ends where it starts, or before")
      }
    } else if node.properties["linux,initrd-start"] != nil
      || node.properties["linux,initrd-end"] != nil
    {
      ignore(node, "its initrd has a start or an end alone")
    }
    if let usable = node.properties["linux,usable-memory-range"] {
      restrict(to: AddressSet(try ranges(usable, root).map(\.0)))
    }
  }

  /// A crash kernel's tree says which part of memory is the crash kernel's own.
  private mutating func restrict(to usable: AddressSet) {
    regions = regions.flatMap { region in
      guard region.kind == .systemRAM else { return [region] }
      return usable.intersection(region.range).ranges.map { part in
        MemoryRegion(
          range: part, kind: region.kind, name: region.name, place: region.place,
          restrictions: region.restrictions)
      }
    }
  }

  // Reading of single properties.

  private static func cells(
    of node: FlattenedDeviceTree.Node, default standard: Cells, _ tree: FlattenedDeviceTree
  ) throws(LayoutInputError) -> Cells {
    func count(_ name: String, _ standard: Int) throws(LayoutInputError) -> Int {
      guard let property = node.properties[name] else { return standard }
      guard property.value.count == 4 else {
        throw tree.broken("\(name) has not 4 bytes", Int(property.offset))
      }
      let count = bigEndian32(property.value, at: 0)
      guard (1...2).contains(count) else {
        throw LayoutInputError(
          .unsupported("\(name) is \(count), and numbers of 1 or 2 cells are read"),
          path: tree.path, at: .offset(property.offset))
      }
      return Int(count)
    }
    return Cells(
      address: try count("#address-cells", standard.address),
      size: try count("#size-cells", standard.size))
  }

  /// The pairs of address and size in a property; those without a byte are passed over.
  private func ranges(
    _ property: FlattenedDeviceTree.Property, _ cells: Cells
  ) throws(LayoutInputError) -> [(AddressRange, UInt64)] {
    let stride = 4 * (cells.address + cells.size)
    guard property.value.count % stride == 0 else {
      throw tree.broken(
        "\(property.value.count) bytes are no multiple of an address and a size (\(stride) bytes)",
        Int(property.offset))
    }
    guard property.value.count / stride + regions.count <= MemoryMap.maximumRegionCount else {
      throw LayoutInputError(
        .unsupported("has more than \(MemoryMap.maximumRegionCount) regions"), path: tree.path,
        at: .offset(property.offset))
    }
    var ranges: [(AddressRange, UInt64)] = []
    for at in Swift.stride(from: 0, to: property.value.count, by: stride) {
      let start = Self.number(property.value, at: at, cells.address)
      let byteCount = Self.number(property.value, at: at + 4 * cells.address, cells.size)
      guard byteCount > 0 else { continue }
      guard let range = AddressRange(start: start, byteCount: byteCount) else {
        throw tree.broken("a range leaves 64 bits", Int(property.offset) + at)
      }
      ranges.append((range, property.offset + UInt64(at)))
    }
    return ranges
  }

  private func number(
    _ property: FlattenedDeviceTree.Property, _ cellCount: Int
  ) throws(LayoutInputError) -> UInt64 {
    guard (1...2).contains(cellCount), property.value.count == 4 * cellCount else {
      throw tree.broken("a number of 4 or 8 bytes is needed", Int(property.offset))
    }
    return Self.number(property.value, at: 0, cellCount)
  }

  private static func number(
    _ bytes: ArraySlice<UInt8>, at offset: Int, _ cellCount: Int
  ) -> UInt64 {
    cellCount == 1 ? UInt64(bigEndian32(bytes, at: offset)) : bigEndian64(bytes, at: offset)
  }

  private static func text(_ property: FlattenedDeviceTree.Property?) -> String? {
    property.map { String(decoding: $0.value.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private mutating func isAvailable(_ node: FlattenedDeviceTree.Node) -> Bool {
    let status = Self.text(node.properties["status"])
    if status == nil || status == "okay" || status == "ok" { return true }
    ignore(node, "its status is not okay")
    return false
  }

  private mutating func ignore(_ node: FlattenedDeviceTree.Node, _ why: String) {
    findings.append(
      MapFinding(.ignored(what: "/\(node.name)", why: why), at: .offset(node.offset)))
  }
}
