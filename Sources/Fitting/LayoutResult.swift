internal import MemoryLayout
internal import SMT

/// What was found out about a layout.
public struct LayoutResult: Sendable {
  public enum Verdict: String, Hashable, Sendable {
    case fits
    case doesNotFit = "does not fit"
    case inconclusive
  }

  public let description: LayoutDescription
  public let layout: LayoutQuestion
  /// For the size in `rangeByteCount`, if a range was asked about.
  public let answer: FitAnswer
  public let rangeByteCount: UInt64?
  /// Why a larger size of the range does not fit.
  public let beyond: FitAnswer?
  /// What `answer` is about, beside a demand for `rangeByteCount`.
  let search: PlacementSearch
  /// How single rules of a conflict have to give way.
  public let relaxations: [Relaxation]
  /// Whether there may be more relaxations, because a limit was reached.
  public let mayHaveMoreRelaxations: Bool

  public var verdict: Verdict {
    switch answer {
    case .fits: .fits
    case .conflict: .doesNotFit
    case .inconclusive: .inconclusive
    }
  }

  /// Whether the verdict is the expected one; nil if none is expected or none was found.
  public var isExpected: Bool? {
    guard let expectation = description.expectation else { return nil }
    return switch verdict {
    case .fits: expectation == .fits
    case .doesNotFit: expectation == .doesNotFit
    case .inconclusive: nil
    }
  }
}

extension LayoutDescription {
  /// Reads the files, and answers the question.
  ///
  /// - Throws: `LayoutError`.
  public func decide() throws(LayoutError) -> LayoutResult {
    let layout = try question()
    let limits = Limits(timeoutMilliseconds: UInt32(clamping: timeoutSeconds * 1_000))
    let search = PlacementSearch(
      items: layout.question.items.map(\.name), constraints: layout.constraints, limits: limits)
    do throws(FittingError) {
      return try decide(layout, search)
    } catch {
      throw .fitting(error)
    }
  }

  private func decide(
    _ layout: LayoutQuestion, _ search: PlacementSearch
  ) throws(FittingError) -> LayoutResult {
    var answer: FitAnswer
    var range: RangeAnswer?
    var asked = search
    if let wanted = layout.range {
      let found = try search.find(wanted)
      asked = search.with(search.constraints + [wanted.constraint(found.byteCount)])
      (answer, range) = (found.answer, found)
    } else if let objective {
      answer = try search.find(objective, of: layout.question.items)
    } else {
      answer = try search.find()
    }
    var relaxations: [Relaxation] = []
    var isComplete = true
    if case .conflict(let conflict) = answer {
      let needed = layout.question.items.filter { !$0.role.canBeLeftOut }.map(\.name)
      (relaxations, isComplete) = try asked.relaxations(of: conflict, needed: Set(needed))
    }
    return LayoutResult(
      description: self, layout: layout, answer: answer, rangeByteCount: range?.byteCount,
      beyond: range?.beyond, search: search, relaxations: relaxations,
      mayHaveMoreRelaxations: !isComplete)
  }
}

extension PlacementItem.Role {
  /// Whether a kernel starts and lives without such an item.
  fileprivate var canBeLeftOut: Bool {
    switch self {
    case .initrd, .unpackedInitrd, .bounceBuffers, .crashKernel, .crashKernelLow, .processes,
      .grant:
      true
    case .kernel, .bootParameters, .purgatory, .deviceTree, .trampoline, .pageTables, .pageFrames,
      .perProcessor, .handoverScratch:
      false
    }
  }
}
