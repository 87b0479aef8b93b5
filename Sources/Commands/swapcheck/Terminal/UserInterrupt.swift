import Diagnostics
import Glibc
import Synchronization

/// Set by the signal handler, which may touch nothing but atomics.
private let isInterrupted = Atomic<Bool>(false)
/// What the handler writes to, so that a thread that reads wakes up; -1 if there is none.
private let noticeDescriptor = Atomic<Int32>(-1)

/// Ctrl-C: the search ends at its next chance and says what it has found; a second one ends the
/// process at once.
enum UserInterrupt {
  static var isRequested: Bool { isInterrupted.load(ordering: .relaxed) }

  /// Begins to listen for SIGINT and SIGTERM, and for SIGHUP unless the caller has it ignored, as
  /// nohup(1) does. Before the first search there is nothing to tell, and
  /// they end the process.
  static func listen() {
    let handler: @convention(c) (Int32) -> Void = { _ in
      if isInterrupted.exchange(true, ordering: .sequentiallyConsistent) { _exit(130) }
      UserInterrupt.notify(noticeDescriptor.load(ordering: .sequentiallyConsistent))
    }
    signal(SIGINT, handler)
    signal(SIGTERM, handler)
    var before = sigaction()
    sigaction(SIGHUP, nil, &before)
    // SIG_IGN, which is 1 and no function.
    let isIgnored = unsafeBitCast(before.__sigaction_handler, to: Int.self) == 1
    if !isIgnored { signal(SIGHUP, handler) }
  }

  /// Does something of which an interrupt has to be told at once. Where the system gives no thread
  /// for that, it is not told.
  ///
  /// - Parameter notice: Called on another thread, at most once.
  static func withNotice<Result>(
    _ notice: @escaping @Sendable () -> Void, _ body: () throws -> Result
  ) rethrows -> Result {
    guard let ends else { return try body() }
    let waiting = Unmanaged.passRetained(Waiting(ends.reading, notice))
    defer { waiting.release() }
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Waiting>.fromOpaque(argument).takeUnretainedValue().wait()
        return nil
      }, waiting.toOpaque())
    guard status == 0 else { return try body() }
    defer {
      notify(ends.writing)
      pthread_join(thread, nil)
    }
    return try body()
  }

  /// Never closed: a handler that has just begun may still write, and its number would be another
  /// file's. Nil if the system gives none.
  private static let ends: (reading: Int32, writing: Int32)? = {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    // Not for compilers.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    noticeDescriptor.store(ends[1], ordering: .sequentiallyConsistent)
    return (ends[0], ends[1])
  }()

  private static func notify(_ descriptor: Int32) {
    var byte: UInt8 = 1
    if descriptor >= 0 { _ = write(descriptor, &byte, 1) }
  }

  private final class Waiting: Sendable {
    private let descriptor: Int32
    private let notice: @Sendable () -> Void

    init(_ descriptor: Int32, _ notice: @escaping @Sendable () -> Void) {
      self.descriptor = descriptor
      self.notice = notice
    }

    /// Until there is an interrupt, or nothing to be told any more.
    func wait() {
      var byte: UInt8 = 0
      while !UserInterrupt.isRequested, read(descriptor, &byte, 1) < 0, errno == EINTR {}
      if UserInterrupt.isRequested { notice() }
    }
  }
}

extension StopCondition {
  /// Met after so many seconds, when the user asks for the end, and when memory is short.
  static func forCommand(seconds: Double? = nil) -> StopCondition {
    StopCondition(
      seconds: seconds, isCancelled: { UserInterrupt.isRequested },
      isMemoryShort: { MemoryReserve.isShort })
  }
}
