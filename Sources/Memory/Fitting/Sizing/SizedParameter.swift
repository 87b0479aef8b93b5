/// What the least value is asked for of.
package enum SizedParameter: String, Hashable, Sendable, CaseIterable {
  /// `crashkernel=`.
  case crashKernel = "crashkernel"
  /// `kho_scratch=`.
  case handoverScratch = "kho-scratch"
  /// `swiotlb=`.
  case bounceBuffers = "swiotlb"
  /// RAM of the relieving kernel, `mem=`.
  case memory
}
