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

  /// - Parameters:
  ///   - system: The model with its lemmas at a size, in which all scalarsets that are left open have two
  ///     elements at least.
  ///   - counts: What it says about how many elements there are.
  /// - Throws: `CutoffRefusal` where no sizes stand for all.
  package func cutoffs(
    _ system: TransitionSystem, _ counts: ElementCounts = ElementCounts()
  ) throws(CutoffRefusal) -> AnySizeCutoffs {
    let asked = system.askingSafetyAlone
    let plan = SymmetryPlan(
      asked, mayBeUndefined: Array(repeating: true, count: asked.slotCount))
    if let refusal = plan.refusals.first {
      throw CutoffRefusal(.notInterchangeable(refusal.type.name ?? "scalarset"), at: refusal.span)
    }
    var fixed: [Int: Int] = [:]
    for type in asked.scalarsets where !dimensions.contains(where: { $0.scalarset == type.name }) {
      fixed[type.identity] = type.valueCount ?? 1
    }
    return try AnySizeCutoffs(try Cutoffs(asked, counts, fixed: fixed), asked, dimensions)
  }

  /// - Parameters:
  ///   - record: Told what is asked at each size.
  ///   - load: The model with its lemmas, with values for constants.
  package func prove(
    _ cutoffs: AnySizeCutoffs, _ watch: some CheckWatch = NoWatch(),
    recording record: (@Sendable (Sizes, InductionObligations) -> Void)? = nil,
    _ load: (Sizes) throws -> TransitionSystem
  ) throws -> Outcome {
    let interrupter = Interrupter()
    var cutoffs = cutoffs
    var undefinable: Set<Int> = []
    for sizes in sizes(upTo: cutoffs.definition) {
      let space = SearchSpace(try load(sizes).askingSafetyAlone, symmetry: .off, stop: stop)
      if stop.isDue() { return .undecided(sizes, .ended(stop)) }
      undefinable.formUnion(space.undefinableVariables)
    }
    var checked: Set<Sizes> = []
    while true {
      let asked = cutoffs.asked
      for sizes in sizes(upTo: cutoffs.most) where !cutoffs.questions(at: sizes).isEmpty {
        let judge = Judge(stop.questionLimits, interrupter) { record?(sizes, $0) }
        let outcome = try watch.listening({ interrupter.interrupt() }) {
          try ask(&cutoffs, at: sizes, judge, try load(sizes), undefinable)
        }
        if let outcome { return outcome }
        checked.insert(sizes)
      }
      if cutoffs.settle(asked) { return .proved(cutoffs: cutoffs.most, checked: checked.count) }
    }
  }

  /// Asks what has to be asked at a size.
  ///
  /// - Parameter undefinable: Numbers of variables that may be without a value at some size.
  /// - Returns: What keeps it from being proved; nil if nothing does.
  private func ask(
    _ cutoffs: inout AnySizeCutoffs, at sizes: Sizes, _ judge: Judge, _ system: TransitionSystem,
    _ undefinable: Set<Int>
  ) throws(CutoffRefusal) -> Outcome? {
    let finite: FiniteSystem
    do throws(NotSymbolic) {
      finite = try Encoding.make(
        system.askingSafetyAlone, deadlock: .off, stop, undefinable: undefinable)
    } catch {
      return error == .stopped ? .undecided(sizes, .ended(stop)) : .notSymbolic(sizes, error)
    }
    guard finite.properties.chosen.isEmpty else { return .notSymbolic(sizes, .tooManyInstances) }
    let stop = stop
    let limits = ProofLimits(isStopped: { stop.isDue() }, mostBytes: memoryByteCount)
    var proof = LemmaProof(finite, limits, optional: cutoffs.optional)
    var obstacles: [LemmaProof.Obligation: LemmaProof.Obstacle] = [:]
    for (question, rules) in cutoffs.questions(at: sizes) {
      var rules = rules
      while !rules.isEmpty, obstacles[question.obligation] == nil {
        switch proof.ask(
          question.obligation, isStart: question.isStart, of: rules, assuming: question.assumed)
        {
        case .stopped: return .undecided(sizes, .ended(stop))
        case .none: rules = []
        case .obstacle(_, let rule):
          switch assumptions(&proof, question, rule, cutoffs.optional) {
          case .stopped: return .undecided(sizes, .ended(stop))
          case .obstacle(let obstacle, _): obstacles[question.obligation] = obstacle
          case .none(let needed):
            try cutoffs.assume(question.assumed.union(needed), for: question, of: rule)
            rules.remove(rule)
          }
        }
      }
    }
    guard obstacles.isEmpty else {
      _ = proof.refusal(judge, isProved: false)
      let found = obstacles.map { (obligation: $0.key, obstacle: $0.value) }
      return .open(sizes, found.sorted { $0.obligation.order < $1.obligation.order })
    }
    if let refusal = proof.refusal(judge) {
      return .undecided(sizes, stop.isDue() ? .ended(stop) : .unconfirmed(refusal))
    }
    return nil
  }

  /// A few of the optional invariants with which something is so of a rule.
  private func assumptions(
    _ proof: inout LemmaProof, _ question: AnySizeCutoffs.Question, _ rule: Int,
    _ optional: Set<Int>
  ) -> LemmaProof.Answer {
    func ask(
      _ proof: inout LemmaProof, _ assumed: Set<Int>, keeping kept: LemmaProof.Kept = .never
    ) -> LemmaProof.Answer {
      proof.ask(
        question.obligation, isStart: question.isStart, of: [rule], assuming: assumed,
        keeping: kept)
    }
    var needed = question.assumed
    switch ask(&proof, optional) {
    case .none(let used): needed.formUnion(used)
    case .obstacle: return ask(&proof, optional, keeping: .always)
    case .stopped: return .stopped
    }
    for invariant in needed.subtracting(question.assumed).sorted()
    where needed.contains(invariant) {
      switch ask(&proof, needed.subtracting([invariant])) {
      case .none(let used): needed = used.union(question.assumed)
      case .obstacle: break
      case .stopped: return .stopped
      }
    }
    return ask(&proof, needed, keeping: .ifProved)
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
