import Glibc

/// A folder of the file system.
package enum Folder {
  /// The names in a folder, without `.` and `..`, in no order.
  ///
  /// - Parameter followsLink: Whether the last part of the path may be a link to a folder.
  /// - Throws: The system's reason if it cannot be read: a path with a zero byte is that of no folder.
  package static func names(
    in path: String, followsLink: Bool = true
  ) throws(SystemReason) -> [String] {
    // To the system the path would end at the zero byte, and be another one.
    guard !path.utf8.contains(0) else { throw SystemReason(ENOENT) }
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW)
    let descriptor = open(path, flags)
    guard descriptor >= 0 else { throw SystemReason(errno) }
    guard let stream = fdopendir(descriptor) else {
      let reason = SystemReason(errno)
      close(descriptor)
      throw reason
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      // The name is the last member of a structure of no fixed size.
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
