import Checking
import Cutoffs
import Diagnostics
import Murphi
import Proving
import SMT
import Testing
import Trace
import TransitionSystem

/// A model whose scalarsets `p_t` and `q_t` have as many elements as the constants `N` and `M` say.
struct AnySizeModel {
  let text: String

  private var source: SourceText { SourceText(path: "test.m", bytes: Array(text.utf8)) }

  func system(_ sizes: [String: Int64] = [:]) throws -> TransitionSystem {
    let loaded = MurphiModel.load(source, overrides: sizes)
    return try #require(
      loaded.system, "\(loaded.diagnostics.map(\.message).joined(separator: "\n")) in\n\(text)")
  }

  private func dimensions(
    _ system: TransitionSystem, least: Int64, fixed: Set<String>
  ) -> [AnySizeCheck.Dimension] {
    [("p_t", "N", least), ("q_t", "M", 1)]
      .filter { dimension in
        !fixed.contains(dimension.1) && system.scalarsets.contains { $0.name == dimension.0 }
      }
      .map { AnySizeCheck.Dimension(scalarset: $0.0, constant: $0.1, least: $0.2) }
  }

  /// What the text says about the sizes.
  private func counts(
    _ system: TransitionSystem, _ dimensions: [AnySizeCheck.Dimension], fixed: Set<String>
  ) -> ElementCounts {
    let constants = SizeConstants(
      source, dialect: .rumur,
      values: Dictionary(
        system.constants.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }),
      fixed: fixed)
    return ElementCounts(
      system,
      sizes: Dictionary(
        dimensions.map { ($0.constant, $0.scalarset) }, uniquingKeysWith: { first, _ in first }),
      uses: constants.otherUses,
      bounds: constants.bounds.bounds.mapValues { ($0.constant, $0.factors) },
      inTypes: constants.bounds.uses)
  }

  /// The sizes that stand for all larger ones.
  func cutoffs(least: Int64 = 1, fixed: [String: Int64] = [:]) throws -> AnySizeCutoffs {
    let small = try system(fixed)
    let names = Set(fixed.keys)
    let open = dimensions(small, least: least, fixed: names)
    let check = AnySizeCheck(open, stop: StopCondition(), memoryByteCount: nil)
    return try check.cutoffs(small, counts(small, open, fixed: names))
  }

  func refusal() throws -> CutoffRefusal? {
    do {
      _ = try cutoffs()
      return nil
    } catch let error as CutoffRefusal {
      return error
    }
  }

  struct TooManySizes: Error {}

  /// - Parameter most: The largest size that is asked about: with more, `TooManySizes` is thrown.
  func prove(
    least: Int64 = 1, fixed: [String: Int64] = [:], most: Int64 = 64
  ) throws -> AnySizeCheck.Outcome {
    let open = dimensions(try system(fixed), least: least, fixed: Set(fixed.keys))
    let check = AnySizeCheck(open, stop: StopCondition(), memoryByteCount: nil)
    return try check.prove(try cutoffs(least: least, fixed: fixed)) { sizes in
      guard sizes.values.allSatisfy({ $0 <= most }) else { throw TooManySizes() }
      return try system(sizes.merging(fixed) { $1 })
    }
  }

  func isInductive(_ sizes: [String: Int64]) throws -> Bool {
    let finite = try Encoding.make(try system(sizes), deadlock: .off, .init())
    let found = LemmaProof.obstacles(finite, judge: Judge(.none, Interrupter()), ProofLimits())
    #expect(found.refusal == nil)
    return found.obstacles.isEmpty
  }
}
