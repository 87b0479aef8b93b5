import Checking
package import Diagnostics
import Exploration
import Packing
import Proving
package import Symbolic
import Trace
package import TransitionSystem

/// Looks for lemmas with which the invariants of a model are inductive.
///
/// A state from which a step leads to where an invariant does not hold, though all hold in it, is one that
/// no run reaches, if the invariant is true. So something is the case in it that is never the case: of a
/// few elements, in no state that was reached at a small size. That is a lemma, which excludes the state
/// and others, and is asked about next (counterexamples to induction: Bradley 2011; with what is true of
/// small instances: Goel and Sakallah, "On symmetry and quantification", 2021). Whatever is found is
/// believed only if it is proved.
package final class LemmaSearch {
  package enum Outcome: Sendable {
    /// With all lemmas nothing is broken at the sizes that were asked about.
    case closed
    /// No lemma excludes this state, from which a goal is broken.
    case stuck(Goal, [Int64])
    /// An invariant does not hold, or a rule goes wrong, at this size.
    case violated
    /// There are too many states at this size.
    case tooManyStates
    case stopped
    case notSymbolic(NotSymbolic)
  }

  /// What is to be shown.
  package enum Goal: Sendable, Hashable {
    case property(Int)
    case rules
    /// A lemma, by its number.
    case lemma(Int)
  }

  /// Where a search stands.
  package struct Progress: Sendable {
    /// That were found.
    package let lemmas: Int
    /// Of those that are to be shown.
    package let shown: Int
    package let goals: Int
  }

  let stop: StopCondition
  let note: (Progress) -> Void
  private var text: LemmaText?
  private var scalarsets: [ScalarType] = []
  private var reached: [ReachedViews.Reached] = []
  private var views: [[Int]: ReachedViews] = [:]
  var lemmas: [Lemma] = []
  private var known: Set<Lemma> = []
  /// Those that a start state is an exception of, or a state behind one that no lemma excludes, at a size
  /// that was not looked at.
  var refuted: Set<Int> = []
  /// For each goal the lemmas that it was shown with.
  var used: [Goal: Set<Int>] = [:]

  /// States that are looked at.
  private static let mostStates = 100_000
  private static let mostVariables = 3
  private static let mostLiterals = 4
  /// Lemmas that a state gives at once.
  private static let lemmasOfState = 6

  /// - Parameter note: Told where it stands, before each goal.
  package init(stop: StopCondition, noting note: @escaping (Progress) -> Void = { _ in }) {
    (self.stop, self.note) = (stop, note)
  }

  package var count: Int { lemmas.count }

  /// The lemmas that are needed, as invariants of the model.
  package var neededText: String { text?.text(joined) ?? "" }
  package var neededCount: Int { joined.count }

  private var joined: [JoinedLemma] { JoinedLemma.all(needed.map { lemmas[$0] }) }

  /// Looks at all states of a small size, of which lemmas are to be true. The largest comes first.
  ///
  /// - Returns: Nil where that was done.
  package func learn(from system: TransitionSystem) -> Outcome? {
    let system = system.askingSafetyAlone
    let shape = StateShape(system, system.scalarsets)
    switch ReachedStates.of(system, most: Self.mostStates, stop: stop) {
    case .violated: return .violated
    case .tooMany: return .tooManyStates
    case .stopped: return .stopped
    case .all(let states): reached.append(ReachedViews.Reached(shape: shape, states: states))
    }
    if text == nil {
      scalarsets = system.scalarsets
      let space = SearchSpace(system, symmetry: .off, stop: stop)
      text = LemmaText(
        shape, scalarsets, mayBeUndefined: space.packing.fields.map(\.mayBeUndefined))
    }
    return nil
  }

  /// Finds lemmas until nothing is broken at a size.
  package func close(_ system: TransitionSystem) -> Outcome {
    // Nor is it known of what is only observed that nothing goes wrong in it.
    let system = system.askingSafetyAlone
    let finite: FiniteSystem
    do throws(NotSymbolic) {
      finite = try Encoding.make(system, deadlock: .off, stop)
    } catch {
      return error == .stopped ? .stopped : .notSymbolic(error)
    }
    let stop = stop
    let shape = StateShape(system, system.scalarsets)
    var questions = InductionQuestions(finite, ProofLimits(isStopped: { stop.isDue() }))
    for number in lemmas.indices { add(number, to: &questions, shape) }
    let properties = system.properties.indices.filter { questions.canBreak($0) }
    var goals: [Goal] = [.rules] + properties.map { .property($0) }
    var next = 0
    var lemmaCount = 0
    while true {
      if next == goals.count {
        guard lemmaCount < lemmas.count else { return .closed }
        goals.append(.lemma(lemmaCount))
        lemmaCount += 1
      }
      let goal = goals[next]
      note(
        Progress(lemmas: lemmas.count, shown: next, goals: goals.count + lemmas.count - lemmaCount))
      switch answer(goal, &questions, shape) {
      case .none(let lemmas):
        used[goal, default: []].formUnion(lemmas)
        next += 1
      case .stopped: return .stopped
      case .state(let state):
        let found = self.found(excluding: state, shape)
        if found.isEmpty {
          // A lemma may be true of smaller sizes alone.
          guard case .lemma(let number) = goal else { return .stuck(goal, state) }
          refute(number)
          questions.drop(number)
          next = 0
        }
        for lemma in found {
          known.insert(lemma)
          lemmas.append(lemma)
          add(lemmas.count - 1, to: &questions, shape)
        }
      }
    }
  }

  /// What was shown with a lemma that is not true is not shown.
  private func refute(_ lemma: Int) {
    refuted.insert(lemma)
    used = used.filter { !$0.value.contains(lemma) }
  }

  /// Adds a lemma, unless it does not hold at the start.
  func add(_ number: Int, to questions: inout InductionQuestions, _ shape: StateShape) {
    let lemma = lemmas[number]
    if !refuted.contains(number), let cube = lemma.firstCube(in: shape), questions.isStart(cube) {
      refute(number)
    }
    questions.add(refuted.contains(number) ? [] : lemma.cubes(in: shape))
  }

  func answer(
    _ goal: Goal, _ questions: inout InductionQuestions, _ shape: StateShape
  ) -> InductionQuestions.Answer {
    switch goal {
    case .rules: return questions.failingRule()
    case .property(let number): return questions.step(breaking: number)
    case .lemma(let number):
      // All elements are alike, so that one choice of them stands for all.
      guard !refuted.contains(number), let cube = lemmas[number].firstCube(in: shape) else {
        return .none([])
      }
      return questions.step(to: cube)
    }
  }

  /// Lemmas that a state is an exception of, of as few literals as can be; what is said of all elements
  /// first, because more elements stand for all where somebody has to be found.
  private func found(excluding state: [Int64], _ shape: StateShape) -> [Lemma] {
    for asksForNobody in [false, true] {
      for literals in 2...Self.mostLiterals {
        let found = lemmas(excluding: state, shape, literals, asksForNobody)
        if !found.isEmpty { return found }
        if stop.isDue() { return [] }
      }
    }
    return []
  }

  private func lemmas(
    excluding state: [Int64], _ shape: StateShape, _ literals: Int, _ asksForNobody: Bool
  ) -> [Lemma] {
    var found: [Lemma: Double] = [:]
    // More variables say no less, and cost more.
    for count in 0...Self.mostVariables where found.isEmpty {
      for sets in combinations(count) where ElementChoices.first(sets, shape.sizes) != nil {
        guard let views = views(of: sets) else { continue }
        let here = views.lemmas(
          excluding: state, shape, most: literals, asksForNobody: asksForNobody)
        for (lemma, weight) in here where !known.contains(lemma) { found[lemma] = weight }
      }
    }
    return found.sorted { ($0.value, $0.key.words) < ($1.value, $1.key.words) }
      .prefix(Self.lemmasOfState).map(\.key)
  }

  /// Scalarsets for so many variables.
  private func combinations(_ count: Int) -> [[Int]] {
    var found: [[Int]] = [[]]
    for _ in 0..<count {
      found = found.flatMap { chosen in
        scalarsets.map(\.identity).filter { $0 >= chosen.last ?? .min }.map { chosen + [$0] }
      }
    }
    return found
  }

  /// Nil where there were too few elements to see so many.
  private func views(of sets: [Int]) -> ReachedViews? {
    if let known = views[sets] { return known }
    guard reached.contains(where: { ElementChoices.first(sets, $0.shape.sizes) != nil }) else {
      return nil
    }
    let made = ReachedViews(sets, reached)
    views[sets] = made
    return made
  }

  /// The lemmas that invariants and rules were shown with, and those that these were shown with.
  var needed: [Int] {
    var found: Set<Int> = []
    var open: [Int] = used.filter { if case .lemma = $0.key { false } else { true } }
      .flatMap(\.value)
    while let lemma = open.popLast() {
      if found.insert(lemma).inserted { open += used[.lemma(lemma)] ?? [] }
    }
    return found.sorted()
  }
}
