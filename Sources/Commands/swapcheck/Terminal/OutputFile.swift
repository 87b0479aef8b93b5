import CIntrinsics
import Diagnostics
import FileSystem
import Glibc

/// Writes files. Everything that is written beside the standard streams is written here.
///
/// A file is there as a whole or not at all: the text goes into a temporary file beside it, which
/// is renamed. What stood there before keeps its mode and owner, and is not touched where it may
/// not be written, holds the same text already, or the disk is full.
enum OutputFile {
  enum Place {
    /// The user names the file: a link is followed, a pipe or a device is written into, and a file
    /// with other names stays one with them.
    case named
    /// The program names the file, in a folder that the user names. Strangers may have put
    /// something of its name there: a link is not followed, and what is no file is not written to.
    case inFolder
  }

  /// Writes a file.
  static func write(
    _ text: String, to path: String, _ place: Place = .named
  ) throws(CommandFailure) {
    do throws(Failure) {
      try write(Array(text.utf8), to: path, place)
    } catch {
      throw CommandFailure("\(path): error: the file cannot be written: \(error)")
    }
  }

  /// Makes a folder with those that it lies in, where there is none.
  static func makeFolder(_ path: String) throws(CommandFailure) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    for count in parts.indices.map({ $0 + 1 }) where !parts[count - 1].isEmpty {
      let folder = parts[..<count].joined(separator: "/")
      if mkdir(folder, 0o777) == 0 { continue }
      let failure = Failure.system(errno == EEXIST ? ENOTDIR : errno)
      if kind(of: folder) == S_IFDIR { continue }
      throw CommandFailure("\(path): error: the folder cannot be made: \(failure)")
    }
  }

  /// Whether two paths lead to one file.
  static func isSame(_ path: String, _ other: String) -> Bool {
    var (one, two) = (stat(), stat())
    return stat(path, &one) == 0 && stat(other, &two) == 0 && one.st_dev == two.st_dev
      && one.st_ino == two.st_ino
  }

  enum Failure: Error, CustomStringConvertible {
    case system(Int32)
    case refused(String)

    var description: String {
      switch self {
      case .system(let number): SystemReason(number).description
      case .refused(let words): words
      }
    }
  }

  private static func write(
    _ bytes: [UInt8], to path: String, _ place: Place
  ) throws(Failure) {
    // To the system the path would end there, and be another one.
    guard !path.utf8.contains(0) else { throw .system(ENOENT) }
    var status = stat()
    let isThere = (place == .named ? stat(path, &status) : lstat(path, &status)) == 0
    guard isThere else {
      let failure = errno
      guard failure == ENOENT else { throw .system(failure) }
      return try put(bytes, at: place == .named ? target(of: path) : path, over: nil)
    }
    switch (status.st_mode & S_IFMT, place) {
    case (S_IFDIR, _): throw .refused("it is a folder")
    case (S_IFREG, .named): try replace(try realPath(path), status, bytes)
    case (S_IFREG, .inFolder):
      if try hasSame(path, status, bytes) { return }
      try put(bytes, at: path, over: status)
    case (_, .named): try write(bytes, intoDevice: path)
    case (S_IFLNK, .inFolder):
      throw .refused("it is a link, and could lead anywhere; remove it, or name another folder")
    case (_, .inFolder): throw .refused("it is no regular file; remove it")
    }
  }

  // MARK: - What stands there

  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  private static func realPath(_ path: String) throws(Failure) -> String {
    guard let resolved = realpath(path, nil) else { throw .system(errno) }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Where a link leads to that leads to nothing yet.
  private static func target(of path: String) throws(Failure) -> String {
    var path = path
    // As many as Linux follows.
    for _ in 0..<40 {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &buffer, buffer.count - 1)
      guard count >= 0 else { return path }
      let link = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
      path = link.hasPrefix("/") ? link : folder + link
    }
    throw .system(ELOOP)
  }

  /// Whether a file holds these bytes already.
  ///
  /// - Throws: if it may not be written. To root nothing is read-only, but what nobody may write is
  ///   meant to stay.
  private static func hasSame(
    _ path: String, _ status: stat, _ bytes: [UInt8]
  ) throws(Failure) -> Bool {
    if status.st_size == bytes.count, contents(of: path, bytes.count) == bytes { return true }
    guard status.st_mode & 0o222 != 0 else {
      throw .refused("it is read-only; allow it with chmod u+w")
    }
    guard faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 else { throw .system(errno) }
    return false
  }

  private static func contents(of path: String, _ byteCount: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: byteCount)
    var done = 0
    while done < byteCount {
      let count = bytes[done...].withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return nil }
      done += count
    }
    return bytes
  }

  // MARK: - Replacing

  /// Gives a file that the user names another text.
  private static func replace(
    _ path: String, _ status: stat, _ bytes: [UInt8]
  ) throws(Failure) {
    if try hasSame(path, status, bytes) { return }
    // With a new file in its place, other names would keep the old text, and what is not copied
    // would be lost.
    if status.st_nlink > 1 || hasAttributes(path) {
      return try overwrite(path, status, bytes)
    }
    do throws(Failure) {
      try put(bytes, at: path, over: status)
    } catch .system(EACCES), .system(EPERM), .system(EBUSY) {
      // The folder is not ours, the owner cannot be kept, or something is mounted there.
      try overwrite(path, status, bytes)
    }
  }

  /// Whether a file has attributes beside mode and owner, such as an access control list. What
  /// SELinux puts on every file is given to the new one, too.
  private static func hasAttributes(_ path: String) -> Bool {
    var names = [CChar](repeating: 0, count: 1 << 16)
    let count = extended_attributes(path, &names, UInt(names.count))
    guard count > 0 else { return count < 0 && errno == ERANGE }
    let words = names[..<count].map { UInt8(bitPattern: $0) }.split(separator: 0)
    return words.contains { String(decoding: $0, as: UTF8.self) != "security.selinux" }
  }

  /// Puts a new file in the place of a path.
  ///
  /// - Parameter old: What is replaced; its mode and owner are kept.
  private static func put(
    _ bytes: [UInt8], at path: String, over old: stat?
  ) throws(Failure) {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let number = UInt64.random(in: 0...UInt64.max)
    let temporary = folder + ".swapcheck-" + String(number, radix: 36)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = open(temporary, flags, old == nil ? 0o666 : 0o600)
    guard file >= 0 else { throw .system(errno) }
    do throws(Failure) {
      defer { close(file) }
      try writeAll(bytes, to: file)
      if let old {
        var fresh = stat()
        if fstat(file, &fresh) != 0 { throw .system(errno) }
        let isKept = fresh.st_uid == old.st_uid && fresh.st_gid == old.st_gid
        // First the owner: a change of it takes bits of the mode away.
        if !isKept, fchown(file, old.st_uid, old.st_gid) != 0 { throw .system(errno) }
        if fchmod(file, old.st_mode & 0o7777) != 0 { throw .system(errno) }
        // Some systems rename before they write, and a crash would leave an empty file.
        if fsync(file) != 0 { throw .system(errno) }
      }
      if rename(temporary, path) != 0 { throw .system(errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes into a file that has to stay the same one. There is room for all of it before anything
  /// is changed.
  private static func overwrite(
    _ path: String, _ status: stat, _ bytes: [UInt8]
  ) throws(Failure) {
    let file = open(path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { throw .system(errno) }
    defer { close(file) }
    if bytes.count > Int(status.st_size) {
      let failure = posix_fallocate(file, 0, off_t(bytes.count))
      guard failure == 0 else {
        ftruncate(file, status.st_size)
        throw .system(failure)
      }
    }
    try writeAll(bytes, to: file)
    if ftruncate(file, off_t(bytes.count)) != 0 || fsync(file) != 0 { throw .system(errno) }
  }

  private static func write(_ bytes: [UInt8], intoDevice path: String) throws(Failure) {
    let file = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
    guard file >= 0 else { throw .system(errno) }
    defer { close(file) }
    try writeAll(bytes, to: file)
  }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) throws(Failure) {
    guard StandardStreams.write(bytes, to: file) else { throw .system(errno) }
  }
}
