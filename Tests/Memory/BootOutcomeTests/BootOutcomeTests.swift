import Fitting
import Foundation
import MemoryLayout
import Testing

/// What `fit` says of machines that were booted, beside what they did (docs/boots.md).
@Suite struct BootOutcomeTests {
  /// How far what is left may differ: a kernel has caches, stacks and devices of its own, and gives
  /// back what it only needs to start.
  private static let toleranceByteCount: Int64 = 24 << 20
  /// How much lower a kernel may reserve than its map says: it has page tables and more by then at the
  /// end of memory, which no map shows, and reserves whole 16 MiB.
  private static let placeToleranceByteCount: UInt64 = 32 << 20

  @Test(arguments: try BootOutcome.all().filter { $0.question.load != "nothing" })
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
    arguments: try BootOutcome.all().filter { !$0.crashKernelTexts.isEmpty && !$0.isOnlyLoaded })
  func reservedAtTheSamePlace(outcome: BootOutcome) throws {
    let (said, shown) = try outcome.withMap { map in
      var layout = try outcome.layout(map: map)
      try layout.set("crashkernel", to: outcome.crashKernelTexts.joined(separator: " "))
      layout.inUse = outcome.inUse
      return (try layout.question().question.map.crashKernel, try MemoryMap.read(contentsOf: map))
    }
    let isSame = Self.isReserved(shown.crashKernel, as: said)
    if let reason = KnownDifference.places.reason(of: outcome) {
      #expect(!isSame, "it no longer differs: \(reason)")
    } else {
      #expect(isSame, "\(said) is said, and it is \(shown.crashKernel)")
    }
  }

  private static func isReserved(_ shown: AddressSet, as said: AddressSet) -> Bool {
    guard said.ranges.count == shown.ranges.count else { return false }
    return zip(said.ranges, shown.ranges).allSatisfy { said, shown in
      said.byteCount == shown.byteCount && shown.start <= said.start
        && said.start - shown.start <= placeToleranceByteCount
    }
  }

  /// The loader's order, with what it passes beside image and initrd in the sizes that it has. Where
  /// nothing is started nothing is said of places; arm64 keeps memory that no map shows; and a kernel
  /// that has no room to live has no placement.
  @Test(
    arguments: try BootOutcome.all().filter {
      $0.kernelStart != nil && $0.verdict != "did not come up"
        && ($0.question.load == "crash" || $0.kernel.header.architecture == "x86_64")
    })
  func segmentsLieWhereKexecPutsThem(outcome: BootOutcome) throws {
    let answer = try outcome.withMap { map in
      var layout = try outcome.layout(map: map)
      // What a second kernel needs beside its segments is another question.
      layout.unpackedInitrd = .exactly(0)
      layout.bounceBuffers = .exactly(0)
      layout.commandLine = .exactly(UInt64(outcome.question.append.utf8.count))
      try layout.set("efi-map", to: "0")
      try layout.set("working-memory", to: "0")
      if outcome.question.loader == "kexec_file_load" { try layout.set("purgatory", to: "20KiB") }
      return try layout.decide().answer
    }
    guard case .fits(let placement) = answer else {
      Issue.record("it does not fit: \(answer)")
      return
    }
    #expect(placement["kernel"]?.start == outcome.kernelStart)
    if let start = outcome.initrdStart { #expect(placement["initrd"]?.start == start) }
  }

  @Test func tablesShowEveryOutcome() throws {
    let file = BootOutcome.root.appendingPathComponent("docs/boots.md")
    let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
    for outcome in try BootOutcome.kept() {
      let name = outcome.questionName
      let rows = lines.filter { $0.hasPrefix("| \(name) |") }
      let shown = outcome.isOnlyLoaded ? "bounded" : outcome.verdict
      #expect(
        rows.contains { $0.contains(shown) },
        "\(outcome.testDescription) is \(shown): python3 Tests/Boot/table.py prints the tables")
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
