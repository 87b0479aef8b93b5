import Diagnostics
import TransitionSystem

/// Counts the elements that are enough for conditions and statements to do what they did among any
/// number of them.
///
/// A quantifier looks at elements one after another, and one of them ends it: the first for which
/// `exists` is true or `forall` is not, or something goes wrong. Where that element is among the fewer,
/// and for these the same holds of what is quantified, the quantifier has its value. So each quantifier
/// needs one element, for each element that its variables run over; less where not the value has to be
/// kept but its truth. A loop over elements needs the one in whose round it ends; what other rounds do
/// is of their elements alone.
struct NeedsWalk {
  let system: TransitionSystem
  private(set) var needs: [ElementNeed: Int] = [:]
  /// Where each was needed first.
  private(set) var places: [ElementNeed: SourceSpan] = [:]
  private var place = SourceSpan.none
  /// What is needed for what was asked.
  private var known: [Witness: Grant] = [:]
  /// Sums over elements, by their numbers.
  var sums: [Int: ElementSum] = [:]
  /// What elements add to sums each, by their numbers.
  private var tallies: [Int: Tally] = [:]
  /// The next number of a sum or tally, none of which is used twice.
  private var nextNumber = 0
  /// What grows with the number of elements.
  let sizes: ElementCounts
  /// What names elements that are not needed for that.
  let loose: LooseNames
  /// For each variable that stands for elements, the scalarset that these are of.
  private var variables: [Int] = []
  /// Variables that run over all elements where the walk is.
  private(set) var scope: [Int] = []
  /// Those of loops, whose rounds change what is asked about.
  private var loopDepth = 0
  /// Other loops whose rounds are gone through at once.
  private var repeatDepth = 0
  /// Whether what is gone through is known to come to its end.
  private(set) var endsWell = false
  private var quantifierDepth = 0
  var frames: [AbstractFrame] = []
  /// What was read of frames and of the state, in order.
  private var reads: [Read] = []
  /// How often each variable of the state has been written to.
  private var versions: [Version]
  /// For each slot of the state, the number of its variable.
  private let variableOfSlot: [Int]
  private var callDepth = 0
  private var partCount = 0

  private static let mostParts = 2_000_000
  private static let mostCalls = 64
  /// Values up to which what runs over them is gone through one by one.
  static let mostValues = 64

  /// What is asked of all elements of a scalarset, for each of others.
  private struct Asked {
    let need: ElementNeed
    /// Nil where it may be another one whenever it is asked.
    let witness: Witness?
  }

  /// What elements add to a sum: so many of those that add something are needed as it is compared with.
  private struct Tally {
    let asked: Asked
    /// What is needed already, where there is no witness.
    var grant = Grant()
  }

  init(
    _ system: TransitionSystem, _ sizes: ElementCounts = ElementCounts(),
    _ loose: LooseNames = LooseNames()
  ) {
    self.system = system
    self.sizes = sizes
    self.loose = loose
    versions = Array(repeating: Version(), count: system.variables.count)
    var found = Array(repeating: 0, count: system.slotCount)
    for (number, variable) in system.variables.enumerated() {
      for slot in variable.slot..<variable.slot + variable.type.slotCount { found[slot] = number }
    }
    variableOfSlot = found
  }

  // MARK: - Needs

  mutating func need(_ set: Int, along variables: [Int] = []) {
    add(ElementNeed(set, along: variables.map { self.variables[$0] }), times: 1)
  }

  /// - Parameter place: Where that is; nil is where the walk is.
  mutating func add(_ need: ElementNeed, times: Int, at place: SourceSpan? = nil) {
    needs[need, default: 0] += times
    if places[need] == nil { places[need] = place ?? self.place }
  }

  /// A variable for one element, which is needed.
  mutating func choose(_ set: Int) -> AbstractValue {
    need(set, along: scope)
    variables.append(set)
    return .element(variables.count - 1)
  }

  /// Goes one of several ways: what is needed is enough for each. Within what runs over all elements,
  /// different elements may go different ways.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - way: Goes the way of a number.
  mutating func oneOf(
    _ count: Int, _ way: (inout Self, Int) throws(CutoffRefusal) -> Void
  ) throws(CutoffRefusal) {
    let (before, needsBefore) = (self, needs)
    var most = needsBefore
    var knownInAll: [Witness: Grant]?
    var talliesInAll = tallies
    for number in 0..<count {
      var walk = before
      (walk.partCount, walk.nextNumber) = (partCount, nextNumber)
      try way(&walk, number)
      (partCount, nextNumber) = (walk.partCount, walk.nextNumber)
      places.merge(walk.places) { first, _ in first }
      sums.merge(walk.sums) { first, _ in first }
      talliesInAll.merge(walk.tallies) {
        Tally(asked: $0.asked, grant: $0.grant.common(with: $1.grant))
      }
      for variable in versions.indices {
        versions[variable].raise(to: walk.versions[variable])
      }
      knownInAll = knownInAll?.common(with: walk.known) ?? walk.known
      for (need, count) in walk.needs {
        if scope.isEmpty {
          most[need] = max(most[need] ?? 0, count)
        } else {
          most[need, default: 0] += count - (needsBefore[need] ?? 0)
        }
      }
      variables = walk.variables.count > variables.count ? walk.variables : variables
      for frame in frames.indices { frames[frame].forget(whatDiffersFrom: walk.frames[frame]) }
      // What was read counts for whatever is around.
      if walk.reads.count > before.reads.count { reads += walk.reads[before.reads.count...] }
    }
    needs = most
    known = knownInAll ?? known
    tallies = talliesInAll
  }

  mutating func countPart(_ span: SourceSpan) throws(CutoffRefusal) {
    partCount += 1
    if span != .none { place = span }
    if partCount > Self.mostParts { throw CutoffRefusal(.tooLarge, at: span) }
  }

  // MARK: - Running over elements

  /// What is quantified, for all elements that a variable runs over.
  ///
  /// - Parameter needsOne: Whether the element is needed at which the quantifier ends.
  mutating func ranging(
    over set: Int, slot: Int, of expression: Expression, needsOne: Bool,
    _ body: (inout Self) throws(CutoffRefusal) -> Void
  ) throws(CutoffRefusal) {
    let asked = try asking(all: set, slot: slot, expression, body)
    if needsOne { _ = need(asked, Grant(adding: 1)) }
  }

  /// - Returns: What is asked of all elements.
  private mutating func asking(
    all set: Int, slot: Int, _ expression: Expression,
    _ body: (inout Self) throws(CutoffRefusal) -> Void
  ) throws(CutoffRefusal) -> Asked {
    let firstRead = reads.count
    variables.append(set)
    let variable = variables.count - 1
    frames[frames.count - 1].values[slot] = .element(variable)
    scope.append(variable)
    quantifierDepth += 1
    try body(&self)
    quantifierDepth -= 1
    scope.removeLast()
    frames[frames.count - 1].values[slot] = nil
    let read = reads[firstRead...].map { $0.asked(of: variable) }
    forget(variable, since: firstRead)
    let isUnknown = read.contains(.unknown)
    let along = scope.filter { outer in
      isUnknown || loopDepth > 0
        || read.contains { if case .value(_, .element(outer)) = $0 { true } else { false } }
    }
    var witness: Witness?
    if !isUnknown, along.isEmpty || loopDepth == 0 {
      witness = Witness(
        set: set, expression: expression.structure(), along: along.map { variables[$0] },
        reads: read.map { $0.naming(along) })
    }
    return Asked(need: ElementNeed(set, along: along.map { variables[$0] }), witness: witness)
  }

  /// Needs elements for what is asked, besides those that are needed for it already.
  ///
  /// - Parameter before: What is, where there is no witness.
  /// - Returns: What is needed for it then.
  private mutating func need(
    _ asked: Asked, _ grant: Grant, since before: Grant = Grant()
  ) -> Grant {
    // What is asked behind it may have changed for the elements that were written to.
    let before = asked.witness.map { known[$0] ?? Grant() } ?? before
    let after = before.raised(to: grant)
    if let witness = asked.witness { known[witness] = after }
    if after.total > before.total { add(asked.need, times: after.total - before.total) }
    return after
  }

  // MARK: - Sums

  /// Notes what elements add to a sum each. One of them is needed in any case: that at which it goes
  /// wrong.
  ///
  /// - Returns: The number of the tally.
  mutating func tally(
    over set: Int, slot: Int, _ added: Expression
  ) throws(CutoffRefusal) -> (number: Int, reads: ArraySlice<Read>) {
    let firstRead = reads.count
    let asked = try asking(all: set, slot: slot, added) { walk throws(CutoffRefusal) in
      try walk.walk(added)
    }
    let number = newNumber()
    tallies[number] = Tally(asked: asked)
    if !endsWell { need(tally: number, Grant(one: true)) }
    return (number, reads[firstRead...])
  }

  /// Needs elements for a sum.
  mutating func need(tally number: Int, _ grant: Grant) {
    guard let tally = tallies[number] else { return }
    let needed = need(tally.asked, grant, since: tally.grant)
    tallies[number]?.grant = needed
  }

  /// Needs elements, whichever they are.
  mutating func need(anyOf set: Int, times: Int) {
    let witness = Witness(set: set, expression: "any of them", along: [], reads: [])
    _ = need(Asked(need: ElementNeed(set), witness: witness), Grant(adding: times))
  }

  /// A number that nothing had before.
  mutating func newNumber() -> Int {
    defer { nextNumber += 1 }
    return nextNumber
  }

  func isSum(_ slot: Int, ofFrame frame: Int? = nil) -> Bool {
    frames[frame ?? frames.count - 1].values[slot]?.isSum ?? false
  }

  /// Goes through what is known to come to its end, if it is.
  mutating func ending<Result>(
    well isKnown: Bool, _ body: (inout Self) throws(CutoffRefusal) -> Result
  ) throws(CutoffRefusal) -> Result {
    let before = endsWell
    endsWell = before || isKnown
    let result = try body(&self)
    endsWell = before
    return result
  }

  /// What a variable that ran over elements stood for is the same whatever its number.
  private mutating func forget(_ variable: Int, since first: Int) {
    for position in first..<reads.count {
      switch reads[position] {
      case .value(_, .element(variable)): reads[position] = .value(slot: -1, .element(-1))
      case .state(let number, var elements, let version) where elements.contains(variable):
        elements.remove(variable)
        reads[position] = .state(number, at: elements, version)
      default: break
      }
    }
  }

  /// The rounds of a loop over elements.
  mutating func rounds(
    over set: Int, slot: Int, needsOne: Bool, _ body: (inout Self) throws(CutoffRefusal) -> Void
  ) throws(CutoffRefusal) {
    if needsOne { need(set, along: scope) }
    variables.append(set)
    frames[frames.count - 1].values[slot] = .element(variables.count - 1)
    scope.append(variables.count - 1)
    loopDepth += 1
    try body(&self)
    loopDepth -= 1
    scope.removeLast()
    frames[frames.count - 1].values[slot] = nil
  }

  // MARK: - Frames and calls

  /// The value of a slot of the frame.
  mutating func read(_ slot: Int) -> AbstractValue {
    let value = frames[frames.count - 1].values[slot] ?? .unknown
    reads.append(value == .unknown || value.isSum ? .unknown : .value(slot: slot, value))
    return value
  }

  /// Notes that something of a frame is read whose value is not followed.
  mutating func readUnknown() { reads.append(.unknown) }

  /// The number of the state variable that a slot is of, which is read or written.
  func variable(ofSlot slot: Int) -> Int { variableOfSlot[slot] }

  /// Notes that a variable of the state is read, at elements that variables stand for.
  mutating func readState(_ variable: Int, at elements: Set<Int>) {
    reads.append(.state(variable, at: elements, versions[variable]))
  }

  /// Writes to a place: to what is of the elements of all rounds around it, or to what these alone see.
  mutating func write(
    _ place: AbstractPlace, of type: ValueType, at span: SourceSpan
  ) throws(CutoffRefusal) {
    if let frame = place.frame {
      guard frames[frame].scope == scope.count || scope.allSatisfy(place.elements.contains) else {
        throw CutoffRefusal(.sharedByRounds, at: span)
      }
      if let slot = place.slot { frames[frame].values[slot] = .unknown }
    } else {
      // What is quantified and changes the state is asked in another one each time.
      guard quantifierDepth == 0, scope.allSatisfy(place.elements.contains) else {
        throw CutoffRefusal(.sharedByRounds, at: span)
      }
      guard let variable = place.variable else { return changeAll() }
      versions[variable].writes += 1
      // Not to elements that are needed alone.
      if !scope.isEmpty || type.hasScalarsetIndex { versions[variable].sweeps += 1 }
    }
  }

  /// Nothing that was asked is the same any more.
  mutating func forgetKnown() {
    known = [:]
    changeAll()
  }

  /// Anything may have been written to.
  mutating func changeAll() {
    for variable in versions.indices {
      versions[variable].writes += 1
      versions[variable].sweeps += 1
    }
  }

  mutating func call(
    _ frame: AbstractFrame, at span: SourceSpan,
    _ body: (inout Self) throws(CutoffRefusal) -> AbstractValue
  ) throws(CutoffRefusal) -> AbstractValue {
    callDepth += 1
    guard callDepth <= Self.mostCalls else { throw CutoffRefusal(.unboundedRepetition, at: span) }
    frames.append(frame)
    let result = try body(&self)
    frames.removeLast()
    callDepth -= 1
    return result
  }

  /// Loops around whose rounds are gone through at once.
  var repetitions: Int { loopDepth + repeatDepth }

  /// Rounds that are gone through at once.
  mutating func repeating(
    _ body: (inout Self) throws(CutoffRefusal) -> Void
  ) throws(CutoffRefusal) {
    repeatDepth += 1
    try body(&self)
    repeatDepth -= 1
  }

  /// What is repeated, nobody knows how often: it may need no elements.
  mutating func repeated(
    at span: SourceSpan, _ body: (inout Self) throws(CutoffRefusal) -> Void
  ) throws(CutoffRefusal) {
    let before = needs
    // What is known already is another one in another round.
    let knownBefore = known
    known = [:]
    try repeating(body)
    known = knownBefore
    guard needs == before else { throw CutoffRefusal(.unboundedRepetition, at: span) }
    changeAll()
  }
}

extension AbstractFrame {
  /// Forgets what has another value where another way was gone.
  mutating func forget(whatDiffersFrom other: AbstractFrame) {
    for (slot, value) in values where other.values[slot] != value {
      values[slot] = value.isSum || other.values[slot]?.isSum ?? false ? .mixedSum : .unknown
    }
    for (slot, value) in other.values where value.isSum && values[slot] != value {
      values[slot] = .mixedSum
    }
  }
}
