import CIntrinsics
import Diagnostics
import Glibc
import NativeCode
import TransitionSystem

/// Brings native code into a search that the interpreter has begun.
///
/// A search of a few thousand states is over before a compiler has started, so nothing is written as
/// C before the search has taken a while. At first it is to be quick; a search that goes on after
/// that has the same rules compiled once more, with all effort, which takes a processor from its
/// threads for a while: not before the search has taken about as long as that will, nor where few
/// states have been found, which mostly end soon. What was compiled earlier is there at once.
struct ExecutorSwitch {
  private let space: SearchSpace
  private let cache: CodeCache
  /// Once they have been written.
  private var rules = EmittedRules()
  private var stage = Stage.settled
  /// What went wrong first with compiling, if anything did.
  private(set) var failure: NativeCodeError?
  private(set) var isNative = false
  /// Whether no state is expanded before the code is there.
  private var isAwaited = false
  /// Whether an earlier search has ended while the same rules were compiled with all effort.
  private var isOverdue = false
  /// Whether rules are compiled here; else another process of this machine does it, into the same cache.
  private let compiles: Bool

  private enum Stage {
    case settled
    /// Nothing is known of the C.
    case unwritten(since: ContinuousClock.Instant)
    /// The code is known and not compiled.
    case waiting(CompilationEffort, since: ContinuousClock.Instant)
    case compiling(CompilationEffort, NativeCompilation)
    case ready(CompilationEffort, NativeLibrary)
    /// Another process compiles; what it has made with which effort has been taken.
    case following(CompilationEffort?, next: ContinuousClock.Instant)
  }

  /// How often it is looked whether another process has compiled.
  private static let followed = Duration.milliseconds(50)

  /// Whether a compilation that fails, for whatever reason, is to make the search inconclusive: for
  /// tests, since a search that goes on with the interpreter comes to the same result.
  static var demandsCompilation: Bool {
    getenv("SWAPCHECK_REQUIRE_COMPILED").map { $0.pointee != 0 } ?? false
  }

  /// Bytes of C that are begun early where an earlier search has ended too soon: what takes clang more
  /// than some seconds would take a processor from all searches that are as short.
  private static let mostOverdueBytes = 1 << 19

  /// How long the interpreter searches alone.
  private static let interpreted = Duration.milliseconds(3)

  /// Bytes of C that are compiled with all effort: of longer ones clang takes a minute and more, and
  /// half a gigabyte.
  private static let mostFullBytes = 4 << 20

  /// Bytes of C of which the search awaits code that was made with all effort, where it is to wait for
  /// code at all: of longer ones clang takes some seconds, in which quickly made code gets far.
  private static let mostAwaitedBytes = 1 << 18

  /// Whether a search has taken so long that a compiler is started.
  private func isDue(
    _ effort: CompilationEffort, after duration: Duration, stateCount: Int
  ) -> Bool {
    let byteCount = rules.text.utf8.count
    switch effort {
    case .quick: return true
    case .full:
      // clang takes 5 to 15 microseconds for a byte of C; the interpreter is some thirty times as
      // slow as what it makes.
      if isNative {
        if isOverdue { return true }
        return duration >= max(.milliseconds(500), .microseconds(5 * byteCount))
          || duration >= max(.milliseconds(60), .microseconds(byteCount / 2))
            && stateCount >= 50_000
      }
      return duration >= max(.milliseconds(60), .microseconds(byteCount))
    }
  }

  /// - Parameter compiles: False where another process of this machine has the same rules compiled.
  init(_ space: SearchSpace, _ options: ExplorationOptions, compiles: Bool = true) {
    self.space = space
    cache = options.keepsCode ? CodeCache() : CodeCache(folder: nil)
    // What the other one makes is had from the cache alone.
    self.compiles = compiles || cache.folder == nil
    // What is not searched is not compiled.
    if space.stop.isDue() { return }
    switch options.executor {
    case .interpreter: break
    case .auto: stage = .unwritten(since: .now)
    case .native:
      guard emit() else { return }
      let cached = cache.cached(rules.text)
      if options.nativeEffort == .quick, isQuickSafe {
        compileFirst(.quick)
      } else if let cached {
        stage = .ready(.full, cached)
      } else if rules.text.utf8.count > Self.mostAwaitedBytes, isQuickSafe {
        compileFirst(.quick)
      } else {
        compileFirst(.full)
      }
    }
  }

  /// Writes the rules as C; whether that can be done.
  private mutating func emit() -> Bool {
    do throws(NativeCodeError) {
      rules = try space.emittedRules()
      return true
    } catch {
      failure = error
      stage = .settled
      return false
    }
  }

  /// Whether the quick compiler can read the rules, and this thread has the stack for code that is
  /// not optimised; worker threads have more.
  private var isQuickSafe: Bool {
    !rules.isDeeplyNested && rules.stackByteCount <= Int(own_stack_size()) / 4
  }

  /// The rules have been written: how they become native code.
  private mutating func begin() {
    if let library = cache.cached(rules.text) {
      stage = .ready(.full, library)
    } else if !isQuickSafe {
      stage = waitingForFull
    } else if let library = cache.cached(rules.text, .quick) {
      stage = .ready(.quick, library)
    } else {
      stage = compiles ? .waiting(.quick, since: .now) : .following(nil, next: .now)
    }
    isOverdue =
      rules.text.utf8.count <= Self.mostOverdueBytes && cache.isUnfinished(rules.text)
  }

  /// What follows quick code, or the interpreter where that is not to be had.
  private var waitingForFull: Stage {
    if !compiles { return .following(.quick, next: .now) }
    return rules.text.utf8.count <= Self.mostFullBytes ? .waiting(.full, since: .now) : .settled
  }

  private mutating func compileFirst(_ effort: CompilationEffort) {
    isAwaited = true
    compile(effort)
  }

  private mutating func compile(_ effort: CompilationEffort) {
    stage = .compiling(effort, NativeCompilation(rules.text, effort, cache: cache))
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
    case .failure: settle(effort, compilation)
    case nil: cancel()
    }
  }

  /// Compiled rules, when they are there: once or twice.
  ///
  /// - Parameter stateCount: States found so far.
  mutating func poll(stateCount: Int) -> NativeLibrary? {
    switch stage {
    case .settled: break
    case .unwritten(let since):
      if ContinuousClock.now - since >= Self.interpreted, emit() { begin() }
    case .waiting(let effort, let since):
      let duration = ContinuousClock.now - since
      if isDue(effort, after: duration, stateCount: stateCount) { compile(effort) }
    case .compiling(let effort, let compilation):
      settle(effort, compilation)
    case .ready(let effort, let library):
      isNative = true
      stage = effort == .quick ? waitingForFull : .settled
      return library
    case .following(let taken, let next):
      if ContinuousClock.now >= next { follow(taken) }
    }
    return nil
  }

  /// Takes what another process has compiled, if it is better than what has been taken.
  private mutating func follow(_ taken: CompilationEffort?) {
    if let library = cache.cached(rules.text) {
      stage = .ready(.full, library)
    } else if taken == nil, isQuickSafe, let library = cache.cached(rules.text, .quick) {
      stage = .ready(.quick, library)
    } else {
      stage = .following(taken, next: .now + Self.followed)
    }
  }

  private mutating func settle(_ effort: CompilationEffort, _ compilation: NativeCompilation) {
    switch compilation.result {
    case nil: break
    case .success(let library): stage = .ready(effort, library)
    case .failure(let error):
      failure = failure ?? error
      // The other effort may be another compiler's.
      stage = effort == .quick ? waitingForFull : .settled
    }
  }

  /// The search is over: a compiler that still runs is of no more use.
  mutating func cancel() {
    if case .compiling(let effort, let compilation) = stage {
      if compilation.result == nil {
        compilation.cancel()
        if effort == .full { cache.noteUnfinished(rules.text) }
      } else {
        settle(effort, compilation)
      }
    }
    stage = .settled
  }
}
