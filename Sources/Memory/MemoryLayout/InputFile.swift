import FileSystem
import Glibc

/// Reads whole files that strangers may have made. Everything that is read at once is read here.
///
/// - A file is refused by its size before anything of it is read; what says that it has no bytes,
///   such as those of /proc and /sys, and what grows meanwhile, is read up to the limit.
/// - A pipe is read to its end. One with a name that nobody opens for writing within
///   `writerSeconds` is refused, because nobody may ever do so.
/// - Devices are refused unless they are asked for: opening one may do something, and one such as
///   /dev/zero has no end.
package enum InputFile {
  /// Enough for a log of many starts, and for any device tree.
  static let maximumMapByteCount = 64 << 20

  /// How long the other end of a pipe with a name is waited for.
  package static let writerSeconds = 3.0

  /// What may be read from beside files.
  package enum Kinds: Sendable {
    case filesAndPipes
    /// Also devices, such as a terminal.
    case all
  }

  /// Ends the waiting for a pipe.
  package struct Patience: Sendable {
    /// From the call on; nil for ever.
    let seconds: Double?
    let isCancelled: @Sendable () -> Bool

    package init(seconds: Double? = nil, isCancelled: @escaping @Sendable () -> Bool = { false }) {
      self.seconds = seconds
      self.isCancelled = isCancelled
    }
  }

  /// All bytes of a file.
  ///
  /// - Parameter limit: The most bytes that the file may have.
  package static func bytes(
    ofFile path: String, limit: Int, kinds: Kinds = .filesAndPipes,
    patience: Patience = Patience()
  ) throws(InputFileError) -> [UInt8] {
    let (descriptor, status) = try open(path, kinds: kinds)
    defer { close(descriptor) }
    let isFile = status.st_mode & S_IFMT == S_IFREG
    guard !isFile || status.st_size <= limit else { throw .tooLarge(limit: limit) }
    var bytes: [UInt8] = []
    if isFile { bytes.reserveCapacity(Int(status.st_size)) }
    try forEachBlock(of: descriptor, status, patience) { block in
      bytes.append(contentsOf: block)
      return bytes.count <= limit
    }
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    return bytes
  }

  /// Reads a file block by block, so that it may have any length.
  ///
  /// - Parameter body: Given what comes next; false ends the reading.
  package static func forEachBlock(
    ofFile path: String, kinds: Kinds = .filesAndPipes, patience: Patience = Patience(),
    _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(InputFileError) {
    let (descriptor, status) = try open(path, kinds: kinds)
    defer { close(descriptor) }
    try forEachBlock(of: descriptor, status, patience, body)
  }

  private static func forEachBlock(
    of descriptor: Int32, _ status: stat, _ patience: Patience,
    _ body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) throws(InputFileError) {
    let isFile = status.st_mode & S_IFMT == S_IFREG
    var pipe = isFile ? nil : PipeWait(descriptor, status, patience)
    var hasRead = false
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 {
        hasRead = true
        guard buffer[..<count].withUnsafeBufferPointer(body) else { return }
      } else if count == 0 {
        guard try pipe?.waitsForWriter(hasRead: hasRead) == true else { return }
      } else if errno == EAGAIN, pipe != nil {
        try pipe?.waitForBytes()
      } else if errno == EAGAIN {
        // As /proc/kmsg: more may come at any time.
        throw .unfit("it has no end")
      } else if errno != EINTR {
        throw .system(errno)
      }
    }
  }

  /// What a device of records such as /dev/kmsg has to be read, without waiting for more.
  static func records(ofDevice path: String, limit: Int) throws(InputFileError) -> [UInt8] {
    let (descriptor, _) = try open(path, kinds: .all)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
        guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
      } else if count == 0 || errno == EAGAIN {
        return bytes
      } else if errno != EINTR, errno != EPIPE {
        // EPIPE: a record was overwritten before it was read.
        throw .system(errno)
      }
    }
  }

  /// Opens a file for reading without waiting for anything.
  static func open(
    _ path: String, kinds: Kinds?
  ) throws(InputFileError) -> (descriptor: Int32, status: stat) {
    // To the system the path would end there, and be another one.
    guard !path.utf8.contains(0) else { throw .system(ENOENT) }
    var status = stat()
    guard stat(path, &status) == 0 else { throw .system(errno) }
    try check(status, kinds)
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw .system(errno) }
    do throws(InputFileError) {
      // Something else may stand there by now.
      guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
      try check(status, kinds)
    } catch {
      close(descriptor)
      throw error
    }
    return (descriptor, status)
  }

  /// - Parameter kinds: Nil for files alone.
  private static func check(_ status: stat, _ kinds: Kinds?) throws(InputFileError) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw .unfit("it is a folder", isFolder: true)
    case S_IFIFO: if kinds == nil { throw .unfit("it is a pipe, and no regular file") }
    case S_IFCHR, S_IFBLK:
      if kinds != .all { throw .unfit("it is a device, and no regular file") }
    default: throw .unfit("it is no regular file")
    }
  }

  package static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, without `.` and `..`, in no order.
  static func names(inFolder path: String) throws(InputFileError) -> [String] {
    do throws(SystemReason) { return try Folder.names(in: path) } catch {
      throw .system(error.code)
    }
  }
}

/// Why a file is not read.
package enum InputFileError: Error, Equatable, CustomStringConvertible {
  /// The system's number.
  case system(Int32)
  /// What stands there is nothing that can be read whole.
  case unfit(String, isFolder: Bool = false)
  case tooLarge(limit: Int)
  /// Nobody has opened the other end of a pipe with a name.
  case noWriter
  /// There was nothing more in a pipe for so long.
  case tooLate(seconds: Double)
  case interrupted

  package var description: String {
    switch self {
    case .system(let number): SystemReason(number).description
    case .unfit(let words, _): words
    case .tooLarge(let limit): "it has more than \(limit) bytes"
    case .noWriter: "it is a pipe that nobody writes into"
    case .tooLate(let seconds): "it is a pipe, and has not ended within \(seconds) s"
    case .interrupted: "interrupted"
    }
  }

  /// Whether there is no such file.
  var isAbsence: Bool { self == .system(ENOENT) || self == .system(ENOTDIR) }

  /// As an error of a map or an image.
  func of(_ path: String) -> LayoutInputError {
    switch self {
    case .tooLarge(let limit): LayoutInputError(.tooLarge(limit: UInt64(limit)), path: path)
    case .system(EACCES):
      LayoutInputError(.unreadable(description), path: path, hint: "read it as root")
    default: LayoutInputError(.unreadable(description), path: path)
    }
  }
}

/// Waits for what comes out of a pipe or a device that was opened without waiting.
private struct PipeWait {
  private let descriptor: Int32
  private let patience: InputFile.Patience
  private let start = ContinuousClock.now
  /// Whether somebody writes, or has written.
  private var hasWriter: Bool

  /// Looked at so often whether there is still patience.
  private static let stepMilliseconds: Int32 = 100

  init(_ descriptor: Int32, _ status: stat, _ patience: InputFile.Patience) {
    self.descriptor = descriptor
    self.patience = patience
    hasWriter = status.st_mode & S_IFMT != S_IFIFO || !Self.hasName(descriptor)
  }

  /// Pipes without a name are called `pipe:[number]`, see proc(5).
  private static func hasName(_ descriptor: Int32) -> Bool {
    var buffer = [CChar](repeating: 0, count: 16)
    let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
    let start = buffer.prefix(max(count, 0)).map { UInt8(bitPattern: $0) }
    return !start.starts(with: "pipe:".utf8)
  }

  /// Waits a little until there is something to be read.
  mutating func waitForBytes() throws(InputFileError) {
    // Without a writer it would be at its end.
    hasWriter = true
    _ = try poll()
  }

  /// At the end of what there is: whether a writer has still to come, after waiting a little.
  mutating func waitsForWriter(hasRead: Bool) throws(InputFileError) -> Bool {
    if hasWriter || hasRead { return false }
    let events = try poll()
    // A writer came, and there is what it wrote, even if it is gone already.
    if events & Int16(POLLIN) != 0 { return true }
    // A writer came and went.
    if events & Int16(POLLHUP) != 0 { return false }
    if secondsSinceStart > InputFile.writerSeconds { throw .noWriter }
    return true
  }

  private func poll() throws(InputFileError) -> Int16 {
    if patience.isCancelled() { throw .interrupted }
    if let seconds = patience.seconds, secondsSinceStart > seconds {
      throw .tooLate(seconds: seconds)
    }
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&entry, 1, Self.stepMilliseconds) > 0 ? entry.revents : 0
  }

  private var secondsSinceStart: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Double(seconds) + Double(attoseconds) / 1e18
  }
}
