import FileSystem
package import Glibc

/// The few operations on files that caches need, without surprises about permissions.
package enum Files {
  /// The bytes of a file, up to a limit; nil if it cannot be read.
  package static func read(_ path: String, atMost limit: Int = .max) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0 { return nil }
      bytes += buffer[..<min(count, limit - bytes.count)]
      if count == 0 || bytes.count == limit { return bytes }
    }
  }

  /// Writes a new file that only its owner can read; whether all of it was written.
  package static func write(_ bytes: [UInt8], to path: String) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return false }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count <= 0 { break }
      written += count
    }
    return close(file) == 0 && written == bytes.count
  }

  /// Whether nobody but this user could have put it there or changed it.
  package static func isOurs(_ path: String, _ kind: mode_t) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == kind && status.st_uid == geteuid()
      && status.st_mode & 0o022 == 0
  }

  /// Whether nobody but this user, or root, could put another folder in the place of one: all
  /// folders above it are theirs, and others may write to none of them, or take nothing away there.
  package static func isSafe(_ folder: String) -> Bool {
    guard let real = realpath(folder, nil) else { return false }
    defer { free(real) }
    var path = String(cString: real)
    while true {
      var status = stat()
      guard lstat(path, &status) == 0, status.st_uid == geteuid() || status.st_uid == 0,
        status.st_mode & 0o022 == 0 || status.st_mode & S_ISVTX != 0
      else { return false }
      guard path != "/", let slash = path.lastIndex(of: "/") else { return true }
      path = slash == path.startIndex ? "/" : String(path[..<slash])
    }
  }

  /// Removes a folder with all that is in it, or a file, or a link and not what it leads to.
  package static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in names(in: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }

  /// What is in a folder, if it can be read and is no link.
  package static func names(in folder: String) -> [String] {
    (try? Folder.names(in: folder, followsLink: false)) ?? []
  }

  /// Seconds since what a folder holds has changed, or since `touch`; nil if there is none.
  package static func age(_ folder: String) -> Int? {
    var status = stat()
    guard lstat(folder, &status) == 0 else { return nil }
    return time(nil) - status.st_mtim.tv_sec
  }

  /// Makes a folder as young as one that has just been made.
  package static func touch(_ folder: String) {
    utimensat(AT_FDCWD, folder, nil, AT_SYMLINK_NOFOLLOW)
  }

  /// A fingerprint against accidents (FNV-1a; Fowler, Noll, Vo), not against forgery.
  ///
  /// Of arrays alone: it goes over all of the emitted C twice, and as a generic function, which another
  /// module calls unspecialized, took 8 of the 33 ms of a small check.
  ///
  /// - Parameter isReversed: Whether the bytes are taken from the last one on.
  package static func fingerprint(_ bytes: [UInt8], isReversed: Bool = false) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    if isReversed {
      for byte in bytes.reversed() { add(byte) }
    } else {
      for byte in bytes { add(byte) }
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
