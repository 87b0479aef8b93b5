package import Glibc

/// Threads with room for the recursion of deep models: as much as the system gives, up to what the
/// deepest calls take.
package enum LargeStack {
  private static let mostBytes = 512 << 20
  /// An ordinary thread's; what nests deeper than it allows is not decided.
  private static let leastBytes = 4 << 20

  /// Starts a thread.
  ///
  /// - Parameters:
  ///   - owner: What the thread is given; it has to keep itself alive.
  /// - Returns: Nil if the system has no thread, not even with a small stack.
  package static func start(
    _ owner: UnsafeMutableRawPointer,
    _ body: @escaping @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
  ) -> pthread_t? {
    // Where addresses are few, most are for states.
    var byteCount = min(mostBytes, max(leastBytes, (ProcessLimits.addressesLeft ?? .max) / 8))
    byteCount &= ~0xFFFF
    while byteCount >= leastBytes {
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      pthread_attr_setstacksize(&attributes, byteCount)
      var thread = pthread_t()
      let status = pthread_create(&thread, &attributes, body, owner)
      pthread_attr_destroy(&attributes)
      if status == 0 { return thread }
      byteCount = (byteCount / 2) & ~0xFFFF
    }
    return nil
  }
}
