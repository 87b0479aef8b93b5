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
/// asked about at all sizes up to a cutoff at once, and what is so at these is so at all.
///
/// The circuit is that of the largest of these sizes, with inputs that say how many of the elements there
/// are (`OpenSizes`). So one answer is that of all sizes, and where it is no, the inputs say at which.
package struct AnySizeCheck: Sendable {
  /// A scalarset and the constant that says its size.
  package struct Dimension: Sendable, Hashable {
    package let scalarset: String
    package let constant: String
    /// The smallest size that is asked about.
    package let least: Int64
    /// Whether the text says the size elsewhere, as a number. Each size is asked about by itself then: a
    /// circuit has one value for the number.
    package let isNumber: Bool

    package init(scalarset: String, constant: String, least: Int64, isNumber: Bool = false) {
      (self.scalarset, self.constant) = (scalarset, constant)
      (self.least, self.isNumber) = (least, isNumber)
    }

    /// The same, with each size asked about by itself.
    fileprivate var asNumber: Dimension {
      Dimension(scalarset: scalarset, constant: constant, least: least, isNumber: true)
    }
  }

  package typealias Sizes = [String: Int64]

  package enum Outcome: Sendable {
    /// At each size up to these, so at all.
    case proved(cutoffs: Sizes, checked: Int)
    /// At this size they are not.
    case open(Sizes, [(obligation: LemmaProof.Obligation, obstacle: LemmaProof.Obstacle)])
    case undecided(Sizes, ExplorationLimit)
    /// There is no start state at any size; what rules out those of this one.
    case noStartState(Sizes, StartStateLoss)
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
    let dimensions = dimensions.map { dimension in
      let identity = asked.scalarsets.first { $0.name == dimension.scalarset }?.identity
      return identity.map(counts.numbered.contains) == true ? dimension.asNumber : dimension
    }
    return try AnySizeCutoffs(try Cutoffs(asked, counts, fixed: fixed), asked, dimensions)
  }

  /// Where a proof stands.
  package struct Progress: Sendable {
    /// Up to which something is asked.
    package let sizes: Sizes
    package let answered: Int
    package let questions: Int
  }

  /// - Parameters:
  ///   - record: Told what is asked, with the sizes up to which it is.
  ///   - note: Told where it stands, before each question.
  ///   - load: The model with its lemmas, with values for constants.
  package func prove(
    _ cutoffs: AnySizeCutoffs, _ watch: some CheckWatch = NoWatch(),
    recording record: (@Sendable (Sizes, InductionObligations) -> Void)? = nil,
    noting note: (Progress) -> Void = { _ in }, _ load: (Sizes) throws -> TransitionSystem
  ) throws -> Outcome {
    let interrupter = Interrupter()
    var cutoffs = cutoffs
    var undefinable: Set<Int> = []
    for sizes in sizes(upTo: cutoffs.definition) {
      let space = SearchSpace(try load(sizes).askingSafetyAlone, symmetry: .off, stop: stop)
      if stop.isDue() { return .undecided(sizes, .ended(stop)) }
      undefinable.formUnion(space.undefinableVariables)
    }
    var hasStartState = false
    // Asked about what needs larger sizes than it was thought to, with what is assumed for it then.
    while !cutoffs.questions.isEmpty {
      let questions = cutoffs.questions
      for round in QuestionRound.all(of: questions, cutoffs.dimensions) {
        let judge = Judge(stop.questionLimits, interrupter) { record?(round.sizes, $0) }
        let outcome = try watch.listening({ interrupter.interrupt() }) {
          try ask(
            &cutoffs, round, judge, try load(cutoffs.withOutsiders(round.sizes)), undefinable,
            &hasStartState, note)
        }
        if let outcome { return outcome }
      }
      for (question, rules) in questions { cutoffs.settle(question, of: rules) }
    }
    // What is left of a start state among so many elements as are asked about is one.
    guard hasStartState else {
      return .noStartState(
        cutoffs.most, StartStateLoss(in: try load(cutoffs.most).askingSafetyAlone, stop: stop))
    }
    return .proved(cutoffs: cutoffs.most, checked: cutoffs.sizeCount)
  }

  /// Asks something of all sizes up to some at once.
  ///
  /// - Parameters:
  ///   - system: At the largest of these sizes, or with elements more that are not there.
  ///   - undefinable: Numbers of variables that may be without a value at some size.
  ///   - hasStartState: Whether there is a start state at some size that was asked about.
  /// - Returns: What keeps it from being proved; nil if nothing does.
  private func ask(
    _ cutoffs: inout AnySizeCutoffs, _ round: QuestionRound, _ judge: Judge,
    _ system: TransitionSystem, _ undefinable: Set<Int>, _ hasStartState: inout Bool,
    _ note: (Progress) -> Void
  ) throws(CutoffRefusal) -> Outcome? {
    let (sizes, questions) = (round.sizes, round.questions)
    let finite: FiniteSystem
    do throws(NotSymbolic) {
      finite = try Encoding.make(
        system.askingSafetyAlone, deadlock: .off, stop, undefinable: undefinable,
        atLeast: cutoffs.least(at: sizes), looseSlots: cutoffs.looseSlots(of: system))
    } catch {
      return error == .stopped ? .undecided(sizes, .ended(stop)) : .notSymbolic(sizes, error)
    }
    guard finite.properties.chosen.isEmpty else { return .notSymbolic(sizes, .tooManyInstances) }
    let stop = stop
    let limits = ProofLimits(isStopped: { stop.isDue() }, mostBytes: memoryByteCount)
    var proof = LemmaProof(finite, limits, optional: cutoffs.optional)
    hasStartState = hasStartState || !proof.hasNoStartState()
    for (number, (question, rules)) in questions.enumerated() {
      note(Progress(sizes: sizes, answered: number, questions: questions.count))
      var open = rules
      while !open.isEmpty {
        switch ask(&proof, question, open, question.assumed, cutoffs, keeping: .ifProved) {
        case .stopped: return .undecided(sizes, .ended(stop))
        case .none: open = []
        case .obstacle(_, let rule, _):
          switch try assume(&cutoffs, &proof, question, rule) {
          case .stopped: return .undecided(sizes, .ended(stop))
          case .obstacle(_, _, let counts):
            let few = fewest(&proof, cutoffs, question, rule, among: counts, sizes)
            return obstacles(&proof, cutoffs, questions, judge, among: few, sizes)
          case .none: open.remove(rule)
          }
        }
      }
    }
    note(Progress(sizes: sizes, answered: questions.count, questions: questions.count))
    if let refusal = proof.refusal(judge) {
      return .undecided(sizes, stop.isDue() ? .ended(stop) : .unconfirmed(refusal))
    }
    return nil
  }

  private func ask(
    _ proof: inout LemmaProof, _ question: AnySizeCutoffs.Question, _ rules: Set<Int>,
    _ assumed: Set<Int>, _ cutoffs: AnySizeCutoffs, keeping kept: LemmaProof.Kept = .never
  ) -> LemmaProof.Answer {
    proof.ask(
      question.obligation, isStart: question.isStart, of: rules, assuming: assumed,
      among: cutoffs.ranges(upTo: question.sizes), keeping: kept)
  }

  /// Assumes a few of the optional invariants with which something is so of a rule.
  private func assume(
    _ cutoffs: inout AnySizeCutoffs, _ proof: inout LemmaProof, _ question: AnySizeCutoffs.Question,
    _ rule: Int
  ) throws(CutoffRefusal) -> LemmaProof.Answer {
    var needed = question.assumed
    switch ask(&proof, question, [rule], cutoffs.optional, cutoffs) {
    case .none(let used): needed.formUnion(used)
    case let answer: return answer
    }
    for invariant in needed.subtracting(question.assumed).sorted()
    where needed.contains(invariant) {
      switch ask(&proof, question, [rule], needed.subtracting([invariant]), cutoffs) {
      case .none(let used): needed = used.union(question.assumed)
      case .obstacle: break
      case .stopped: return .stopped
      }
    }
    // At larger sizes it is asked again.
    if try cutoffs.assume(needed, for: question, of: rule) { return .none(needed) }
    return ask(&proof, question, [rule], needed, cutoffs, keeping: .ifProved)
  }

  private func ask(
    _ proof: inout LemmaProof, _ question: AnySizeCutoffs.Question, _ rules: Set<Int>,
    _ cutoffs: AnySizeCutoffs, among counts: [Int: ClosedRange<Int64>],
    keeping kept: LemmaProof.Kept = .never
  ) -> LemmaProof.Answer {
    proof.ask(
      question.obligation, isStart: question.isStart, of: rules, assuming: cutoffs.optional,
      among: counts, keeping: kept)
  }

  /// Elements among which something is not so of a rule, none of which could be missing.
  ///
  /// - Parameter counts: Elements among which it is not.
  private func fewest(
    _ proof: inout LemmaProof, _ cutoffs: AnySizeCutoffs, _ question: AnySizeCutoffs.Question,
    _ rule: Int, among counts: [Int: Int64], _ sizes: Sizes
  ) -> [Int: Int64] {
    var counts = counts
    for (identity, least) in cutoffs.least(at: sizes).sorted(by: { $0.key < $1.key }) {
      while let count = counts[identity], least < count {
        var ranges = counts.mapValues { $0...$0 }
        ranges[identity] = least...(count - 1)
        guard
          case .obstacle(_, _, let fewer) = ask(&proof, question, [rule], cutoffs, among: ranges)
        else { break }
        counts = fewer
      }
    }
    return counts
  }

  /// All that is not so among so many elements.
  private func obstacles(
    _ proof: inout LemmaProof, _ cutoffs: AnySizeCutoffs, _ questions: [AnySizeCutoffs.Asked],
    _ judge: Judge, among counts: [Int: Int64], _ sizes: Sizes
  ) -> Outcome {
    let few = cutoffs.sizes(of: counts, upTo: sizes)
    var found: [LemmaProof.Obligation: LemmaProof.Obstacle] = [:]
    for (question, rules) in questions where found[question.obligation] == nil {
      let ranges = counts.mapValues { $0...$0 }
      switch ask(&proof, question, rules, cutoffs, among: ranges, keeping: .always) {
      case .obstacle(let obstacle, _, _): found[question.obligation] = obstacle
      case .none: break
      case .stopped: return .undecided(few, .ended(stop))
      }
    }
    _ = proof.refusal(judge, isProved: false)
    return .open(
      few,
      found.map { (obligation: $0.key, obstacle: $0.value) }
        .sorted { $0.obligation.order < $1.obligation.order })
  }

  /// All sizes up to some, the smallest first.
  package func sizes(upTo cutoffs: Sizes) -> [Sizes] {
    AnySizeCutoffs.sizes(upTo: cutoffs, dimensions)
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
