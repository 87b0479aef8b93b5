import Glibc

/// A program that was run to its end, and what it wrote.
package struct ProgramRun: Sendable {
  /// As `waitpid` gives it; 0 where it has ended well.
  package let status: Int32
  package let output: [UInt8]
  /// Of all that it wrote, whether it was kept or not.
  package let outputByteCount: UInt64
  /// The beginning of what it wrote on standard error.
  package let errors: String

  package enum Failure: Error, Sendable {
    case notStarted
    /// It wrote more than was wanted, and was ended.
    case tooMuch
    /// It took longer than was wanted, and was ended when it had written so many bytes.
    case tooLate(byteCount: UInt64)
  }

  /// Of errors, what is read; the rest is dropped.
  private static let maximumErrorByteCount = 1 << 14

  /// Runs a program to its end. Any thread may call.
  ///
  /// - Parameters:
  ///   - arguments: The path of the program, and what it is called with.
  ///   - environment: All its variables, each as `NAME=value`.
  ///   - limit: The most bytes that it may write.
  ///   - seconds: The time that it may take.
  package static func capture(
    _ arguments: [String], environment: [String], limit: Int, seconds: Double
  ) throws(Failure) -> ProgramRun {
    try run(
      arguments, environment, input: nil, kept: limit, limit: UInt64(max(limit, 0)), seconds)
  }

  /// Runs a program to its end, and counts what it writes, of which nothing is kept. Any thread may
  /// call.
  ///
  /// - Parameter input: An open descriptor that it reads from.
  package static func count(
    _ arguments: [String], environment: [String], input: Int32, limit: UInt64, seconds: Double
  ) throws(Failure) -> ProgramRun {
    try run(arguments, environment, input: input, kept: 0, limit: limit, seconds)
  }

  private static func run(
    _ arguments: [String], _ environment: [String], input: Int32?, kept: Int, limit: UInt64,
    _ seconds: Double
  ) throws(Failure) -> ProgramRun {
    guard let output = Pipe(kept: kept) else { throw .notStarted }
    defer { output.close() }
    guard let errors = Pipe(kept: maximumErrorByteCount) else { throw .notStarted }
    defer { errors.close() }
    let streams = ChildProcess.Output.descriptors(output: output.writing, errors: errors.writing)
    guard
      let process = ChildProcess.start(
        arguments, environment: environment, input: input, output: streams)
    else { throw .notStarted }
    output.closeWriting()
    errors.closeWriting()
    do throws(Failure) {
      try read(output, errors, limit, until: .now + .seconds(seconds))
    } catch {
      ChildProcess.kill(process)
      _ = ChildProcess.wait(for: process)
      throw error
    }
    guard let status = ChildProcess.wait(for: process) else { throw .notStarted }
    return ProgramRun(
      status: status, output: output.bytes, outputByteCount: output.byteCount,
      errors: String(decoding: errors.bytes, as: UTF8.self))
  }

  /// Reads both streams to their ends.
  private static func read(
    _ output: Pipe, _ errors: Pipe, _ limit: UInt64, until deadline: ContinuousClock.Instant
  ) throws(Failure) {
    var entries = [output, errors].map {
      pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0)
    }
    while entries.contains(where: { $0.fd >= 0 }) {
      if poll(&entries, 2, 100) > 0 {
        // A negative number is passed over.
        if entries[0].revents != 0, !output.read() { entries[0].fd = -1 }
        if entries[1].revents != 0, !errors.read() { entries[1].fd = -1 }
      }
      guard output.byteCount <= limit else { throw .tooMuch }
      guard ContinuousClock.now < deadline else {
        throw .tooLate(byteCount: output.byteCount)
      }
    }
  }

  /// Two ends, of which no other program inherits any.
  private final class Pipe {
    let reading: Int32
    private(set) var writing: Int32
    /// The first of what was read.
    private(set) var bytes: [UInt8] = []
    /// Of all that was read.
    private(set) var byteCount: UInt64 = 0
    private let kept: Int
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)

    /// - Parameter kept: The most bytes that are kept.
    init?(kept: Int) {
      self.kept = kept
      var ends: [Int32] = [-1, -1]
      // A pipe could only be closed to others afterwards, and another thread may start a program.
      let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
      guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
      (reading, writing) = (ends[0], ends[1])
    }

    func close() {
      closeWriting()
      Glibc.close(reading)
    }

    func closeWriting() {
      if writing >= 0 { Glibc.close(writing) }
      writing = -1
    }

    /// Reads what is there; false at the end.
    func read() -> Bool {
      let count = Glibc.read(reading, &buffer, buffer.count)
      if count > 0 {
        byteCount += UInt64(count)
        bytes += buffer[..<min(count, max(0, kept - bytes.count))]
      }
      return count > 0 || count < 0 && (errno == EINTR || errno == EAGAIN)
    }
  }
}
