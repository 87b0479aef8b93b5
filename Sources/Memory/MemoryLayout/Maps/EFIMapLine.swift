/// A line of a kernel log with an entry of EFI's memory map, as `efi=debug` prints it; nil for any
/// other line.
///
/// Sources: efi_print_memmap of arch/x86/platform/efi/efi.c (`efi: mem00: [Conventional Memory| …]
/// range=[0x…-0x…]`; until Linux 4.5 the end is behind the last byte and a parenthesis follows; before
/// 3.19 `type=7, attr=0xf`); reserve_regions of drivers/firmware/efi/efi-init.c
/// (`efi:   0x…-0x… [Conventional Memory| …]`).
struct EFIMapLine {
  let range: AddressRange
  /// What Linux makes of it: memory of boot services and boot loaders is RAM afterwards.
  let kind: MemoryRegion.Kind
  /// As EFI calls it.
  let type: String
  /// Whether it is the first line of a table.
  let isFirst: Bool

  init?(_ bytes: ArraySlice<UInt8>) {
    var reader = TextReader(bytes)
    guard reader.skip(through: "efi: ") else { return nil }
    reader.skipBlanks()
    if reader.skip("mem") {
      guard let number = reader.decimal(), reader.skip(":") else { return nil }
      reader.skipBlanks()
      guard let (type, attributes) = Self.description(&reader) else { return nil }
      guard reader.skip(through: "range=["), let range = Self.range(&reader) else { return nil }
      self.init(range, type, attributes, isFirst: number == 0)
    } else {
      guard let range = Self.range(&reader) else { return nil }
      reader.skipBlanks()
      guard let (type, attributes) = Self.description(&reader) else { return nil }
      self.init(range, type, attributes, isFirst: false)
    }
  }

  private init(_ range: AddressRange, _ type: String, _ attributes: Attributes, isFirst: Bool) {
    self.range = range
    self.type = type
    self.isFirst = isFirst
    kind = Self.kind(of: type, attributes)
  }

  private struct Attributes {
    var isWriteBack = false
    var isSpecificPurpose = false
  }

  /// `[Type|RUN|  |…|WB|WT|WC|UC]`, or `type=7, attr=0xf`.
  private static func description(_ reader: inout TextReader) -> (String, Attributes)? {
    if reader.skip("type=") {
      guard let number = reader.decimal(), number < types.count, reader.skip(", attr=0x"),
        let bits = reader.hexadecimal()
      else { return nil }
      return (types[Int(number)], attributes(bits))
    }
    guard reader.skip("[") else { return nil }
    let text = reader.remaining.prefix { $0 != UInt8(ascii: "]") }
    reader = TextReader(reader.remaining.dropFirst(text.count))
    guard reader.skip("]") else { return nil }
    let fields = text.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      .map(trimmed)
    guard fields.count > 1, let type = fields.first, !type.isEmpty else { return nil }
    var found = Attributes()
    for field in fields.dropFirst() {
      if field == "WB" { found.isWriteBack = true }
      if field == "SP" { found.isSpecificPurpose = true }
      if field.hasPrefix("attr=0x"), let bits = UInt64(field.dropFirst(7), radix: 16) {
        found = attributes(bits)
      }
    }
    return (type, found)
  }

  /// EFI_MEMORY_WB and EFI_MEMORY_SP.
  private static func attributes(_ bits: UInt64) -> Attributes {
    Attributes(isWriteBack: bits & 0x8 != 0, isSpecificPurpose: bits & 0x40000 != 0)
  }

  private static func range(_ reader: inout TextReader) -> AddressRange? {
    guard reader.skip("0x"), let start = reader.hexadecimal(), reader.skip("-0x"),
      let end = reader.hexadecimal()
    else { return nil }
    if reader.skip(")") { return end > 0 ? AddressRange(start: start, last: end - 1) : nil }
    _ = reader.skip("]")
    return AddressRange(start: start, last: end)
  }

  /// By number (UEFI Specification 2.10, 7.2.3).
  private static let types = [
    "Reserved", "Loader Code", "Loader Data", "Boot Code", "Boot Data", "Runtime Code",
    "Runtime Data", "Conventional", "Unusable", "ACPI Reclaim", "ACPI Mem NVS", "MMIO", "MMIO Port",
    "PAL Code", "Persistent", "Unaccepted",
  ]

  /// As do_add_efi_memmap of arch/x86/platform/efi/efi.c decides.
  private static func kind(of type: String, _ attributes: Attributes) -> MemoryRegion.Kind {
    let words = type.lowercased()
    switch words {
    case "loader code", "loader data", "boot code", "boot data", "boot services code",
      "boot services data", "conventional", "conventional memory":
      if attributes.isSpecificPurpose { return .softReserved }
      return attributes.isWriteBack ? .systemRAM : .reserved
    case "unusable", "unusable memory": return .unusable
    case "persistent", "persistent memory": return .persistent
    default:
      if words.hasPrefix("acpi reclaim") { return .acpiTables }
      if words.hasPrefix("acpi mem") { return .acpiNonVolatile }
      return .reserved
    }
  }
}
