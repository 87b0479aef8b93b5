import Glibc
import Processes
import Synchronization

/// Code being compiled on a thread of its own, beside the search that it is for.
package final class NativeCompilation: Sendable {
  private let source: String
  private let effort: CompilationEffort
  private let cache: CodeCache
  private let compiler = CompilerProcess()
  private let outcome = Mutex<Result<NativeLibrary, NativeCodeError>?>(nil)
  private let thread = Mutex<pthread_t?>(nil)

  /// Begins to compile C.
  package init(_ source: String, _ effort: CompilationEffort = .full, cache: CodeCache) {
    self.source = source
    self.effort = effort
    self.cache = cache
    var started = pthread_t()
    let work = Unmanaged.passRetained(self)
    let status = pthread_create(
      &started, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<NativeCompilation>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, work.toOpaque())
    if status == 0 {
      thread.withLock { $0 = started }
    } else {
      work.release()
      outcome.withLock { $0 = .failure(.compilerFailed("no thread can be started for it")) }
    }
  }

  deinit {
    // Nobody waits any more; the thread itself may be here.
    if let started = thread.withLock({ $0 }) { pthread_detach(started) }
  }

  private func run() {
    let result: Result<NativeLibrary, NativeCodeError>
    do throws(NativeCodeError) {
      result = .success(try cache.compile(source, effort, compiler))
    } catch {
      result = .failure(error)
    }
    outcome.withLock { $0 = result }
  }

  /// What came of it; nil while it is still being compiled.
  package var result: Result<NativeLibrary, NativeCodeError>? { outcome.withLock { $0 } }

  /// Waits for the end.
  package func wait() {
    let started = thread.withLock { started in
      defer { started = nil }
      return started
    }
    if let started { pthread_join(started, nil) }
  }

  /// Ends the compiler if it still runs, and leaves no file of it.
  package func cancel() {
    compiler.kill()
    wait()
  }
}

/// A compiler that runs, or is not to be started any more.
final class CompilerProcess: Sendable {
  private enum State {
    case notStarted
    case running(pid_t)
    case killed
  }
  private let state = Mutex(State.notStarted)

  /// Starts a program by `spawn`, which gives its process; nil if it cannot or must not run.
  func start(_ spawn: () -> pid_t?) -> pid_t? {
    state.withLock { state in
      if case .killed = state { return nil }
      guard let process = spawn() else { return nil }
      state = .running(process)
      return process
    }
  }

  /// The process has ended, so its number may become another's.
  func hasEnded() { state.withLock { if case .running = $0 { $0 = .notStarted } } }

  func kill() {
    state.withLock { state in
      // The compiler has children that do the work; all are of its process group.
      if case .running(let process) = state { ChildProcess.kill(process) }
      state = .killed
    }
  }
}
