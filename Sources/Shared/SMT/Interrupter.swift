internal import CZ3
internal import Glibc
internal import Synchronization

/// Stops a solver from another thread. It is all of a solver that another thread may touch.
///
/// See [Z3_interrupt](https://z3prover.github.io/api/html/group__capi.html).
package final class Interrupter: Sendable {
  private struct State {
    var isRequested = false
    /// The context whose check runs, and the function that stops it.
    var running: (context: UInt, interrupt: @convention(c) (Z3_context?) -> Void)?
  }
  private let state = Mutex(State())

  package init() {}

  /// Whether the solver was told to stop, and not yet to go on.
  package var isRequested: Bool { state.withLock { $0.isRequested } }

  /// Stops the running check; it and all later ones answer `unknown(.interrupted)`, until `reset`.
  ///
  /// Takes up to a fifth of a second where Z3 is slow to notice. Not to be called in a signal
  /// handler.
  package func interrupt() {
    state.withLock { $0.isRequested = true }
    // Z3 forgets an interrupt that comes a moment before a check has begun, so it is repeated.
    var pauseMicroseconds: UInt32 = 50
    while pauseMicroseconds < 150_000, send() {
      usleep(pauseMicroseconds)
      pauseMicroseconds *= 2
    }
  }

  /// Lets checks run again.
  package func reset() { state.withLock { $0.isRequested = false } }

  private func send() -> Bool {
    state.withLock { state in
      guard let running = state.running else { return false }
      running.interrupt(Z3_context(bitPattern: running.context))
      return true
    }
  }

  /// False if nothing may be started.
  func begin(_ context: Context) -> Bool {
    let address = UInt(bitPattern: context.handle)
    let interrupt = context.z3.interrupt
    return state.withLock { state in
      guard !state.isRequested else { return false }
      state.running = (address, interrupt)
      return true
    }
  }

  func end() { state.withLock { $0.running = nil } }
}
