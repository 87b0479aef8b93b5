import FitReports
import Fitting
import MemoryLayout
import Testing

/// One sentence for each rule of a conflict; the expected ones are put together by hand from the
/// constraints' reasons.
@Suite struct ConflictTextTests {
  private static func kept(_ item: String, _ byteCount: Int) -> PlacementConstraint {
    PlacementConstraint(
      .parkedProcessors, .apart(item, []),
      "`\(item)` leaves the running kernel's \(byteCount) bytes alone")
  }

  private static func low(_ item: String) -> PlacementConstraint {
    PlacementConstraint(.lowMemory, .within(item, []), "below 896 MiB")
  }

  private static func text(_ constraints: [PlacementConstraint]) -> [String] {
    ConflictText(Conflict(constraints, isMinimal: true)).sentences
  }

  private static let source = PlacementRule.parkedProcessors.source
  private static let rule = PlacementRule.parkedProcessors.rawValue

  @Test func aRuleOfSeveralItemsIsOneSentence() {
    let sentences = Self.text([
      Self.kept("a", 5), Self.low("a"), Self.kept("b", 5), Self.low("c"),
      PlacementConstraint(.wanted, .atLeast("a", byteCount: 3 << 20), "`a` takes 3145728 bytes"),
      PlacementConstraint(.placed, .placed("a"), ""),
      PlacementConstraint(.placed, .placed("b"), ""),
    ])
    #expect(
      sentences == [
        "\(Self.rule): each of `a` (3 MiB) and `b` leaves the running kernel's 5 bytes alone"
          + " [\(Self.source)]",
        "32-bit x86 keeps its kernel and struct pages below 896 MiB: `a` (3 MiB) and `c`:"
          + " below 896 MiB [Documentation/mm/highmem.rst]",
        "everything has the size that was asked for: `a` takes 3145728 bytes"
          + " [the question itself]",
        "everything is placed: `a`, `b` have a place",
      ])
  }

  /// Other numbers are other words, and are not put together.
  @Test func otherWordsAreSaidBesides() {
    #expect(
      Self.text([Self.kept("a", 5), Self.kept("b", 6), Self.kept("c", 5)]) == [
        "\(Self.rule): each of `a` and `c` leaves the running kernel's 5 bytes alone;"
          + " `b` leaves the running kernel's 6 bytes alone [\(Self.source)]"
      ])
    let disjoint = PlacementConstraint(.disjoint, .disjoint(["a", "b"]), "no two overlap")
    let rule = "nothing overlaps"
    let source = PlacementRule.disjoint.source
    #expect(
      Self.text([disjoint, disjoint]) == ["\(rule): no two overlap; no two overlap [\(source)]"])
  }

  /// What is said of the same items goes on.
  @Test func severalDemandsOfAnItem() {
    let pages = PlacementRule.kexecPages
    #expect(
      Self.text(
        ["a", "b"].flatMap { item in
          [
            PlacementConstraint(
              pages, .startAligned(item, unit: 8, offset: 0), "`\(item)` starts at a multiple"),
            PlacementConstraint(
              pages, .endAligned(item, unit: 8), "`\(item)` ends at a multiple"),
          ]
        }) == [
          "kexec's segments are whole pages: each of `a` and `b` starts at a multiple, and ends at"
            + " a multiple [\(pages.source)]"
        ])
    let trampoline = PlacementRule.trampoline
    #expect(
      Self.text([
        PlacementConstraint(trampoline, .startAligned("t", unit: 8, offset: 0), "a page"),
        PlacementConstraint(trampoline, .within("t", []), "below 1 MiB"),
      ]) == [
        "processors are started from a page below 1 MiB: `t`: a page; below 1 MiB"
          + " [\(trampoline.source)]"
      ])
  }

  /// The report of two pages that do not fit says each source once.
  @Test func noSourceIsSaidTwice() {
    let items = (0..<20).map { "item \($0)" }
    let constraints = items.flatMap { [Self.kept($0, 5), Self.low($0)] }
    let sentences = Self.text(constraints)
    #expect(sentences.count == 2)
    #expect(items.allSatisfy { item in sentences.allSatisfy { $0.contains("`\(item)`") } })
  }
}
