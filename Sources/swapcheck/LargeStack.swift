import Glibc

/// Runs work on a thread with room for the recursion of deep models.
enum LargeStack {
  private static let byteCount = 512 << 20

  /// Runs `body` to its end on a thread of its own and hands on what it throws.
  static func run(_ body: @escaping () throws -> Void) throws {
    let work = Work(body)
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, byteCount)
    var thread = pthread_t()
    let opaque = Unmanaged.passRetained(work)
    let result = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue().perform()
        return nil
      }, opaque.toOpaque())
    pthread_attr_destroy(&attributes)
    if result == 0 {
      pthread_join(thread, nil)
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
