import TransitionSystem

/// The body of one C function in the making: statements go to `text`, expressions are strings.
///
/// Within it `c` is the context, `s` the state, `f` the frame and `r` the references in it.
struct CFunction {
  let model: CModel
  var text = CText()
  /// Results of calls that are aggregates: declared at the function's top, because what a statement
  /// expression declares ends with it.
  private(set) var temporaries: [String] = []
  private(set) var nameCount = 0
  /// Slots of all `temporaries`.
  private(set) var temporarySlotCount = 0

  /// The most loop rounds that the function can take, callees included; saturating.
  private(set) var rounds = 0
  /// Rounds, and what else takes time where aggregates are large, as the text bounds it; saturating.
  private(set) var work = 0
  /// The product of the rounds of the loops around the current place.
  private var roundsHere = 1
  /// For each function of the model, its `rounds` and its `work`.
  let costsOfFunctions: [Cost]

  /// What following a function's text to its end takes at most.
  struct Cost {
    var rounds = 0
    var work = 0
  }

  /// Where a failed assumption goes in a rule; nil in a function, which gives the state back.
  var discardLabel: String?
  /// What `return` does in C.
  var returned: ReturnForm = .procedure

  enum ReturnForm {
    case procedure
    /// - Parameters:
    ///   - remark: What is met where the value is out of the bounds; nil where nothing is.
    case scalar(ClosedRange<Int64>, remark: Int?)
    case aggregate(slotCount: Int)
    /// The action of a rule.
    case jump(label: String)
  }

  static let unboundedRounds = Int.max / 4

  init(model: CModel, costsOfFunctions: [Cost]) {
    self.model = model
    self.costsOfFunctions = costsOfFunctions
  }

  /// A name that no other in the function has (`CName`).
  mutating func fresh(_ stem: String) -> String {
    nameCount += 1
    return CName.local(nameCount, stem)
  }

  /// Memory for a result.
  mutating func temporary(slotCount: Int) -> String {
    let name = fresh("memory")
    temporaries.append("i64 \(name)[\(max(1, slotCount))];")
    temporarySlotCount += slotCount
    return name
  }

  // MARK: - Variables that always have a value

  /// For each slot of the frame that holds a parameter of a rule or property or the variable of a
  /// loop around the current place, the values that it can have. Nothing assigns to these.
  private var bound: [Int: ClosedRange<Int64>] = [:]

  mutating func bind(_ parameter: RuleParameter, at slot: Int) {
    switch parameter.values {
    case .all(let lower, let upper): bind(slot, lower, upper)
    case .stepped:
      if parameter.count > 0 { bind(slot, parameter.type.lower, parameter.type.upper) }
    }
  }

  mutating func bind(_ slot: Int, _ lower: Int64, _ upper: Int64) {
    bound[slot] = lower <= upper ? lower...upper : nil
  }

  mutating func unbind(_ slot: Int) { bound[slot] = nil }

  /// The values of a place if it is one of those; nil if it is not.
  func boundValues(of place: Place) -> ClosedRange<Int64>? {
    place.base == .frame && place.indices.isEmpty ? bound[place.offset] : nil
  }

  /// The values of an expression as far as its form tells: a literal's or a bound variable's.
  func plainValues(of expression: Expression) -> ClosedRange<Int64>? {
    switch expression.kind {
    case .literal(let value): value...value
    case .load(let place): boundValues(of: place)
    default: nil
    }
  }

  // MARK: - Bounds of loops

  /// A loop of so many rounds, or of an unknown number of them, is entered.
  mutating func beginLoop(rounds count: Int?) -> Int {
    let outer = roundsHere
    roundsHere = Self.product(roundsHere, count ?? Self.unboundedRounds)
    note(rounds: roundsHere, work: roundsHere)
    return outer
  }

  mutating func endLoop(outer: Int) { roundsHere = outer }

  mutating func noteCall(_ function: Int) {
    let cost = costsOfFunctions.indices.contains(function) ? costsOfFunctions[function] : Cost()
    // The call itself is a round.
    note(
      rounds: Self.product(roundsHere, cost.rounds + 1),
      work: Self.product(roundsHere, cost.work + 1))
  }

  /// Slots are gone through at once; where they are many and rounds are counted, they are too.
  mutating func noteSlots(_ count: Int) {
    let spent = noteComparedSlots(count)
    if !spent.isEmpty { text.line(spent) }
  }

  /// The same within an expression.
  ///
  /// - Returns: What is to stand before it.
  mutating func noteComparedSlots(_ count: Int) -> String {
    let work = count / Self.slotsOfRound
    note(rounds: 0, work: Self.product(roundsHere, work))
    return work > 0 && model.countsRounds ? "spend(c, \(work)); " : ""
  }

  /// Slots that take about the time of a round.
  private static let slotsOfRound = 64

  private mutating func note(rounds added: Int, work addedWork: Int) {
    rounds = min(Self.unboundedRounds, rounds + added)
    work = min(Self.unboundedRounds, work + addedWork)
  }

  static func product(_ left: Int, _ right: Int) -> Int {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? unboundedRounds : min(unboundedRounds, product)
  }

  /// Bytes that those declarations take, at 8 for a value and 16 for a reference.
  func frameByteCount(slotCount: Int) -> Int { 24 * max(1, slotCount) + 8 * temporarySlotCount }

  /// The declarations at the function's top.
  func frame(slotCount: Int) -> [String] {
    ["i64 f[\(max(1, slotCount))];", "ref r[\(max(1, slotCount))];", "(void)f; (void)r;"]
      + temporaries
  }
}
