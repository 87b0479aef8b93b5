import Exploration
import Glibc

extension LargeStack {
  /// Runs `body` to its end on a thread of its own and hands on what it throws.
  static func run(_ body: @escaping () throws -> Void) throws {
    let work = Work(body)
    let opaque = Unmanaged.passRetained(work)
    let thread = start(opaque.toOpaque()) { argument in
      guard let argument else { return nil }
      Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue().perform()
      return nil
    }
    if let thread {
      pthread_join(thread, nil)
    } else if ProcessLimits.addressesLeft != nil {
      // The first thread's stack would grow to where there are no addresses, and that is a signal.
      MemoryReserve.end()
    } else {
      work.perform()
    }
    opaque.release()
    try work.outcome?.get()
  }

  private final class Work {
    private let body: () throws -> Void
    private(set) var outcome: Result<Void, any Error>?

    init(_ body: @escaping () throws -> Void) { self.body = body }

    func perform() { outcome = Result { try body() } }
  }
}
