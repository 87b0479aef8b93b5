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
  /// Memory that kernels of a common pool have together, or one that is put into a region.
  case pool
}
