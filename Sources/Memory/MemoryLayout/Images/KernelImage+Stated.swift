extension KernelImage {
  /// An image that is described by numbers and not read from a file.
  ///
  /// - Parameters:
  ///   - path: Where the numbers stand.
  ///   - memoryByteCount: Contiguous bytes that it needs to start; at least 1.
  ///   - alignment: A power of two.
  ///   - preferredAddress: Where it wants to be; if it is not relocatable, where it must be.
  ///   - addressLimit: Address of the first byte that it may not touch; nil if any will do.
  package static func stated(
    path: String, architecture: Architecture, memoryByteCount: UInt64, alignment: UInt64,
    preferredAddress: UInt64?, isRelocatable: Bool, addressLimit: UInt64?
  ) -> KernelImage {
    func stated<Value>(_ value: Value) -> Sourced<Value> { Sourced(value, "the kernel of \(path)") }
    return KernelImage(
      path: path, format: .stated, architecture: stated(architecture),
      fileByteCount: memoryByteCount, loadedByteCount: stated(memoryByteCount),
      memoryByteCount: stated(memoryByteCount), alignment: stated(alignment),
      minimumAlignment: stated(alignment), offsetFromBase: stated(0),
      preferredAddress: stated(preferredAddress), isRelocatable: stated(isRelocatable),
      addressLimit: stated(addressLimit), lastInitrdAddress: stated(nil),
      commandLineByteCount: stated(nil), segments: [])
  }
}
