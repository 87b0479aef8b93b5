import Diagnostics

/// A NUMA node of a machine, and the addresses that are near it.
package struct MachineNode: Hashable, Sendable {
  package let number: UInt64
  package let memory: AddressSet

  package init(_ number: UInt64, _ memory: AddressSet) {
    self.number = number
    self.memory = memory
  }
}

/// The nodes that a kernel log shows.
///
/// Of the lines of the firmware's table, `ACPI: SRAT: Node 0 PXM 0 [mem 0x…-0x…]`, and if there is
/// none of `node   0: [mem 0x…-0x…]` under `Early memory node ranges`.
package enum MachineNodes {
  /// Linux knows 1024 (`NODES_SHIFT` is 10 at most).
  package static let maximumCount = 1_024

  /// Reads the nodes, in the order of their numbers; none if no line speaks of one.
  ///
  /// - Throws: `malformed` with the line, or `unsupported` if there are more than Linux knows.
  package static func read(
    path: String, bytes: [UInt8]
  ) throws(LayoutInputError) -> [MachineNode] {
    guard bytes.count <= InputFile.maximumMapByteCount else {
      throw LayoutInputError(.tooLarge(limit: UInt64(InputFile.maximumMapByteCount)), path: path)
    }
    var firmware: [UInt64: [AddressRange]] = [:]
    var early: [UInt64: [AddressRange]] = [:]
    for (index, bytes) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated()
    {
      let line = String(decoding: bytes, as: UTF8.self)
      let isFirmware = line.contains("SRAT: Node ")
      guard isFirmware || line.contains("node ") && line.contains(": [mem 0x") else { continue }
      let marker = isFirmware ? "SRAT: Node " : "node "
      guard let (number, range) = entry(line, after: marker) else {
        guard isFirmware, line.contains("[mem ") else { continue }
        throw LayoutInputError(
          .malformed("is no range of a node: `\(line.prefix(120))`"), path: path,
          at: .line(index + 1))
      }
      if isFirmware {
        firmware[number, default: []].append(range)
      } else {
        early[number, default: []].append(range)
      }
    }
    let found = firmware.isEmpty ? early : firmware
    guard found.count <= maximumCount else {
      throw LayoutInputError(.unsupported("has more than \(maximumCount) nodes"), path: path)
    }
    return found.map { MachineNode($0.key, AddressSet($0.value)) }.sorted { $0.number < $1.number }
  }

  /// Reads the nodes of a file.
  ///
  /// - Throws: as above, or `unreadable`.
  package static func read(contentsOf path: String) throws(LayoutInputError) -> [MachineNode] {
    let bytes: [UInt8]
    do throws(InputFileError) {
      bytes = try InputFile.bytes(ofFile: path, limit: InputFile.maximumMapByteCount)
    } catch {
      throw error.of(path)
    }
    return try read(path: path, bytes: bytes)
  }

  private static func entry(
    _ line: String, after marker: String
  ) -> (number: UInt64, range: AddressRange)? {
    guard let start = line.firstRange(of: marker)?.upperBound,
      let memory = line[start...].firstRange(of: "[mem 0x")?.upperBound,
      let number = UInt64(line[start...].drop { $0 == " " }.prefix { $0.isNumber })
    else { return nil }
    let ends = line[memory...].prefix { $0 != "]" }
      .split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, ends[1].hasPrefix("0x"), let first = UInt64(ends[0], radix: 16),
      let last = UInt64(ends[1].dropFirst(2), radix: 16),
      let range = AddressRange(start: first, last: last)
    else { return nil }
    return (number, range)
  }
}
