/// What was found out about a machine, and where.
package struct MachineFindings: Hashable, Sendable {
  /// A value, and the file that it is from.
  package struct Found<Value: Hashable & Sendable>: Hashable, Sendable {
    package let value: Value
    package let path: String

    package init(_ value: Value, from path: String) {
      (self.value, self.path) = (value, path)
    }
  }

  /// Nil if no source shows RAM.
  package internal(set) var map: Found<MemoryMap>?
  /// Why sources of a map are none, one sentence each; up to the one that was taken.
  package internal(set) var refusedMaps: [String] = []
  /// Such as `6.18.0-2-amd64`.
  package internal(set) var release: Found<String>?
  package internal(set) var options: Found<KernelOptions>?
  /// Processors that the running kernel takes for possible.
  package internal(set) var processorCount: Found<UInt64>?
  package internal(set) var nodeCount: Found<UInt64>?
  /// Bytes of MemAvailable.
  package internal(set) var availableByteCount: Found<UInt64>?
  /// Bytes that are reserved for a crash kernel; 0 if there is none.
  package internal(set) var crashKernelByteCount: Found<UInt64>?
  /// Whether a kernel is loaded already for the next kexec.
  package internal(set) var isKexecLoaded: Found<Bool>?
  /// Whether the page tables of the running kernel have five levels, of x86-64.
  package internal(set) var hasFiveLevels: Found<Bool>?
  /// The scratch areas of KHO.
  package internal(set) var handoverScratch: Found<[AddressRange]>?
  /// The running kernel's image and its initrd.
  package internal(set) var kernel: Found<String>?
  package internal(set) var initrd: Found<String>?
  /// What is there and was not read, and why, one sentence each.
  package internal(set) var notes: [String] = []
}
