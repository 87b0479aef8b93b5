import Diagnostics
import Glibc

/// The one place of this layer that touches files.
enum InputFile {
  /// Enough for a log of many starts, and for any device tree.
  static let maximumMapByteCount = 64 << 20

  /// Reads a whole file. Those of /proc and /sys say that they have no bytes, so it is read to its
  /// end.
  static func bytes(ofFile path: String, limit: Int) throws(LayoutInputError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(path) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= limit else {
        throw LayoutInputError(.tooLarge(limit: UInt64(limit)), path: path)
      }
    }
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, without `.` and `..`, in no order.
  static func names(inFolder path: String) throws(LayoutInputError) -> [String] {
    guard let folder = opendir(path) else { throw unreadable(path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  static func unreadable(_ path: String) -> LayoutInputError {
    let number = errno
    return LayoutInputError(
      .unreadable(String(cString: strerror(number))), path: path,
      hint: number == EACCES ? "read it as root" : nil)
  }
}

/// A file whose bytes are read where they are wanted.
final class OpenFile: ByteSource {
  let byteCount: UInt64
  private let path: String
  private let descriptor: Int32

  init(path: String) throws(LayoutInputError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw InputFile.unreadable(path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = InputFile.unreadable(path)
      close(descriptor)
      throw error
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw LayoutInputError(.unreadable("it is no regular file"), path: path)
    }
    byteCount = UInt64(max(0, status.st_size))
  }

  deinit { close(descriptor) }

  func bytes(at offset: UInt64, count: Int) throws(LayoutInputError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let result = bytes[done...].withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, off_t(clamping: offset) + off_t(done))
      }
      if result < 0, errno == EINTR { continue }
      guard result >= 0 else { throw InputFile.unreadable(path) }
      guard result > 0 else {
        throw LayoutInputError(
          .truncated(
            what: "what was there when it was opened", neededByteCount: byteCount,
            byteCount: offset + UInt64(done)), path: path, at: .offset(offset + UInt64(done)))
      }
      done += result
    }
    return bytes
  }
}
