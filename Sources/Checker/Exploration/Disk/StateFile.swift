import FileSystem
import Glibc

/// A file of sorted states, block after block, of which one thread writes.
///
/// Where blocks are, and what they have to be, is kept in memory: what is read is compared with that, so
/// that a disk which gives something else is found out.
final class StateFile {
  private let folder: DiskFolder
  private let descriptor: Int32
  let block: StateBlock
  private(set) var entries: [Entry] = []
  /// Bytes in the file.
  private(set) var byteCount = 0
  /// What is still to be written; nil where nothing is.
  private var pending: UnsafeMutableRawPointer?
  private var pendingCount = 0

  /// What is known of a block.
  struct Entry {
    /// The first word of its first state.
    let firstWord: UInt64
    let offset: Int
    let checksum: UInt64
    let byteCount: UInt32
    let stateCount: UInt32
  }

  /// Bytes that are written at once.
  private var writtenAtOnce: Int { 4 * block.mostBytes }

  init(_ folder: DiskFolder, _ block: StateBlock) throws(DiskFailure) {
    self.folder = folder
    self.block = block
    descriptor = try folder.makeFile()
  }

  deinit {
    Glibc.close(descriptor)
    pending?.deallocate()
  }

  /// Bytes of memory that it takes.
  var memoryByteCount: Int {
    entries.capacity * MemoryLayout<Entry>.stride
      + (pending == nil ? 0 : writtenAtOnce + block.mostBytes)
  }

  // MARK: - Writing

  /// Writes a block of states, in their order.
  func append(_ states: UnsafePointer<UInt64>, count: Int) throws(DiskFailure) {
    let pending =
      self.pending ?? .allocate(byteCount: writtenAtOnce + block.mostBytes, alignment: 8)
    self.pending = pending
    let bytes = pending + pendingCount
    let length = block.encode(states, count: count, into: bytes)
    entries.append(
      Entry(
        firstWord: states[0], offset: byteCount + pendingCount,
        checksum: StateBlock.checksum(bytes, count: length),
        byteCount: UInt32(truncatingIfNeeded: length), stateCount: UInt32(truncatingIfNeeded: count)
      ))
    pendingCount += length
    if pendingCount >= writtenAtOnce { try flush() }
  }

  /// Writes what has not been written; before anything of it is read.
  func flush() throws(DiskFailure) {
    guard let pending else { return }
    var written = 0
    while written < pendingCount {
      let count = pwrite(
        descriptor, pending + written, pendingCount - written, off_t(byteCount + written))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw DiskFailure(.full(SystemReason(count < 0 ? errno : ENOSPC)), folder: folder.path)
      }
      written += count
    }
    byteCount += written
    pendingCount = 0
  }

  /// Writes what has not been written. Nothing more is to come for a while.
  func close() throws(DiskFailure) {
    try flush()
    pending?.deallocate()
    pending = nil
  }

  /// Forgets all states, and gives their room back.
  func removeAll() {
    entries.removeAll(keepingCapacity: true)
    pendingCount = 0
    byteCount = 0
    // Where that fails, what is there is written over.
    ftruncate(descriptor, 0)
  }

  // MARK: - Reading

  /// Reads a block. Several threads may, while none writes.
  ///
  /// - Parameters:
  ///   - number: The number of the block.
  ///   - bytes: Room for `StateBlock.mostBytes`.
  ///   - states: Room for the states of a block.
  /// - Returns: How many states it has.
  func read(
    _ number: Int, _ bytes: UnsafeMutableRawPointer, into states: UnsafeMutablePointer<UInt64>
  ) throws(DiskFailure) -> Int {
    let entry = entries[number]
    let length = Int(entry.byteCount)
    var done = 0
    while done < length {
      let count = pread(descriptor, bytes + done, length - done, off_t(entry.offset + done))
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw DiskFailure(.unreadable(SystemReason(errno)), folder: folder.path) }
      if count == 0 { throw DiskFailure(.changed, folder: folder.path) }
      done += count
    }
    guard StateBlock.checksum(bytes, count: length) == entry.checksum else {
      throw DiskFailure(.changed, folder: folder.path)
    }
    let count = Int(entry.stateCount)
    block.decode(bytes, count: count, into: states)
    return count
  }
}

/// Writes states to a file as they come, in their order.
final class StateWriter {
  private let file: StateFile
  private let states: UnsafeMutablePointer<UInt64>
  private let wordCount: Int
  private let most: Int
  private var pendingCount = 0
  private var firstBlock: Int
  /// States of the run that is being written.
  private var count = 0

  init(_ file: StateFile) {
    self.file = file
    wordCount = file.block.wordCount
    most = file.block.stateCount
    states = .allocate(capacity: file.block.capacity)
    firstBlock = file.entries.count
  }

  deinit { states.deallocate() }

  func append(_ added: UnsafePointer<UInt64>, count: Int) throws(DiskFailure) {
    self.count += count
    var taken = 0
    while taken < count {
      let next = added + taken * wordCount
      if pendingCount == 0, count - taken >= most {
        try file.append(next, count: most)
        taken += most
        continue
      }
      let part = min(most - pendingCount, count - taken)
      (states + pendingCount * wordCount).update(from: next, count: part * wordCount)
      pendingCount += part
      taken += part
      if pendingCount == most { try flush() }
    }
  }

  /// Forgets all runs of the file, and gives their room back.
  func removeAll() {
    file.removeAll()
    (pendingCount, firstBlock, count) = (0, 0, 0)
  }

  private func flush() throws(DiskFailure) {
    if pendingCount > 0 { try file.append(states, count: pendingCount) }
    pendingCount = 0
  }

  /// Ends the run that has been written, and begins another one.
  func endRun() throws(DiskFailure) -> SortedRun {
    try flush()
    try file.close()
    defer {
      firstBlock = file.entries.count
      count = 0
    }
    return .stored(file, blocks: firstBlock..<file.entries.count, count: count)
  }
}
