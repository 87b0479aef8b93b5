import NativeCode
import TransitionSystem

/// Brings native code into a search that the interpreter has begun.
///
/// A search of a few thousand states is over before a compiler has started, so it is not started
/// before the search has taken a while. What was compiled earlier is there at once.
struct EngineSwitch {
  private var stage: Stage
  /// Why the search stays with the interpreter, where it was to leave it.
  private(set) var failure: NativeCodeError?

  private enum Stage {
    case settled
    /// The code is known and not compiled.
    case waiting(source: String)
    case compiling(NativeCompilation)
    case ready(NativeLibrary)
  }

  /// What a search takes before the compiler is started.
  private static let patience = Duration.milliseconds(30)

  init(_ space: SearchSpace, _ engine: ExplorationOptions.Engine) {
    stage = .settled
    guard engine != .interpreter else { return }
    guard let source = space.nativeSource else {
      failure = .tooLarge
      return
    }
    if let library = CodeCache().cached(source) {
      stage = .ready(library)
    } else if engine == .native {
      let compilation = NativeCompilation(source, cache: CodeCache())
      compilation.wait()
      settle(compilation)
    } else {
      stage = .waiting(source: source)
    }
  }

  /// Compiled rules, once, when they are there.
  ///
  /// - Parameter started: When the search was.
  mutating func poll(started: ContinuousClock.Instant) -> NativeLibrary? {
    switch stage {
    case .settled:
      return nil
    case .waiting(let source):
      guard ContinuousClock.now - started >= Self.patience else { return nil }
      stage = .compiling(NativeCompilation(source, cache: CodeCache()))
      return nil
    case .compiling(let compilation):
      settle(compilation)
      return nil
    case .ready(let library):
      stage = .settled
      return library
    }
  }

  private mutating func settle(_ compilation: NativeCompilation) {
    switch compilation.result {
    case nil: break
    case .success(let library): stage = .ready(library)
    case .failure(let error):
      failure = error
      stage = .settled
    }
  }

  /// The search is over: a compiler that still runs is of no more use.
  mutating func cancel() {
    if case .compiling(let compilation) = stage { compilation.cancel() }
    stage = .settled
  }
}
