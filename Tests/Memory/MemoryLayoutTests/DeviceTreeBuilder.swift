/// Writes flattened device trees, right ones and wrong ones, by the specification alone.
struct DeviceTreeBuilder {
  var version: UInt32 = 17
  var lastCompatibleVersion: UInt32 = 16
  var reservations: [(UInt64, UInt64)] = []
  private var structure: [UInt8] = []
  private var strings: [UInt8] = []

  /// Header, reservations, nodes, names; `size_dt_struct` counts from the nodes' end token.
  var bytes: [UInt8] {
    var list: [UInt8] = []
    for (start, byteCount) in reservations + [(0, 0)] {
      list += big(UInt32(start >> 32)) + big(UInt32(truncatingIfNeeded: start))
      list += big(UInt32(byteCount >> 32)) + big(UInt32(truncatingIfNeeded: byteCount))
    }
    let nodes = structure + big(9)
    let structureOffset = 40 + list.count
    let stringsOffset = structureOffset + nodes.count
    let header: [UInt32] = [
      0xD00D_FEED, UInt32(stringsOffset + strings.count), UInt32(structureOffset),
      UInt32(stringsOffset), 40, version, lastCompatibleVersion, 0, UInt32(strings.count),
      UInt32(nodes.count),
    ]
    return header.flatMap(big) + list + nodes + strings
  }

  mutating func begin(_ name: String) { structure += big(1) + padded(Array(name.utf8) + [0]) }

  mutating func end() { structure += big(2) }

  mutating func token(_ token: UInt32) { structure += big(token) }

  mutating func property(_ name: String, _ value: [UInt8] = []) {
    structure += big(3) + big(UInt32(value.count)) + big(UInt32(strings.count)) + padded(value)
    strings += Array(name.utf8) + [0]
  }

  mutating func property(_ name: String, cells: [UInt32]) {
    property(name, cells.flatMap(big))
  }

  mutating func property(_ name: String, text: String) { property(name, Array(text.utf8) + [0]) }

  private func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
  }

  private func big(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
