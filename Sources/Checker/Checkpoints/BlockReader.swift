import CIntrinsics
import Glibc

/// Reads a file of blocks, one after the other, and believes nothing of it before its sum is right.
package final class BlockReader {
  private let file: Int32
  /// What the file is to be.
  private(set) var identity: BlockFile
  private let byteCount: Int
  private var position = 0
  private var blockCount: UInt64 = 0
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int

  /// A block as it was written.
  package struct Block {
    package let tag: UInt32
    /// Valid until the next block is read.
    package let bytes: BlockBytes
  }

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - record: What is known of it; nil of the list of files.
  ///   - folder: The descriptor of its folder.
  init(
    _ kind: FileRecord.Kind, name: String, _ record: (FileRecord, SearchNumber)?, in folder: Int32
  ) throws(BlockFileError) {
    file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    let failure = errno
    capacity = 1 << 16
    guard let memory = malloc_or_null(capacity) else {
      if file >= 0 { close(file) }
      throw .system(ENOMEM)
    }
    self.memory = memory
    identity = BlockFile(search: SearchNumber(low: 0, high: 0), number: 0)
    guard file >= 0 else {
      byteCount = 0
      throw failure == ENOENT ? .damage(.isMissing) : .system(failure)
    }
    var status = stat()
    guard fstat(file, &status) == 0 else {
      byteCount = 0
      throw .system(errno)
    }
    byteCount = Int(status.st_size)
    guard status.st_mode & S_IFMT == S_IFREG else { throw .damage(.hasOtherBytes) }
    posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL)
    identity = try header(kind)
    guard let (record, search) = record else { return }
    guard identity.search == search, identity.number == record.number else {
      throw .damage(.isOfAnotherSearch)
    }
    if byteCount < record.byteCount { throw .damage(.isTruncated) }
    if byteCount > record.byteCount { throw .damage(.hasOtherBytes) }
  }

  deinit {
    free(memory)
    if file >= 0 {
      posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
      close(file)
    }
  }

  private func header(_ kind: FileRecord.Kind) throws(BlockFileError) -> BlockFile {
    var bytes = BlockBytes(try read(BlockFile.headerByteCount))
    do throws(BlockBytes.Unexpected) {
      guard try bytes.number() == BlockFile.magic else { throw BlockBytes.Unexpected() }
      let format = try bytes.number(UInt32.self)
      let found = try bytes.number(UInt32.self)
      let search = SearchNumber(low: try bytes.number(), high: try bytes.number())
      let number = try bytes.number(UInt64.self)
      let sum = BlockSum.sum(
        UnsafeRawBufferPointer(start: memory, count: BlockFile.headerByteCount - 8), seed: 0)
      guard try bytes.number() == sum else { throw BlockBytes.Unexpected() }
      // A newer one may mean the rest otherwise.
      if format != BlockFile.format { return try otherFormat(format) }
      guard found == kind.rawValue else { throw BlockBytes.Unexpected() }
      return BlockFile(search: search, number: number)
    } catch {
      if let format = unread { throw .otherFormat(format) }
      throw .damage(.hasOtherBytes)
    }
  }

  private var unread: UInt32?

  private func otherFormat(_ format: UInt32) throws(BlockBytes.Unexpected) -> BlockFile {
    unread = format
    throw BlockBytes.Unexpected()
  }

  /// The next block; nil behind the last one.
  func next() throws(BlockFileError) -> Block? {
    let head = BlockBytes(try read(BlockBuffer.headByteCount))
    var numbers = head
    guard let tagWord = try? numbers.number(UInt64.self),
      let size = try? numbers.number(UInt64.self), let tag = UInt32(exactly: tagWord)
    else { throw .damage(.hasOtherBytes) }
    let left = byteCount - position - BlockBuffer.tailByteCount
    guard left >= 0 else { throw .damage(.isTruncated) }
    guard size <= UInt64(left) else { throw .damage(.hasOtherBytes) }
    let count = Int(size)
    let end = BlockBuffer.headByteCount + count
    let whole = try read(count + BlockBuffer.tailByteCount, behind: BlockBuffer.headByteCount)
    let sum = BlockSum.sum(
      UnsafeRawBufferPointer(rebasing: whole[..<end]), seed: identity.seed(block: blockCount))
    guard UInt64(littleEndian: whole.loadUnaligned(fromByteOffset: end, as: UInt64.self)) == sum
    else { throw .damage(.hasOtherBytes) }
    if tag == BlockFile.end {
      guard position == byteCount else { throw .damage(.hasOtherBytes) }
      return nil
    }
    blockCount += 1
    return Block(
      tag: tag,
      bytes: BlockBytes(
        UnsafeRawBufferPointer(rebasing: whole[BlockBuffer.headByteCount..<end])))
  }

  /// Reads bytes into the memory behind what is kept of it; all that is there from its beginning.
  private func read(
    _ count: Int, behind kept: Int = 0
  ) throws(BlockFileError) -> UnsafeRawBufferPointer {
    if kept + count > capacity {
      guard let grown = realloc_or_null(memory, kept + count) else { throw .system(ENOMEM) }
      (memory, capacity) = (grown, kept + count)
    }
    var done = 0
    while done < count {
      let got = Glibc.read(file, memory + kept + done, count - done)
      if got > 0 {
        done += got
      } else if got == 0 {
        throw .damage(.isTruncated)
      } else if errno != EINTR {
        throw .system(errno)
      }
    }
    // What has been read is not read again.
    posix_fadvise(file, 0, off_t(position), POSIX_FADV_DONTNEED)
    position += count
    return UnsafeRawBufferPointer(start: memory, count: kept + count)
  }
}
