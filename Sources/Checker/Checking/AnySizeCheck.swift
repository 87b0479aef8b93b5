package import Cutoffs
package import Diagnostics
package import Exploration
package import Proving
import SMT
package import Symbolic
import Symmetry
import Trace
package import TransitionSystem

/// Whether invariants of a model are inductive together whatever the sizes of its scalarsets: they are
/// asked about at each size up to a cutoff, and what is so at these is so at all.
package struct AnySizeCheck: Sendable {
  /// A scalarset and the constant that says its size.
  package struct Dimension: Sendable, Hashable {
    package let scalarset: String
    package let constant: String
    /// The smallest size that is asked about.
    package let least: Int64

    package init(scalarset: String, constant: String, least: Int64) {
      (self.scalarset, self.constant, self.least) = (scalarset, constant, least)
    }
  }

  package typealias Sizes = [String: Int64]

  package enum Outcome: Sendable {
    /// At each size up to these, so at all.
    case proved(cutoffs: Sizes, checked: Int)
    /// At this size they are not.
    case open(Sizes, [(obligation: LemmaProof.Obligation, obstacle: LemmaProof.Obstacle)])
    case undecided(Sizes, ExplorationLimit)
    /// What the model has no terms for, at this size.
    case notSymbolic(Sizes, NotSymbolic)
  }

  private let dimensions: [Dimension]
  private let stop: StopCondition
  private let memoryByteCount: Int?

  package init(_ dimensions: [Dimension], stop: StopCondition, memoryByteCount: Int?) {
    (self.dimensions, self.stop, self.memoryByteCount) = (dimensions, stop, memoryByteCount)
  }

  /// - Parameter system: The model with its lemmas at a size, in which all scalarsets have two elements
  ///   at least.
  /// - Throws: `CutoffRefusal` where no sizes stand for all.
  package func cutoffs(_ system: TransitionSystem) throws(CutoffRefusal) -> Sizes {
    let asked = system.askingSafetyAlone
    let plan = SymmetryPlan(
      asked, mayBeUndefined: Array(repeating: true, count: asked.slotCount))
    if let refusal = plan.refusals.first {
      throw CutoffRefusal(.notInterchangeable(refusal.type.name ?? "scalarset"), at: refusal.span)
    }
    let sizes = try Cutoffs(asked).sizes
    var found: Sizes = [:]
    for type in asked.scalarsets {
      guard let dimension = dimensions.first(where: { $0.scalarset == type.name }) else { continue }
      found[dimension.constant] = max(dimension.least, Int64(sizes[type.identity] ?? 1))
    }
    return found
  }

  /// - Parameters:
  ///   - record: Told what is asked at each size.
  ///   - load: The model with its lemmas, with values for constants.
  package func prove(
    upTo cutoffs: Sizes, _ watch: some CheckWatch = NoWatch(),
    recording record: (@Sendable (Sizes, InductionObligations) -> Void)? = nil,
    _ load: (Sizes) throws -> TransitionSystem
  ) rethrows -> Outcome {
    let interrupter = Interrupter()
    let stop = stop
    let limits = ProofLimits(isStopped: { stop.isDue() }, mostBytes: memoryByteCount)
    var checked = 0
    for sizes in sizes(upTo: cutoffs) {
      let system = try load(sizes).askingSafetyAlone
      let finite: FiniteSystem
      do throws(NotSymbolic) {
        finite = try Encoding.make(system, deadlock: .off, stop)
      } catch {
        return error == .stopped
          ? .undecided(sizes, .ended(stop)) : .notSymbolic(sizes, error)
      }
      guard finite.properties.chosen.isEmpty else {
        return .notSymbolic(sizes, .tooManyInstances)
      }
      let judge = Judge(stop.questionLimits, interrupter) { record?(sizes, $0) }
      let (obstacles, refusal) = watch.listening({ interrupter.interrupt() }) {
        LemmaProof.obstacles(finite, judge: judge, limits)
      }
      if stop.isDue() { return .undecided(sizes, .ended(stop)) }
      if let refusal { return .undecided(sizes, .unconfirmed(refusal)) }
      guard obstacles.isEmpty else {
        return .open(sizes, obstacles.map { (obligation: $0.0, obstacle: $0.1) })
      }
      checked += 1
    }
    return .proved(cutoffs: cutoffs, checked: checked)
  }

  /// All sizes up to some, the smallest first.
  package func sizes(upTo cutoffs: Sizes) -> [Sizes] {
    var found: [Sizes] = [[:]]
    for dimension in dimensions {
      guard let most = cutoffs[dimension.constant], dimension.least <= most else { continue }
      found = found.flatMap { sizes in
        (dimension.least...most).map { sizes.merging([dimension.constant: $0]) { $1 } }
      }
    }
    return found.sorted {
      $0.values.reduce(0, +) < $1.values.reduce(0, +)
    }
  }
}

extension TransitionSystem {
  /// The system without what is only observed.
  package var askingSafetyAlone: TransitionSystem {
    silencing(
      Set(
        properties.indices.filter {
          switch properties[$0].kind {
          case .cover, .liveness, .measure: true
          case .invariant, .assumption: false
          }
        }))
  }
}
