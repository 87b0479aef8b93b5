import CIntrinsics
import Glibc

/// Memory of `malloc`, for what grows and may come to where there is no more: the memory of Swift's
/// arrays and pointers ends the process there.
extension UnsafeMutablePointer where Pointee: BitwiseCopyable {
  /// Memory to begin with, of some megabytes at most; `free` gives it back.
  static func fromMalloc(count: Int) -> UnsafeMutablePointer {
    guard let memory = malloc_or_null(max(1, count) * MemoryLayout<Pointee>.stride) else {
      // Before anything has been found; malloc's memory and this are one.
      return .allocate(capacity: max(1, count))
    }
    return memory.bindMemory(to: Pointee.self, capacity: max(1, count))
  }

  /// Makes memory of `malloc` larger or smaller; what there is may lie elsewhere then.
  ///
  /// - Returns: False, and nothing has changed, if the system has no room.
  mutating func resize(to count: Int) -> Bool {
    guard let memory = realloc_or_null(self, max(1, count) * MemoryLayout<Pointee>.stride) else {
      return false
    }
    self = memory.bindMemory(to: Pointee.self, capacity: max(1, count))
    return true
  }
}
