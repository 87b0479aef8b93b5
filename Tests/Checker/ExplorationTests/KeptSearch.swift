import Checkpoints
import Diagnostics
import Exploration
import Foundation
import Murphi
import Randomness
import TestSupport
import Testing
import Trace
import TransitionSystem

/// What has become of the checkpoints of a search.
final class CheckpointLog {
  private(set) var writtenCount = 0
  private(set) var failures: [CheckpointError] = []

  func note(_ note: CheckpointNote) {
    switch note {
    case .written: writtenCount += 1
    case .failed(let error): failures.append(error)
    case .reading, .unread, .kept: break
    }
  }
}

/// A search that is interrupted again and again, each time at some other place, and gone on with by
/// another number of threads; beside it the same search in one go.
struct KeptSearch {
  let system: TransitionSystem
  var options = ExplorationOptions()
  var symmetry = SearchSpace.Symmetry.exact
  var reduction = SearchSpace.Reduction.none
  /// The folder of checkpoints.
  let path = KeptSearch.place + "kept-\(UUID().uuidString)"

  /// In memory where that can be: each checkpoint waits for its device six times, and these tests write
  /// thousands. What they are about is the same; those of commands write to the disk.
  private static let place =
    access("/dev/shm", R_OK | W_OK | X_OK) == 0 ? "/dev/shm/" : NSTemporaryDirectory()

  static let version = "test"

  init(_ source: SourceText) throws {
    setenv("XDG_CACHE_HOME", NSTemporaryDirectory() + "swapcheck-tests-\(getpid())", 1)
    let loaded = MurphiModel.load(source)
    system = try #require(loaded.system, "\(loaded.diagnostics.map(\.message))")
  }

  init(_ text: String) throws { try self.init(SourceText(path: "m", text: text)) }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  func space(_ stop: StopCondition = .init()) -> SearchSpace {
    SearchSpace(system, symmetry: symmetry, reduction: reduction, stop: stop)
  }

  func inOneGo(_ change: (inout ExplorationOptions) -> Void = { _ in }) -> ExplorationResult {
    var options = options
    change(&options)
    return Explorer.explore(space(), options: options)
  }

  /// Goes on from the checkpoint, or begins where there is none.
  ///
  /// - Parameters:
  ///   - seconds: Between two checkpoints.
  ///   - log: Told what becomes of them.
  func goOn(
    until stop: StopCondition = .init(), every seconds: Double = 1e6,
    log: CheckpointLog = CheckpointLog(),
    _ change: (inout ExplorationOptions) -> Void = { _ in }
  ) throws(CheckpointError) -> ExplorationResult {
    var options = options
    change(&options)
    let space = space(stop)
    let isThere = FileManager.default.fileExists(atPath: path + "/checkpoint")
    let folder =
      isThere
      ? try open() : try CheckpointFolder.make(path, version: Self.version, description: [])
    return try Explorer.explore(
      space, options: options,
      checkpoints: SearchCheckpoints(folder, every: seconds, report: log.note))
  }

  func open() throws(CheckpointError) -> CheckpointFolder {
    try CheckpointFolder.open(path, version: Self.version)
  }

  /// What a search has found, without what depends on time and memory.
  static func found(_ result: ExplorationResult) -> [String] {
    let statistics = result.statistics
    return [
      "\(result.verdict)", "states \(statistics.stateCount)",
      "fired \(statistics.ruleFiringCount)", "depth \(statistics.depth)",
      "rules \(result.coverage.ruleFirings)", "covers \(result.coverage.coverHits)",
      "vacuous \(result.coverage.vacuousInvariants)", "digest \(result.digest)",
      "steps \(result.stepDigest?.description ?? "none")", "measures \(result.measures)",
      "remarks \(result.remarks)",
    ]
  }

  /// Interrupts the search at random, until it has a verdict, and compares that with the search in one go.
  ///
  /// - Returns: How often it was gone on with.
  @discardableResult
  func compare(
    seed: UInt64, change: (_ number: Int, _ options: inout ExplorationOptions) -> Void,
    place: SourceLocation = #_sourceLocation
  ) throws -> Int {
    defer { remove() }
    var random = SplitMix64(seed: seed)
    let whole = Self.found(inOneGo())
    // Where the search ends by itself, it has asked less often than this.
    var most = 40
    for number in 0..<200 {
      let stop =
        number < 100
        ? StopCondition.asked(times: Int.random(in: 0...most, using: &random)) : StopCondition()
      let result = try goOn(until: stop) { change(number, &$0) }
      // What was not decided in time is no end; an end that was asked for is none either.
      if stop.reason == nil || isDecided(result) {
        #expect(Self.found(result) == whole, "seed \(seed)", sourceLocation: place)
        return number
      }
      most += most / 8
    }
    Issue.record("the search does not end", sourceLocation: place)
    return 0
  }

  /// Whether a verdict is that of a whole search: a violation may be shown where only a part of its
  /// level has been looked at.
  func isDecided(_ result: ExplorationResult) -> Bool {
    if case .holds = result.verdict { true } else { false }
  }
}
