import FileSystem
import Glibc

/// A folder with a checkpoint, which one search at a time has: a process, or several that search together, of
/// which one has the list of files and the others write files that it names.
///
/// Its files are never changed: a further checkpoint is new files, and a new list of those that count,
/// which takes the place of the old one by a rename when all else is on the device. So at any moment,
/// also where the machine stops, the list names files that are whole. What it does not name is removed.
///
/// Used by one thread at a time, that of the search.
package final class CheckpointFolder: @unchecked Sendable {
  /// As the user has named it.
  package var path: String { claim.path }
  /// What whoever began the search wanted to be known of it.
  package let description: [UInt8]
  /// What a checkpoint has beside its files; nil before the first one.
  package private(set) var contents: [UInt8]?
  /// Files of the checkpoint.
  package private(set) var files: [FileRecord] = []
  /// Whether a crash would leave the list that names them.
  private var isListLasting = true
  private let version: String
  private let search: SearchNumber
  private let claim: Claim
  private var folder: Int32 { claim.folder }
  private var lastNumber: UInt64

  private static let lockName = "lock"
  private static let listName = "checkpoint"
  private static let newListName = "checkpoint.new"
  private static let headTag: UInt32 = 1
  private static let filesTag: UInt32 = 2
  private static let contentsTag: UInt32 = 3

  private init(_ claim: Claim, _ list: List, version: String) {
    self.claim = claim
    (description, search, lastNumber) = (list.description, list.search, list.number)
    (contents, files) = (list.contents, list.files)
    self.version = version
  }

  deinit { claim.release() }

  /// What the list of files says.
  private struct List {
    var version: String
    var description: [UInt8]
    var search: SearchNumber
    /// Numbers up to this one have been used.
    var number: UInt64 = 0
    var files: [FileRecord] = []
    var contents: [UInt8]?
  }

  /// A folder that this process has, by its descriptors.
  private struct Claim {
    let path: String
    let folder: Int32
    /// -1 where another process of the search has it.
    let lock: Int32

    /// Gives the folder back. The lock is given back by itself: a process that another thread has just
    /// forked has the descriptor, and with it the lock, until it is another program (flock(2)).
    func release() {
      if lock >= 0 {
        flock(lock, LOCK_UN)
        close(lock)
      }
      close(folder)
    }
  }

  // MARK: - Opening

  /// Takes a folder for the checkpoints of a search that begins: a new one, or an empty one.
  ///
  /// - Parameters:
  ///   - version: Of the program.
  ///   - description: What is to be known of the search.
  package static func make(
    _ path: String, version: String, description: [UInt8]
  ) throws(CheckpointError) -> CheckpointFolder {
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw failure(path, nil, errno) }
    let names = try Self.names(in: path)
    if names.contains(listName) { throw CheckpointError(path, .taken) }
    if let name = names.sorted().first(where: { !isOurs($0) }) {
      throw CheckpointError(path, .foreign(name: name))
    }
    let claim = try claim(path)
    let list = List(version: version, description: description, search: .random())
    do throws(CheckpointError) {
      // Somebody may have been faster.
      if try Self.names(in: path).contains(listName) { throw CheckpointError(path, .taken) }
    } catch {
      claim.release()
      throw error
    }
    // A folder that has just been made is in its own folder for good.
    let parent = openat(claim.folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if parent >= 0 {
      fsync(parent)
      close(parent)
    }
    let made = CheckpointFolder(claim, list, version: version)
    made.removeOthers()
    return made
  }

  /// Takes a folder with a checkpoint.
  package static func open(
    _ path: String, version: String
  ) throws(CheckpointError) -> CheckpointFolder {
    guard try names(in: path).contains(listName) else { throw CheckpointError(path, .missing) }
    let claim = try claim(path)
    do throws(CheckpointError) {
      let list = try list(of: claim)
      guard list.version == version else {
        throw CheckpointError(path, .otherVersion(list.version))
      }
      return CheckpointFolder(claim, list, version: version)
    } catch {
      claim.release()
      throw error
    }
  }

  // MARK: - Other processes of the search

  /// What the other processes of a search have to know of the folder that one of them has opened.
  ///
  /// - Throws: Where there is no memory.
  package func invitation() throws(CheckpointError) -> [UInt8] {
    guard let buffer = BlockBuffer(capacity: 1 << 12) else {
      throw Self.failure(path, nil, ENOMEM)
    }
    for word in [search.low, search.high, lastNumber] { buffer.append(word) }
    buffer.append(description)
    buffer.append(contents == nil ? UInt8(0) : 1)
    buffer.append(contents ?? [])
    buffer.append(files) { $0.append(to: buffer) }
    if buffer.isShort { throw Self.failure(path, nil, ENOMEM) }
    return buffer.bytes
  }

  /// Takes a folder that another process of the same search has opened: for files that it will name.
  ///
  /// - Parameter invitation: The other one's.
  package static func join(
    _ path: String, version: String, invitation: [UInt8]
  ) throws(CheckpointError) -> CheckpointFolder {
    var list = List(version: version, description: [], search: SearchNumber(low: 0, high: 0))
    let isWhole = invitation.withUnsafeBytes { bytes in
      do throws(BlockBytes.Unexpected) {
        var bytes = BlockBytes(bytes)
        list.search = SearchNumber(low: try bytes.number(), high: try bytes.number())
        list.number = try bytes.number()
        list.description = try bytes.list()
        let hasContents = try bytes.number(UInt8.self) != 0
        let contents = try bytes.list()
        list.contents = hasContents ? contents : nil
        list.files = try bytes.list(FileRecord.read)
        try bytes.end()
        return true
      } catch {
        return false
      }
    }
    guard isWhole else { throw failure(path, nil, EPROTO) }
    let folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw failure(path, nil, errno) }
    return CheckpointFolder(Claim(path: path, folder: folder, lock: -1), list, version: version)
  }

  /// Lets processes write files at once: each gets numbers of its own.
  ///
  /// - Parameters:
  ///   - part: The number of this process.
  ///   - fileCount: The most files that one of them writes.
  package func writeParts<Result>(
    _ part: Int, of partCount: Int, fileCount: Int, _ body: () throws(CheckpointError) -> Result
  ) throws(CheckpointError) -> Result {
    let first = lastNumber
    lastNumber += UInt64(part * fileCount)
    defer { lastNumber = first + UInt64(partCount * fileCount) }
    return try body()
  }

  /// Sees to it that files of other processes are here, as they say.
  package func find(_ records: [FileRecord]) throws(CheckpointError) {
    for record in records {
      var status = stat()
      guard fstatat(folder, record.name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
        throw errno == ENOENT
          ? CheckpointError(path, .notShared(file: record.name))
          : Self.failure(path, record.name, errno)
      }
      guard Int(status.st_size) == record.byteCount else {
        throw CheckpointError(path, .notShared(file: record.name))
      }
    }
  }

  // MARK: - The claim

  private static func claim(_ path: String) throws(CheckpointError) -> Claim {
    let folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw failure(path, nil, errno) }
    let lock = openat(folder, lockName, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard lock >= 0 else {
      let code = errno
      close(folder)
      throw failure(path, lockName, code)
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(lock)
      close(folder)
      throw code == EWOULDBLOCK ? CheckpointError(path, .inUse) : failure(path, lockName, code)
    }
    return Claim(path: path, folder: folder, lock: lock)
  }

  private static func failure(_ path: String, _ file: String?, _ code: Int32) -> CheckpointError {
    CheckpointError(path, .system(file: file, code: code))
  }

  private static func names(in path: String) throws(CheckpointError) -> [String] {
    do throws(SystemReason) { return try Folder.names(in: path) } catch {
      throw failure(path, nil, error.code)
    }
  }

  /// Whether a name is one that checkpoints give.
  private static func isOurs(_ name: String) -> Bool {
    if [lockName, listName, newListName].contains(name) { return true }
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && UInt64(parts[1]) != nil
      && FileRecord.Kind.allCases.contains { "\($0)" == parts[0] }
  }

  // MARK: - The list

  private static func list(of claim: Claim) throws(CheckpointError) -> List {
    do throws(BlockFileError) {
      let reader = try BlockReader(.list, name: listName, nil, in: claim.folder)
      var list = List(version: "", description: [], search: reader.identity.search)
      while let block = try reader.next() {
        var bytes = block.bytes
        do throws(BlockBytes.Unexpected) {
          switch block.tag {
          case headTag:
            list.version = try bytes.text()
            // What another version writes behind that is its own business.
            list.description = try bytes.list()
            list.number = try bytes.number()
          case filesTag: list.files = try bytes.list(FileRecord.read)
          case contentsTag: list.contents = try bytes.list()
          default: throw BlockBytes.Unexpected()
          }
          try bytes.end()
        } catch {
          throw .damage(.hasOtherBytes)
        }
      }
      guard list.contents != nil else { throw .damage(.hasOtherBytes) }
      return list
    } catch {
      throw self.error(error, claim.path, listName)
    }
  }

  private static func error(
    _ error: BlockFileError, _ path: String, _ name: String
  ) -> CheckpointError {
    switch error {
    case .system(let code): failure(path, name, code)
    case .damage(let damage): CheckpointError(path, .broken(file: name, damage))
    case .otherFormat(let format): CheckpointError(path, .otherFormat(format))
    }
  }

  private func error(_ error: BlockFileError, _ name: String) -> CheckpointError {
    Self.error(error, path, name)
  }

  // MARK: - Reading

  /// Reads the blocks of a file.
  ///
  /// - Parameter body: Called with each block, in order; where it returns false, no more are read. It
  ///   throws where a block cannot be what was written, though its sum is right.
  package func read(
    _ record: FileRecord,
    _ body: (inout BlockReader.Block) throws(BlockBytes.Unexpected) -> Bool
  ) throws(CheckpointError) {
    do throws(BlockFileError) {
      let reader = try BlockReader(record.kind, name: record.name, (record, search), in: folder)
      while var block = try reader.next() {
        do throws(BlockBytes.Unexpected) {
          if try !body(&block) { return }
        } catch {
          throw .damage(.hasOtherBytes)
        }
      }
    } catch {
      throw self.error(error, record.name)
    }
  }

  // MARK: - Writing

  /// Writes a new file, which counts from the next `commit` on.
  ///
  /// - Parameters:
  ///   - buffer: For its blocks.
  ///   - body: Fills the buffer and writes it, again and again.
  package func write(
    _ kind: FileRecord.Kind, _ buffer: BlockBuffer,
    _ body: (BlockWriter) throws(BlockFileError) -> Void
  ) throws(CheckpointError) -> FileRecord {
    lastNumber += 1
    let name = "\(kind)-\(lastNumber)"
    // Of a process that has ended in the middle of it.
    unlinkat(folder, name, 0)
    do throws(BlockFileError) {
      let writer = try BlockWriter(
        kind, BlockFile(search: search, number: lastNumber), name: name, in: folder)
      buffer.removeAll()
      try body(writer)
      return try writer.finish(buffer)
    } catch {
      unlinkat(folder, name, 0)
      throw writingError(error, name)
    }
  }

  /// A file that is not there any more has no name: the next one would have another.
  private func writingError(_ error: BlockFileError, _ name: String) -> CheckpointError {
    if case .system(let code) = error { return Self.failure(path, nil, code) }
    return self.error(error, name)
  }

  /// Makes files the checkpoint, in place of the one that there was.
  ///
  /// - Parameter contents: What it has beside them.
  package func commit(
    _ files: [FileRecord], _ contents: [UInt8], _ buffer: BlockBuffer
  ) throws(CheckpointError) {
    let name = Self.newListName
    unlinkat(folder, name, 0)
    do throws(BlockFileError) {
      let writer = try BlockWriter(
        .list, BlockFile(search: search, number: 0), name: name, in: folder)
      buffer.removeAll()
      buffer.append(version)
      buffer.append(description)
      buffer.append(lastNumber)
      try writer.write(Self.headTag, buffer)
      buffer.append(files) { $0.append(to: buffer) }
      try writer.write(Self.filesTag, buffer)
      buffer.append(contents)
      try writer.write(Self.contentsTag, buffer)
      _ = try writer.finish(buffer)
      // First the names of the files, then the list that names them.
      guard fsync(folder) == 0, renameat(folder, name, folder, Self.listName) == 0
      else { throw .system(errno) }
    } catch {
      unlinkat(folder, name, 0)
      throw writingError(error, name)
    }
    (self.files, self.contents) = (files, contents)
    let code = fsync(folder) == 0 ? 0 : errno
    isListLasting = code == 0
    guard isListLasting else { throw Self.failure(path, nil, code) }
    removeOthers()
  }

  /// Removes files that were written and do not count. Where it is not known which list a crash would leave, the files
  /// of both stay.
  package func removeOthers() {
    guard isListLasting else { return }
    let kept = Set(files.map(\.name) + [Self.lockName, Self.listName])
    for name in (try? Self.names(in: path)) ?? [] where Self.isOurs(name) && !kept.contains(name) {
      unlinkat(folder, name, 0)
    }
  }
}
