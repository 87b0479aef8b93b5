import Diagnostics
import Glibc
import NativeCode
import TransitionSystem

/// Brings native code into a search that the interpreter has begun.
///
/// A search of a few thousand states is over before a compiler has started, so it is not started
/// before the search has taken a while. At first it is to be quick; a search that goes on after
/// that has the same rules compiled once more, with all effort, which takes a processor from its
/// threads for a while: not where few states have been found, which mostly end soon. What was
/// compiled earlier is there at once.
struct EngineSwitch {
  private let source: String
  private var stage: Stage
  /// Why the search stays with the interpreter, where it was to leave it.
  private(set) var failure: NativeCodeError?
  private var isNative = false
  /// Whether no state is expanded before the code is there.
  private var isAwaited = false

  private enum Stage {
    case settled
    /// The code is known and not compiled.
    case waiting(CompilationEffort, since: ContinuousClock.Instant)
    case compiling(CompilationEffort, NativeCompilation)
    case ready(CompilationEffort, NativeLibrary)
  }

  /// Whether a search has taken so long that a compiler is started.
  private func isDue(
    _ effort: CompilationEffort, after duration: Duration, stateCount: Int
  ) -> Bool {
    switch effort {
    case .quick: duration >= .milliseconds(3)
    case .full:
      duration >= .milliseconds(isNative ? 500 : 60)
        || duration >= .milliseconds(60) && stateCount >= 50_000
    }
  }

  /// Bytes of C that are compiled with all effort at once: without it frames are larger, and what
  /// is long enough could take more than the stack.
  private static let mostQuickBytes = 1 << 20

  init(_ space: SearchSpace, _ options: ExplorationOptions) {
    stage = .settled
    // What is not searched is not compiled.
    let isWanted = options.engine != .interpreter && !space.stop.isDue()
    source = isWanted ? space.nativeSource ?? "" : ""
    guard isWanted else { return }
    if source.isEmpty {
      failure = .tooLarge
      return
    }
    let isQuick = !CEmitter.needsDeepStack(source) && source.utf8.count <= Self.mostQuickBytes
    if isQuick, options.engine == .native, options.nativeEffort == .quick {
      compileFirst(.quick)
    } else if let library = CodeCache().cached(source) {
      stage = .ready(.full, library)
    } else if options.engine == .native {
      compileFirst(.full)
    } else if !isQuick {
      stage = .waiting(.full, since: .now)
    } else if let library = CodeCache().cached(source, .quick) {
      stage = .ready(.quick, library)
    } else {
      stage = .waiting(.quick, since: .now)
    }
  }

  private mutating func compileFirst(_ effort: CompilationEffort) {
    isAwaited = true
    stage = .compiling(effort, NativeCompilation(source, effort, cache: CodeCache()))
  }

  /// Waits for compiled rules where nothing else is to run, and ends the compiler if the search is
  /// over before they are there.
  ///
  /// - Parameter goesOn: Asked a thousand times a second.
  mutating func wait(while goesOn: () -> Bool) {
    guard isAwaited, case .compiling(let effort, let compilation) = stage else { return }
    while compilation.result == nil, goesOn() { usleep(1_000) }
    switch compilation.result {
    case .success(let library): stage = .ready(effort, library)
    case .failure(let error):
      failure = error
      stage = .settled
    case nil: cancel()
    }
  }

  /// Compiled rules, when they are there: once or twice.
  ///
  /// - Parameter stateCount: States found so far.
  mutating func poll(stateCount: Int) -> NativeLibrary? {
    switch stage {
    case .settled: break
    case .waiting(let effort, let since):
      let duration = ContinuousClock.now - since
      guard isDue(effort, after: duration, stateCount: stateCount) else { break }
      stage = .compiling(effort, NativeCompilation(source, effort, cache: CodeCache()))
    case .compiling(let effort, let compilation):
      settle(effort, compilation)
    case .ready(let effort, let library):
      isNative = true
      stage = effort == .quick ? .waiting(.full, since: .now) : .settled
      return library
    }
    return nil
  }

  private mutating func settle(_ effort: CompilationEffort, _ compilation: NativeCompilation) {
    switch compilation.result {
    case nil: break
    case .success(let library): stage = .ready(effort, library)
    case .failure(.compilerFailed) where effort == .quick,
      .failure(.notLoadable) where effort == .quick:
      // The other effort may be another compiler's.
      stage = .waiting(.full, since: .now)
    case .failure(let error):
      if !isNative { failure = error }
      stage = .settled
    }
  }

  /// The search is over: a compiler that still runs is of no more use.
  mutating func cancel() {
    if case .compiling(_, let compilation) = stage { compilation.cancel() }
    stage = .settled
  }
}
