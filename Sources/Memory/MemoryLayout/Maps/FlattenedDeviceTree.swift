/// The blob that firmware and boot loaders describe a machine with: a header, a list of reserved
/// ranges, a block of nodes and properties, and a block of names. Big-endian throughout.
///
/// Nothing in it is trusted: every offset and length is checked against the file before it is used,
/// names have a longest length, and depth is bounded. Reading takes time in proportion to the file.
///
/// Source: Devicetree Specification 0.4, chapter 5; scripts/dtc/libfdt/fdt.h of Linux.
struct FlattenedDeviceTree {
  /// A node with its properties; children follow it.
  struct Node {
    let name: String
    /// 0 for the root.
    let depth: Int
    /// Index of the node around it; nil for the root.
    let parent: Int?
    /// Offset in the file.
    let offset: UInt64
    /// By name; of two with one name the first counts, as in libfdt.
    var properties: [String: Property] = [:]

    /// The name without the address behind `@`.
    var baseName: Substring { name.prefix { $0 != "@" } }
  }

  struct Property {
    let value: ArraySlice<UInt8>
    /// Offset of the value in the file.
    let offset: UInt64
  }

  struct Reservation {
    let start: UInt64
    let byteCount: UInt64
    let offset: UInt64
  }

  static let magic: [UInt8] = [0xD0, 0x0D, 0xFE, 0xED]

  /// Linux takes 2 MiB on arm64 (Documentation/arch/arm64/booting.rst).
  static let maximumByteCount = 16 << 20

  /// As deep as Linux goes (`FDT_MAX_DEPTH`, drivers/of/fdt.c).
  static let maximumDepth = 64

  /// The specification allows 31; bounded so that a name is found in constant time.
  static let maximumNameByteCount = 256

  let path: String
  private let bytes: [UInt8]
  /// In the order of the file; a node comes behind the one around it.
  private(set) var nodes: [Node] = []
  private(set) var reservations: [Reservation] = []

  /// A tree that was taken apart elsewhere, the root first.
  init(path: String, nodes: [Node]) {
    self.path = path
    bytes = []
    self.nodes = nodes
  }

  /// - Throws: `truncated`, `unsupported` or `malformed`, with the offset.
  init(path: String, bytes: [UInt8]) throws(LayoutInputError) {
    guard bytes.count <= Self.maximumByteCount else {
      throw LayoutInputError(.tooLarge(limit: UInt64(Self.maximumByteCount)), path: path)
    }
    self.path = path
    self.bytes = bytes
    let header = try Header(path: path, bytes: bytes)
    try readReservations(header)
    try readNodes(header)
  }

  /// The header's fields, checked against the file.
  private struct Header {
    let structure: Range<Int>
    let strings: Range<Int>
    let reservationStart: Int
    let totalByteCount: Int

    init(path: String, bytes: [UInt8]) throws(LayoutInputError) {
      func field(_ index: Int) -> Int { Int(bigEndian32(bytes, at: 4 * index)) }
      func broken(_ words: String, _ index: Int) -> LayoutInputError {
        LayoutInputError(.malformed(words), path: path, at: .offset(UInt64(4 * index)))
      }
      guard bytes.count >= 40 else {
        throw LayoutInputError(
          .truncated(
            what: "the header", neededByteCount: 40, byteCount: UInt64(bytes.count)), path: path)
      }
      guard bytes.starts(with: FlattenedDeviceTree.magic) else {
        throw LayoutInputError(.unknownFormat(expected: "device tree"), path: path, at: .offset(0))
      }
      totalByteCount = field(1)
      guard totalByteCount <= bytes.count else {
        throw LayoutInputError(
          .truncated(
            what: "the tree", neededByteCount: UInt64(totalByteCount),
            byteCount: UInt64(bytes.count)), path: path, at: .offset(4))
      }
      guard totalByteCount >= 40 else { throw broken("the tree's size is below its header's", 1) }
      let version = field(5)
      guard version >= 16, field(6) <= 17 else {
        throw LayoutInputError(
          .unsupported("is a device tree of version \(version); versions 16 and 17 are read"),
          path: path, at: .offset(20), hint: "convert it: dtc -I dtb -O dtb -V 17")
      }
      let structureStart = field(2)
      let structureEnd = version >= 17 ? structureStart + field(9) : totalByteCount
      guard structureStart % 4 == 0 else {
        throw broken("the nodes' offset is no multiple of 4", 2)
      }
      guard structureStart >= 40, structureStart <= structureEnd, structureEnd <= totalByteCount
      else { throw broken("the nodes lie outside of the tree", 2) }
      let stringsStart = field(3)
      guard stringsStart >= 40, stringsStart + field(8) <= totalByteCount else {
        throw broken("the names lie outside of the tree", 3)
      }
      reservationStart = field(4)
      guard reservationStart % 8 == 0 else {
        throw broken("the reservations' offset is no multiple of 8", 4)
      }
      guard reservationStart >= 40, reservationStart < totalByteCount else {
        throw broken("the reservations lie outside of the tree", 4)
      }
      structure = structureStart..<structureEnd
      strings = stringsStart..<stringsStart + field(8)
    }
  }

  private mutating func readReservations(_ header: Header) throws(LayoutInputError) {
    var at = header.reservationStart
    while true {
      guard at + 16 <= header.totalByteCount else {
        throw broken("the list of reservations does not end", at)
      }
      let start = bigEndian64(bytes, at: at)
      let byteCount = bigEndian64(bytes, at: at + 8)
      // Linux stops at the first size of zero, whatever the address.
      if byteCount == 0 { return }
      reservations.append(
        Reservation(start: start, byteCount: byteCount, offset: UInt64(at)))
      at += 16
    }
  }

  private mutating func readNodes(_ header: Header) throws(LayoutInputError) {
    var at = header.structure.lowerBound
    var open: [Int] = []
    // libfdt wants all properties of a node in front of its children.
    var mayHaveProperties = false
    while true {
      guard at + 4 <= header.structure.upperBound else {
        throw broken("the nodes do not end", at)
      }
      let token = bigEndian32(bytes, at: at)
      let start = at
      at += 4
      switch token {
      case 1:
        guard open.count < Self.maximumDepth else {
          throw broken("nodes are nested more than \(Self.maximumDepth) deep", start)
        }
        guard !open.isEmpty || nodes.isEmpty else { throw broken("there is a second root", start) }
        let name = try self.name(at: at, within: header.structure)
        at = (at + name.utf8.count + 1 + 3) & ~3
        nodes.append(
          Node(name: name, depth: open.count, parent: open.last, offset: UInt64(start)))
        open.append(nodes.count - 1)
        mayHaveProperties = true
      case 2:
        guard open.popLast() != nil else { throw broken("a node ends that did not begin", start) }
        mayHaveProperties = false
      case 3:
        guard let node = open.last, mayHaveProperties else {
          throw broken("a property is outside of a node's head", start)
        }
        guard at + 8 <= header.structure.upperBound else {
          throw broken("a property is cut off", at)
        }
        let byteCount = Int(bigEndian32(bytes, at: at))
        let nameOffset = Int(bigEndian32(bytes, at: at + 4))
        at += 8
        guard byteCount <= header.structure.upperBound - at else {
          throw broken("a property of \(byteCount) bytes leaves the nodes", start)
        }
        guard nameOffset < header.strings.count else {
          throw broken("a property's name lies outside of the names", start + 8)
        }
        let name = try self.name(
          at: header.strings.lowerBound + nameOffset, within: header.strings)
        let property = Property(value: bytes[at..<at + byteCount], offset: UInt64(at))
        if nodes[node].properties[name] == nil { nodes[node].properties[name] = property }
        at = (at + byteCount + 3) & ~3
      case 4: continue
      case 9:
        guard open.isEmpty, !nodes.isEmpty else {
          throw broken(nodes.isEmpty ? "there is no root" : "the nodes end within a node", start)
        }
        return
      default: throw broken("there is no token 0x\(String(token, radix: 16))", start)
      }
    }
  }

  private func name(at start: Int, within block: Range<Int>) throws(LayoutInputError) -> String {
    let limit = min(block.upperBound, start + Self.maximumNameByteCount)
    guard start < limit, let end = bytes[start..<limit].firstIndex(of: 0) else {
      throw broken("a name does not end", start)
    }
    guard let name = String(validating: bytes[start..<end], as: UTF8.self) else {
      throw broken("a name is no UTF-8", start)
    }
    return name
  }

  func broken(_ words: String, _ offset: Int) -> LayoutInputError {
    LayoutInputError(.malformed(words), path: path, at: .offset(UInt64(offset)))
  }
}

/// - Precondition: four bytes are there.
func bigEndian32(_ bytes: some RandomAccessCollection<UInt8>, at offset: Int) -> UInt32 {
  let start = bytes.index(bytes.startIndex, offsetBy: offset)
  return bytes[start...].prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
}

/// - Precondition: eight bytes are there.
func bigEndian64(_ bytes: some RandomAccessCollection<UInt8>, at offset: Int) -> UInt64 {
  UInt64(bigEndian32(bytes, at: offset)) << 32 | UInt64(bigEndian32(bytes, at: offset + 4))
}
