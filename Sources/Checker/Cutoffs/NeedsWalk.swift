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
  private var known: Set<Witness> = []
  /// For each variable that stands for elements, the scalarset that these are of.
  private var variables: [Int] = []
  /// Variables that run over all elements where the walk is.
  private(set) var scope: [Int] = []
  /// Those of loops, whose rounds change what is asked about.
  private var loopDepth = 0
  var frames: [AbstractFrame] = []
  /// What was read of frames, in order.
  private var reads: [Read] = []
  /// How often the state has been written to.
  private var version = 0
  private var callDepth = 0
  private var partCount = 0

  private static let mostParts = 2_000_000
  private static let mostCalls = 64
  /// Values up to which what runs over them is gone through one by one.
  static let mostValues = 64

  /// An element that is needed for a quantifier: the same one, where the same is asked again.
  private struct Witness: Hashable {
    let expression: String
    let reads: [Read]
    let version: Int
  }

  private enum Read: Hashable {
    case value(slot: Int, AbstractValue)
    case unknown
  }

  init(_ system: TransitionSystem) { self.system = system }

  // MARK: - Needs

  mutating func need(_ set: Int, along variables: [Int] = []) {
    add(ElementNeed(set, along: variables.map { self.variables[$0] }), times: 1)
  }

  mutating func add(_ need: ElementNeed, times: Int) { needs[need, default: 0] += times }

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
    for number in 0..<count {
      var walk = before
      walk.partCount = partCount
      try way(&walk, number)
      (version, partCount) = (max(version, walk.version), walk.partCount)
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
  }

  mutating func countPart(_ span: SourceSpan) throws(CutoffRefusal) {
    partCount += 1
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
    let firstRead = reads.count
    variables.append(set)
    let variable = variables.count - 1
    frames[frames.count - 1].values[slot] = .element(variable)
    scope.append(variable)
    try body(&self)
    scope.removeLast()
    frames[frames.count - 1].values[slot] = nil
    // What runs here is the same whatever its number.
    for position in firstRead..<reads.count {
      if case .value(_, .element(variable)) = reads[position] {
        reads[position] = .value(slot: -1, .element(-1))
      }
    }
    guard needsOne else { return }
    let read = reads[firstRead...]
    let isUnknown = read.contains(.unknown)
    let along = scope.filter { outer in
      isUnknown || loopDepth > 0
        || read.contains { if case .value(_, .element(outer)) = $0 { true } else { false } }
    }
    if along.isEmpty, !isUnknown {
      let witness = Witness(
        expression: expression.structure(), reads: Array(read), version: version)
      guard known.insert(witness).inserted else { return }
    }
    need(set, along: along)
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
    version += 1
  }

  // MARK: - Frames and calls

  /// The value of a slot of the frame.
  mutating func read(_ slot: Int) -> AbstractValue {
    let value = frames[frames.count - 1].values[slot] ?? .unknown
    reads.append(value == .unknown ? .unknown : .value(slot: slot, value))
    return value
  }

  /// Notes that something of a frame is read whose value is not followed.
  mutating func readUnknown() { reads.append(.unknown) }

  /// Writes to a place: to what is of the elements of all rounds around it, or to what these alone see.
  mutating func write(_ place: AbstractPlace, at span: SourceSpan) throws(CutoffRefusal) {
    if let frame = place.frame {
      guard frames[frame].scope == scope.count || scope.allSatisfy(place.elements.contains) else {
        throw CutoffRefusal(.sharedByRounds, at: span)
      }
      if let slot = place.slot { frames[frame].values[slot] = .unknown }
    } else {
      guard scope.allSatisfy(place.elements.contains) else {
        throw CutoffRefusal(.sharedByRounds, at: span)
      }
      version += 1
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

  /// What is repeated, nobody knows how often: it may need no elements.
  mutating func repeated(
    at span: SourceSpan, _ body: (inout Self) throws(CutoffRefusal) -> Void
  ) throws(CutoffRefusal) {
    let before = needs
    // What is known already is another one in another round.
    let knownBefore = known
    known = []
    try body(&self)
    known = knownBefore
    guard needs == before else { throw CutoffRefusal(.unboundedRepetition, at: span) }
    version += 1
  }
}

extension AbstractFrame {
  /// Forgets what has another value where another way was gone.
  mutating func forget(whatDiffersFrom other: AbstractFrame) {
    for (slot, value) in values where other.values[slot] != value { values[slot] = .unknown }
  }
}
