/// The swiotlb of a guest whose memory is encrypted (SEV, TDX): all of its DMA goes through it.
///
/// `mem_encrypt_setup_arch` of arch/x86/mm/mem_encrypt.c asks for 6 % of the memory, at least 64
/// MiB and at most 1 GiB; `round_up_default_nslabs` of kernel/dma/swiotlb.c makes a power of two of
/// it, from Linux 6.0 on. Before, it was rounded up to 256 KiB, so that this is never too little.
public enum ConfidentialBounceBuffers {
  /// From a size of memory on, so many bytes.
  public struct Step: Hashable, Sendable {
    public let memory: UInt64
    public let byteCount: UInt64
  }

  /// Lowest first; the first is for any memory.
  public static let steps: [Step] =
    [Step(memory: 0, byteCount: PlacementNumber.bounceBuffers)]
    + [UInt64(64) << 20, 128 << 20, 256 << 20, 512 << 20].map { byteCount in
      // The least memory of which 6 % are more than so many bytes.
      let hundredths = (byteCount + 1) * 100
      let isWhole = hundredths % percent == 0
      return Step(memory: hundredths / percent + (isWhole ? 0 : 1), byteCount: 2 * byteCount)
    }

  private static let percent: UInt64 = 6

  /// - Parameter memory: Bytes that the kernel manages.
  public static func byteCount(memory: UInt64) -> UInt64 {
    steps.last { $0.memory <= memory }?.byteCount ?? PlacementNumber.bounceBuffers
  }
}
