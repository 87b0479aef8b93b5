import FileSystem
import Glibc
import Synchronization

/// The folder of a search: made where it is missing, empty where it is not, and removed with the search if
/// it was made for it.
///
/// Files have no name for longer than it takes to open them, so that however the process ends, the
/// system takes them back.
package final class DiskFolder: Sendable {
  let path: String
  private let isOurs: Bool
  private let fileCount = Atomic<Int>(0)

  /// - Throws: Why the folder is not usable.
  package init(_ options: DiskOptions?) throws(DiskFailure) {
    guard let path = options?.folder else { throw DiskFailure(.notNamed, folder: "") }
    self.path = path
    if mkdir(path, 0o700) == 0 {
      isOurs = true
      return
    }
    let reason = errno
    isOurs = false
    guard reason == EEXIST else { throw DiskFailure(.unusable(SystemReason(reason)), folder: path) }
    try Self.checkEmpty(path)
  }

  deinit { if isOurs { rmdir(path) } }

  /// An own file system has a folder from the beginning.
  private static let known: Set<String> = ["lost+found"]

  private static func checkEmpty(_ path: String) throws(DiskFailure) {
    let names: [String]
    do throws(SystemReason) { names = try Folder.names(in: path) } catch {
      throw DiskFailure(.unusable(error), folder: path)
    }
    guard names.allSatisfy(known.contains) else { throw DiskFailure(.notEmpty, folder: path) }
    guard access(path, W_OK | X_OK) == 0 else {
      throw DiskFailure(.unusable(SystemReason(errno)), folder: path)
    }
  }

  /// The descriptor of a new file without a name.
  func makeFile() throws(DiskFailure) -> Int32 {
    let number = fileCount.add(1, ordering: .relaxed).newValue
    let name = "\(path)/states-\(getpid())-\(number)"
    let descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if descriptor >= 0 { unlink(name) }
    guard descriptor >= 0 else {
      let reason = errno
      throw DiskFailure(
        [ENOSPC, EDQUOT].contains(reason)
          ? .full(SystemReason(reason)) : .unusable(SystemReason(reason)), folder: path)
    }
    return descriptor
  }
}
