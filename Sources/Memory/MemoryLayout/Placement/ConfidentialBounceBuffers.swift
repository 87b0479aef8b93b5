/// The swiotlb of a guest whose memory is encrypted (SEV, TDX): all of its DMA goes through it.
///
/// `mem_encrypt_setup_arch` of arch/x86/mm/mem_encrypt.c asks for 6 % of the memory, at least 64
/// MiB and at most 1 GiB. That is before processors are counted, so `BounceBuffers` makes of it
/// what it makes of any size. `swiotlb_adjust_size` leaves a size of the command line alone, unless
/// it is 64 MiB: it cannot tell that from none.
package enum ConfidentialBounceBuffers {
  /// Bytes that are asked for at most.
  package static let most: UInt64 = 1 << 30

  private static let percent: UInt64 = 6

  /// Bytes that are asked for, of which `BounceBuffers.byteCount(asked:)` says what becomes.
  ///
  /// - Parameter memory: Bytes that the kernel manages.
  package static func asked(memory: UInt64) -> UInt64 {
    // Six hundredths of 64 bits have 64 bits.
    let share = UInt64(UInt128(memory) * UInt128(percent) / 100)
    return min(max(share, PlacementNumber.bounceBuffers), most)
  }

  /// What is taken.
  ///
  /// - Parameter memory: Bytes that the kernel manages.
  package static func byteCount(memory: UInt64) -> UInt64 {
    BounceBuffers.byteCount(asked: asked(memory: memory))
  }

  /// Where `byteCount(memory:)` grows within a range, by what; its least value has all before.
  package static func steps(memory bounds: ClosedRange<UInt64>) -> [BounceBuffers.Step] {
    var steps: [BounceBuffers.Step] = []
    var byteCount = byteCount(memory: bounds.lowerBound)
    while byteCount < most {
      // The least memory of which 6 % are more than so many bytes.
      let hundredths = (byteCount + 1) * 100
      let isWhole = hundredths % percent == 0
      let memory = hundredths / percent + (isWhole ? 0 : 1)
      guard memory <= bounds.upperBound else { break }
      steps.append(BounceBuffers.Step(value: memory, byteCount: byteCount))
      byteCount *= 2
    }
    return steps
  }
}
