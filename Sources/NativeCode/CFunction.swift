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
  /// The product of the rounds of the loops around the current place.
  private var roundsHere = 1
  /// For each function of the model, its `rounds`.
  let roundsOfFunctions: [Int]

  /// Where a failed assumption goes in a rule; nil in a function, which gives the state back.
  var discardLabel: String?
  /// What `return` does in C.
  var returned: ReturnForm = .procedure

  enum ReturnForm {
    case procedure
    case scalar
    case aggregate(slotCount: Int)
    /// The action of a rule.
    case jump(label: String)
  }

  static let unboundedRounds = Int.max / 4

  init(model: CModel, roundsOfFunctions: [Int]) {
    self.model = model
    self.roundsOfFunctions = roundsOfFunctions
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
    case .listed(let values):
      if let lower = values.min(), let upper = values.max() { bind(slot, lower, upper) }
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
    rounds = min(Self.unboundedRounds, rounds + roundsHere)
    return outer
  }

  mutating func endLoop(outer: Int) { roundsHere = outer }

  mutating func noteCall(_ function: Int) {
    guard roundsOfFunctions.indices.contains(function) else { return }
    rounds = min(
      Self.unboundedRounds, rounds + Self.product(roundsHere, roundsOfFunctions[function]))
  }

  private static func product(_ left: Int, _ right: Int) -> Int {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    return overflow ? unboundedRounds : min(unboundedRounds, product)
  }

  /// The declarations at the function's top.
  func frame(slotCount: Int) -> [String] {
    ["i64 f[\(max(1, slotCount))];", "ref r[\(max(1, slotCount))];", "(void)f; (void)r;"]
      + temporaries
  }
}
