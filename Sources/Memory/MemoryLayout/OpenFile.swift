import Glibc

/// A file whose bytes are read where they are wanted.
final class OpenFile: ByteSource {
  let byteCount: UInt64
  private let path: String
  private let descriptor: Int32

  init(path: String) throws(LayoutInputError) {
    self.path = path
    do throws(InputFileError) {
      let (descriptor, status) = try InputFile.open(path, kinds: nil)
      self.descriptor = descriptor
      byteCount = UInt64(max(0, status.st_size))
    } catch .unfit(_, isFolder: true) {
      throw LayoutInputError(
        .unreadable("it is a folder, and no regular file"), path: path)
    } catch {
      throw error.of(path)
    }
  }

  deinit { close(descriptor) }

  /// SEEK_DATA of linux/fs.h, which Swift's module of glibc leaves out.
  private static let seekData: Int32 = 3

  /// Holes of a file take no room and are not read, however large.
  func nextStoredByte(from offset: UInt64) -> UInt64 {
    let start = lseek(descriptor, off_t(clamping: offset), Self.seekData)
    if start >= 0 { return min(UInt64(start), byteCount) }
    return errno == ENXIO ? byteCount : min(offset, byteCount)
  }

  func bytes(at offset: UInt64, count: Int) throws(LayoutInputError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let result = bytes[done...].withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress, $0.count, off_t(clamping: offset) + off_t(done))
      }
      if result < 0, errno == EINTR { continue }
      guard result >= 0 else { throw InputFileError.system(errno).of(path) }
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
