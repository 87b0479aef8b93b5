import Fitting
import Foundation
import MemoryLayout
import Testing

/// What `fit` says of machines that were booted, beside what they did (docs/boots.md).
@Suite struct BootOutcomeTests {
  /// How far what is left may differ: a kernel has caches, stacks and devices of its own, and gives
  /// back what it only needs to start.
  private static let toleranceByteCount: Int64 = 24 << 20

  @Test(arguments: try BootOutcome.all())
  func sameVerdictAndRefuser(outcome: BootOutcome) throws {
    let refuser = try #require(outcome.refuser, "an outcome is one of those that are known")
    let answer = try outcome.answer()
    if let reason = KnownDifference.verdicts.reason(of: outcome) {
      #expect(answer.refuser != refuser, "it no longer differs: \(reason)")
    } else {
      #expect(answer.refuser == refuser)
    }
  }

  @Test(arguments: try BootOutcome.all().filter { $0.leftByteCount != nil })
  func sameIsLeft(outcome: BootOutcome) throws {
    let answer = try outcome.answer()
    guard let left = outcome.leftByteCount, let said = answer.leftByteCount else { return }
    let difference = said - left
    if let reason = KnownDifference.remainders.reason(of: outcome) {
      #expect(difference.magnitude > Self.toleranceByteCount, "it no longer differs: \(reason)")
    } else {
      #expect(
        difference.magnitude <= Self.toleranceByteCount,
        "\(said >> 20) MiB are said to be left, and \(left >> 20) MiB are")
    }
  }

  /// What the first kernel reserves, by its command line and its map without the reservation.
  @Test(
    .enabled(if: LayoutDescription.keys.contains("crashkernel")),
    arguments: try BootOutcome.all().filter { !$0.crashKernelTexts.isEmpty })
  func reservedAtTheSamePlace(outcome: BootOutcome) throws {
    let (said, shown) = try outcome.withMap { map in
      var layout = try outcome.layout(map: map)
      layout.isCrashImage = true
      layout.memory = nil
      try layout.set("crashkernel", to: outcome.crashKernelTexts.joined(separator: " "))
      layout.inUse = outcome.inUse
      return (try layout.question().question.map.crashKernel, try MemoryMap.read(contentsOf: map))
    }
    if let reason = KnownDifference.places.reason(of: outcome) {
      #expect(said != shown.crashKernel, "it no longer differs: \(reason)")
    } else {
      #expect(said == shown.crashKernel)
    }
  }

  @Test func everyKnownDifferenceIsOfAnOutcome() throws {
    let outcomes = try BootOutcome.kept()
    for difference in KnownDifference.all {
      #expect(
        outcomes.contains { difference.isAbout($0) },
        "\(difference.kernel) \(difference.question): there is no such outcome")
    }
  }
}
