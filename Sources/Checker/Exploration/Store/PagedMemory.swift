import CIntrinsics
import Glibc

/// Memory that begins as zeros and grows without being copied: it lies at the beginning of a range
/// of addresses as large as the machine's memory, and the system has no page for what has never
/// been written to. Where so many addresses are not to be had, pages are moved to where there is
/// room.
///
/// What is smaller than a page and may be one of thousands lies beside others in the heap, until it
/// grows: it would take a page of its own, mostly unused.
///
/// An owner that is used by one thread at a time; what it points to is the user's business.
final class PagedMemory<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  /// Addresses that are this memory's.
  private var byteCount: Int
  /// Whether it is a part of the heap.
  private var isInHeap = false

  /// The size of a large page. One takes one entry of the translation buffer; a random access to a
  /// table of 1 GiB takes 20 ns in place of 38.
  private static var largePage: Int { 2 << 20 }

  /// - Parameters:
  ///   - count: Elements to begin with.
  ///   - grows: Whether it is to be made larger.
  ///   - hasLargePages: False where little of it may be written to, here and there.
  ///   - isOneOfMany: Whether it has no page of its own as long as it is small.
  /// - Returns: Nil if the system has no room.
  init?(
    count: Int, grows: Bool = false, hasLargePages: Bool = true, isOneOfMany: Bool = false
  ) {
    let small = max(1, count) * MemoryLayout<Element>.stride
    if isOneOfMany, small < Self.pageByteCount {
      guard let memory = calloc_or_null(1, small) else { return nil }
      base = memory.bindMemory(to: Element.self, capacity: count)
      byteCount = small
      isInHeap = true
      return
    }
    let least = Self.byteCount(count)
    let most = grows ? max(least, Self.physicalByteCount) : least
    guard let mapped = Self.map(most) ?? Self.map(least) else { return nil }
    base = mapped.base.bindMemory(to: Element.self, capacity: count)
    byteCount = mapped.byteCount
    if hasLargePages { askForLargePages(least) }
  }

  /// Moves what there is to large pages. Systems before Linux 6.1 do so in the course of time.
  func takeLargePages() {
    askForLargePages(byteCount)
    let collapse: Int32 = 25  // MADV_COLLAPSE, which older headers do not have
    madvise(base, byteCount, collapse)
  }

  deinit { if isInHeap { free(base) } else { munmap(base, byteCount) } }

  /// Makes room for more elements, which are zeros; the others stay as they are, but may lie
  /// elsewhere.
  ///
  /// - Returns: False, and nothing has changed, if the system has no room.
  func grow(to count: Int) -> Bool {
    if isInHeap { return leaveHeap(count) }
    let grown = Self.byteCount(count)
    if grown <= byteCount {
      askForLargePages(grown)
      return true
    }
    guard let moved = mremap_may_move(base, UInt(byteCount), UInt(grown)) else { return false }
    base = moved.bindMemory(to: Element.self, capacity: count)
    byteCount = grown
    askForLargePages(grown)
    return true
  }

  private func leaveHeap(_ count: Int) -> Bool {
    let small = max(1, count) * MemoryLayout<Element>.stride
    if small <= byteCount { return true }
    if small < Self.pageByteCount {
      guard let memory = calloc_or_null(1, small) else { return false }
      memory.copyMemory(from: base, byteCount: byteCount)
      free(base)
      base = memory.bindMemory(to: Element.self, capacity: count)
      byteCount = small
      return true
    }
    let least = Self.byteCount(count)
    guard let mapped = Self.map(max(least, Self.physicalByteCount)) ?? Self.map(least) else {
      return false
    }
    mapped.base.copyMemory(from: base, byteCount: byteCount)
    free(base)
    base = mapped.base.bindMemory(to: Element.self, capacity: count)
    byteCount = mapped.byteCount
    isInHeap = false
    askForLargePages(least)
    return true
  }

  private static var pageByteCount: Int { 4096 }

  /// Once they are worth it: of a little memory in many places, large ones would be mostly unused.
  private func askForLargePages(_ usedByteCount: Int) {
    if usedByteCount >= 4 * Self.largePage { madvise(base, usedByteCount, MADV_HUGEPAGE) }
  }

  private static func map(_ byteCount: Int) -> (base: UnsafeMutableRawPointer, byteCount: Int)? {
    guard
      let mapped = mmap(
        nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0),
      mapped != MAP_FAILED
    else { return nil }
    return (mapped, byteCount)
  }

  /// Whole pages.
  private static func byteCount(_ count: Int) -> Int {
    (max(1, count) * MemoryLayout<Element>.stride + 4095) & ~4095
  }

  private static var physicalByteCount: Int {
    (max(1, sysconf(Int32(_SC_PHYS_PAGES))) * 4096 + largePage - 1) & ~(largePage - 1)
  }
}
