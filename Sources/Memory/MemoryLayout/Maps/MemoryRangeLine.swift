/// A line of a kernel log with memory as the kernel's early allocator knows it, on any architecture;
/// nil for any other line.
///
/// Sources: free_area_init of mm/mm_init.c (`node   0: [mem 0x…-0x…]`); memblock_dump of mm/memblock.c
/// (`memory[0x0]  [0x…-0x…], 0x… bytes on node 0 flags: 0x0`, by `memblock=debug`);
/// drivers/of/of_reserved_mem.c and kernel/dma/coherent.c of Linux.
enum MemoryRangeLine {
  /// Of the ranges of RAM by nodes, which have no holes for what is reserved.
  case ofNode(AddressRange)
  /// Of the allocator's own table.
  case ofBlock(MemoryRegion.Kind, AddressRange, isFirst: Bool)
  /// What a device tree reserves.
  case reservation(AddressRange, name: String)
  /// The first line of a start.
  case banner

  init?(_ bytes: ArraySlice<UInt8>) {
    if let line = Self.ofNode(bytes) ?? Self.ofBlock(bytes) ?? Self.reservation(bytes) {
      self = line
      return
    }
    var reader = TextReader(bytes)
    guard reader.skip(through: "Linux version "), reader.decimal() != nil else { return nil }
    self = .banner
  }

  private static func ofNode(_ bytes: ArraySlice<UInt8>) -> Self? {
    var reader = TextReader(bytes)
    guard reader.skip(through: "node "), reader.skipBlanks() || true, reader.decimal() != nil,
      reader.skip(": [mem "), let range = inclusive(&reader), reader.skip("]")
    else { return nil }
    return .ofNode(range)
  }

  private static func ofBlock(_ bytes: ArraySlice<UInt8>) -> Self? {
    for isMemory in [true, false] {
      var reader = TextReader(bytes)
      guard reader.skip(through: isMemory ? "memory[0x" : "reserved[0x"),
        let number = reader.hexadecimal(), reader.skip("]")
      else { continue }
      reader.skipBlanks()
      guard reader.skip("["), let range = inclusive(&reader), reader.skip("]") else { return nil }
      guard isMemory else { return .ofBlock(.reserved, range, isFirst: false) }
      let flags = reader.skip(through: "flags: 0x") ? reader.hexadecimal() ?? 0 : 0
      return .ofBlock(kind(flags: flags), range, isFirst: number == 0)
    }
    return nil
  }

  /// MEMBLOCK_NOMAP and MEMBLOCK_DRIVER_MANAGED of include/linux/memblock.h.
  private static func kind(flags: UInt64) -> MemoryRegion.Kind {
    flags & 0x4 != 0 ? .reserved : flags & 0x8 != 0 ? .managedRAM : .systemRAM
  }

  private static func reservation(_ bytes: ArraySlice<UInt8>) -> Self? {
    var reader = TextReader(bytes)
    if reader.skip(through: "reserved mem: 0x") {
      guard let start = reader.hexadecimal(), reader.skip("..0x"), let last = reader.hexadecimal(),
        reader.skip(through: ") "), let range = AddressRange(start: start, last: last)
      else { return nil }
      // What is reusable is given to the kernel until its owner wants it.
      let words = reader.rest.split(separator: " ")
      guard !words.contains("reusable"), let name = words.last else { return nil }
      return .reservation(range, name: String(name))
    }
    reader = TextReader(bytes)
    guard reader.skip(through: "created DMA memory pool at 0x"), let start = reader.hexadecimal(),
      reader.skip(", size "), let count = reader.decimal(), reader.skip(" MiB"), count <= 1 << 40,
      let range = AddressRange(start: start, byteCount: count << 20)
    else { return nil }
    return .reservation(range, name: "DMA memory pool")
  }

  private static func inclusive(_ reader: inout TextReader) -> AddressRange? {
    guard reader.skip("0x"), let start = reader.hexadecimal(), reader.skip("-0x"),
      let last = reader.hexadecimal()
    else { return nil }
    return AddressRange(start: start, last: last)
  }
}
