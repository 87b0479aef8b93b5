import CIntrinsics
import Glibc

/// Writes a new file of blocks. Until it is finished nothing of it is known to be on the device.
///
/// What has been written is given to the device some megabytes at a time, and the system's copy of it
/// dropped: else the page cache would fill with gigabytes that nobody reads, and a machine that has
/// less memory than that would take it from the search.
package final class BlockWriter {
  private let file: Int32
  private let kind: FileRecord.Kind
  private let identity: BlockFile
  private var blockCount: UInt64 = 0
  private var byteCount = 0
  /// Up to where the file is on its device, and up to where it is on the way there.
  private var settled = 0
  private var begun = 0

  /// Bytes that are given to the device at once.
  private static let windowByteCount = 8 << 20

  /// Makes a file, which must not be there.
  ///
  /// - Parameter folder: The descriptor of its folder.
  init(
    _ kind: FileRecord.Kind, _ identity: BlockFile, name: String, in folder: Int32
  ) throws(BlockFileError) {
    self.kind = kind
    self.identity = identity
    file = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw .system(errno) }
    guard let header = BlockBuffer(capacity: BlockFile.headerByteCount) else {
      throw .system(ENOMEM)
    }
    header.append(BlockFile.magic)
    header.append(BlockFile.format)
    header.append(kind.rawValue)
    header.append(identity.search.low)
    header.append(identity.search.high)
    header.append(identity.number)
    let bytes = UnsafeRawBufferPointer(
      start: header.base + BlockBuffer.headByteCount, count: header.count)
    header.append(BlockSum.sum(bytes, seed: 0))
    try write(
      UnsafeRawBufferPointer(
        start: header.base + BlockBuffer.headByteCount, count: header.count))
  }

  deinit { close(file) }

  /// Writes a block; the buffer can be used again then.
  ///
  /// - Parameter tag: What is in it, for who reads; not 0.
  package func write(_ tag: UInt32, _ block: BlockBuffer) throws(BlockFileError) {
    if block.isShort { throw .system(ENOMEM) }
    let (base, count) = (block.base, block.count)
    base.storeBytes(of: UInt64(tag).littleEndian, as: UInt64.self)
    base.storeBytes(of: UInt64(count).littleEndian, toByteOffset: 8, as: UInt64.self)
    let end = BlockBuffer.headByteCount + count
    let sum = BlockSum.sum(
      UnsafeRawBufferPointer(start: base, count: end), seed: identity.seed(block: blockCount))
    (base + end).storeBytes(of: sum.littleEndian, as: UInt64.self)
    try write(UnsafeRawBufferPointer(start: base, count: end + BlockBuffer.tailByteCount))
    blockCount += 1
    block.removeAll()
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(BlockFileError) {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(file, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if count > 0 {
        done += count
      } else if count == 0 || errno != EINTR {
        throw .system(count == 0 ? EIO : errno)
      }
    }
    byteCount += done
    guard byteCount - begun >= Self.windowByteCount else { return }
    begin_write_back(file, begun, byteCount - begun)
    if begun > settled { end_write_back(file, settled, begun - settled) }
    (settled, begun) = (begun, byteCount)
  }

  /// Ends the file, and sees to it that all of it is on the device.
  func finish(_ buffer: BlockBuffer) throws(BlockFileError) -> FileRecord {
    buffer.removeAll()
    buffer.append(blockCount)
    try write(BlockFile.end, buffer)
    guard fsync(file) == 0 else { throw .system(errno) }
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
    return FileRecord(kind: kind, number: identity.number, byteCount: byteCount)
  }
}

/// A file of a checkpoint, as the folder's list has it.
package struct FileRecord: Sendable, Hashable {
  package let kind: Kind
  let number: UInt64
  package let byteCount: Int

  /// What a file has.
  package enum Kind: UInt32, Sendable, CaseIterable {
    /// The list of the other files, and what a checkpoint has beside them.
    case list = 1
    /// States that will never change.
    case states = 2
    /// What is replaced by every further checkpoint.
    case level = 3
    /// Transitions that will never change.
    case transitions = 4
  }

  var name: String { "\(kind)-\(number)" }

  package func append(to buffer: BlockBuffer) {
    buffer.append(kind.rawValue)
    buffer.append(number)
    buffer.append(byteCount)
  }

  package static func read(_ bytes: inout BlockBytes) throws(BlockBytes.Unexpected) -> FileRecord {
    guard let kind = Kind(rawValue: try bytes.number()) else { throw BlockBytes.Unexpected() }
    return FileRecord(kind: kind, number: try bytes.number(), byteCount: try bytes.count())
  }
}
