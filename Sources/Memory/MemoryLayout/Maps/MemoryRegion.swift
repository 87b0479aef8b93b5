/// One entry of a memory map.
package struct MemoryRegion: Hashable, Sendable {
  /// What an entry is, told by its name or type alone.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Exactly `System RAM`, `usable`, or a memory node of a device tree.
    case systemRAM = "system RAM"
    /// `System RAM (…)`: memory that a driver or another kernel manages. kexec may not use it.
    case managedRAM = "RAM managed by a driver"
    case kernelCode = "kernel code"
    case kernelReadOnlyData = "kernel rodata"
    case kernelData = "kernel data"
    case kernelBSS = "kernel bss"
    case crashKernel = "crash kernel"
    case acpiTables = "ACPI tables"
    case acpiNonVolatile = "ACPI non-volatile storage"
    case reserved = "reserved"
    /// Reserved by the firmware for a special purpose, such as high-bandwidth memory.
    case softReserved = "soft reserved"
    /// Up to an alignment behind the end of RAM, lest something is put there.
    case ramBuffer = "RAM buffer"
    case unusable = "unusable"
    case persistent = "persistent memory"
    /// System, video and adapter ROM.
    case rom = "ROM"
    /// The initial RAM disk that a device tree names.
    case initialRamDisk = "initrd"
    /// Anything else: a device, a bus, a bridge.
    case other = "other"

    /// Whether the running kernel's own image lies here.
    package var isKernelImage: Bool {
      switch self {
      case .kernelCode, .kernelReadOnlyData, .kernelData, .kernelBSS: true
      default: false
      }
    }
  }

  /// How a device tree restricts a reservation.
  package struct Restrictions: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `no-map`: no kernel may map it, not even without access.
    package static let noMap = Restrictions(rawValue: 1)
    /// `reusable`: the kernel may keep movable pages in it until the owner wants it.
    package static let reusable = Restrictions(rawValue: 2)
    /// `hotpluggable` memory.
    package static let hotPluggable = Restrictions(rawValue: 4)
  }

  package let range: AddressRange
  package let kind: Kind
  /// As the source has it, without blanks around it; bytes that are no UTF-8 are replaced.
  package let name: String
  package let place: InputPlace
  package let restrictions: Restrictions

  /// The place in `MemoryMap.regions` of the innermost region that contains all of this one. Of
  /// equal ranges the earlier in the source contains the later.
  package internal(set) var parent: Int?

  package init(
    range: AddressRange, kind: Kind, name: String, place: InputPlace,
    restrictions: Restrictions = []
  ) {
    self.range = range
    self.kind = kind
    self.name = name
    self.place = place
    self.restrictions = restrictions
    parent = nil
  }
}

extension MemoryRegion.Kind {
  /// Reads a name of `/proc/iomem` or a type of `/sys/firmware/memmap`.
  ///
  /// Names of RAM and of the kernel are matched exactly: `System RAM (multikernel)` is another
  /// kernel's memory. Only `Reserved` and what the firmware map calls its types differ in case from
  /// version to version.
  package init(name: String) {
    switch name {
    case "System RAM": self = .systemRAM
    case "Kernel code": self = .kernelCode
    case "Kernel rodata": self = .kernelReadOnlyData
    case "Kernel data": self = .kernelData
    case "Kernel bss": self = .kernelBSS
    case "Crash kernel": self = .crashKernel
    case "RAM buffer": self = .ramBuffer
    case "Video ROM", "System ROM", "Adapter ROM", "Extension ROM": self = .rom
    default:
      self =
        name.hasPrefix("System RAM (") ? .managedRAM : Self.byFirmwareType(name) ?? .other
    }
  }

  /// Reads a type of the firmware's map, whatever its case: `reserved` of old kernels is `Reserved`
  /// of new ones.
  package init(firmwareType name: String) {
    self =
      name.lowercased() == "system ram" ? .systemRAM : Self.byFirmwareType(name) ?? .other
  }

  /// Reads what is printed behind a range of the e820 table. From Linux 7.0 on these are the names
  /// of `/proc/iomem`, and `device reserved`.
  package init(e820Type name: String) {
    switch name.lowercased() {
    case "usable", "system ram", "kernel usable ram": self = .systemRAM
    case "acpi data": self = .acpiTables
    case "acpi nvs": self = .acpiNonVolatile
    default:
      self =
        name.lowercased().hasPrefix("persistent")
        ? .persistent : Self.byFirmwareType(name) ?? .other
    }
  }

  private static func byFirmwareType(_ name: String) -> Self? {
    switch name.lowercased() {
    case "reserved", "device reserved": .reserved
    case "soft reserved": .softReserved
    case "acpi tables": .acpiTables
    case "acpi non-volatile storage": .acpiNonVolatile
    case "unusable memory", "unusable": .unusable
    case "persistent memory", "persistent memory (legacy)": .persistent
    default: nil
    }
  }
}
