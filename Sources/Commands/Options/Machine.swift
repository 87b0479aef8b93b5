import Exploration
import Glibc

/// What this machine gives where nothing is asked for.
package enum Machine {
  /// All cores, and 64 at most.
  package static var threadCount: Int {
    min(64, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
  }

  /// Three quarters of what the machine has left; half of what the system lets this process have,
  /// where that is less (`ulimit -v`, control groups): a compiler takes some of it, and whoever takes
  /// more is killed.
  package static var memoryByteCount: Int {
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let free = min(machine, ProcessLimits.machineBytesLeft ?? machine) / 4 * 3
    return min(free, ProcessLimits.bytesLeft.map { $0 / 2 } ?? free)
  }

  /// As much as is asked for, as far as the process may have it.
  ///
  /// - Returns: What it gets, and what is left of its limit where that is less; nil where all that
  ///   is asked for can be had.
  package static func shortened(_ asked: Int) -> (granted: Int, left: Int)? {
    guard let left = ProcessLimits.bytesLeft, asked > left / 4 * 3 else { return nil }
    return (left / 4 * 3, left)
  }
}
