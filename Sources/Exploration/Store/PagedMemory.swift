import CIntrinsics
import Glibc

/// Memory that begins as zeros and grows without being copied: the system moves pages, and has none
/// for what has never been written to.
///
/// An owner that is used by one thread at a time; what it points to is the user's business.
final class PagedMemory<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  /// Elements that there is room for.
  private(set) var count: Int
  private var byteCount: Int

  /// From here on a table is worth large pages: they cost one entry of the translation buffer for
  /// 2 MiB, and a random access to a table of 1 GiB takes 20 ns in place of 38.
  private static var largePagesFrom: Int { 16 << 20 }

  /// - Returns: Nil if the system has no room.
  init?(count: Int) {
    byteCount = Self.byteCount(count)
    guard let base = mmap(
      nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
      base != MAP_FAILED
    else { return nil }
    self.base = base.bindMemory(to: Element.self, capacity: count)
    self.count = count
    askForLargePages()
  }

  deinit { munmap(base, byteCount) }

  /// Makes room for more elements, which are zeros; the others stay as they are, but may lie
  /// elsewhere.
  ///
  /// - Returns: False, and nothing has changed, if the system has no room.
  func grow(to count: Int) -> Bool {
    let grown = Self.byteCount(count)
    guard let moved = mremap_may_move(base, UInt(byteCount), UInt(grown)) else { return false }
    base = moved.bindMemory(to: Element.self, capacity: count)
    self.count = count
    byteCount = grown
    askForLargePages()
    return true
  }

  private func askForLargePages() {
    if byteCount >= Self.largePagesFrom { madvise(base, byteCount, MADV_HUGEPAGE) }
  }

  /// Whole pages.
  private static func byteCount(_ count: Int) -> Int {
    (max(1, count) * MemoryLayout<Element>.stride + 4095) & ~4095
  }
}
