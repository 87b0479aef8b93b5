import Diagnostics
import Exploration
import Foundation
import Murphi
import Testing
import Trace
import TransitionSystem

/// What ends a search on disk while it decides liveness, and how it is written what leads where.
@Suite struct DiskLivenessTests {
  /// From everywhere but where `x` is 777, and what that leads to, one can go home.
  private static let text = """
    var x: 0..2999; y: 0..1;
    startstate begin x := 0; y := 0; end;
    rule "on" x < 2999 & y = 0 ==> begin x := x + 1; end;
    rule "home" x = 2999 & y = 0 ==> begin x := 0; end;
    rule "lost" x = 777 ==> begin y := 1; end;
    rule "away" x < 2999 & y = 1 ==> begin x := x + 1; end;
    liveness "home" x = 0;
    liveness "end" x = 2999;
    """

  private static func explore(
    _ stop: StopCondition = .init(), collected: Int = 40, memory: Int? = nil
  ) throws -> ExplorationResult {
    let loaded = MurphiModel.load(SourceText(path: "m", text: text))
    let folder = NSTemporaryDirectory() + "swapcheck-liveness-\(UUID().uuidString)"
    var options = ExplorationOptions()
    options.deadlock = .off
    options.memoryByteCount = memory
    options.store = .disk
    options.disk = DiskOptions(
      folder: folder,
      sizes: DiskSizes(
        blockWordCount: 8, candidateCount: collected, recentBitCount: 4, runCount: 3, keptCount: 10,
        partCount: 30))
    defer { #expect(!FileManager.default.fileExists(atPath: folder)) }
    return Explorer.explore(
      SearchSpace(try #require(loaded.system), symmetry: .off, stop: stop), options: options)
  }

  /// 3,000 states on the way, and 2,223 beside it.
  @Test func theFirstWithoutAWayHomeIsShown() throws {
    let result = try Self.explore()
    #expect(result.statistics.stateCount == 5223)
    guard case .violated(let counterexample) = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    #expect(counterexample.execution.steps.count == 779)
    #expect(counterexample.execution.steps.last?.slots == [777, 1])
  }

  /// It ends as any search does that is interrupted, wherever that is, or has been decided.
  @Test func itCanBeEndedAnywhere() throws {
    let count = Asked()
    _ = try Self.explore(StopCondition(isCancelled: { count.isBeyond(.max) }))
    let whole = count.times
    #expect(whole > 5_000)
    var cancelled = 0
    for number in 1...24 {
      let asked = Asked()
      let most = whole * number / 25
      let result = try Self.explore(StopCondition(isCancelled: { asked.isBeyond(most) }))
      guard case .inconclusive(.cancelled) = result.verdict else { continue }
      if result.statistics.stateCount == 5223 { cancelled += 1 }
    }
    // All states were there, and liveness was not decided.
    #expect(cancelled > 3)
  }

  /// Marks of 5,223 states take 656 bytes for one property, and 1,312 for both.
  @Test(arguments: [(40, false), (82, true), (200, true)])
  func marksThatHaveNoRoomEndIt(collected: Int, isEnough: Bool) throws {
    let result = try Self.explore(collected: collected, memory: 1 << 20)
    switch result.verdict {
    case .violated: #expect(isEnough)
    case .inconclusive(.bytes(let bytes)): #expect(!isEnough && bytes == 1 << 20)
    default: Issue.record("\(result.verdict)")
    }
  }

  /// Numbers that do not fit into half a word take one each.
  @Test(arguments: [
    (1, 1), (2, 1), (3, 1), (1 << 32, 1), (1 << 32 + 1, 2), (1 << 40, 2), (1 << 62, 2),
  ])
  func transitionsAreReadAsTheyWereWritten(stateCount: Int, wordCount: Int) {
    let code = TransitionCode(stateCount: stateCount)
    #expect(code.wordCount == wordCount)
    var ends: [(target: Int, source: Int)] = []
    for target in [0, stateCount / 3, stateCount - 1] {
      for source in [0, stateCount / 2, stateCount - 1] { ends.append((target, source)) }
    }
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: ends.count * wordCount)
    defer { words.deallocate() }
    for (place, end) in ends.enumerated() {
      code.write(end.target, end.source, to: words + place * wordCount)
    }
    for (place, end) in ends.enumerated() {
      #expect(code.read(words, place) == end)
    }
  }
}

/// How often it was asked whether a search is to end.
private final class Asked: @unchecked Sendable {
  // One thread searches.
  private(set) var times = 0

  func isBeyond(_ most: Int) -> Bool {
    times += 1
    return times > most
  }
}
