import Randomness

/// Random models, each in several sizes that are the same system: a variable counts in steps of 1, or of
/// more, so that it takes more bits for as many values.
struct ScaledModel {
  /// How many bits a state takes.
  enum Size {
    /// Up to 64.
    case word
    /// 65 to 128, in two words.
    case pair
    /// More than 128.
    case more

    /// Bits that a step of a variable may have.
    fileprivate var stepBits: ClosedRange<Int> {
      switch self {
      case .word: 0...0
      case .pair: 7...9
      case .more: 14...16
      }
    }
  }

  let text: String

  /// - Parameters:
  ///   - hasLiveness: Whether it may ask for liveness.
  ///   - periods: For each of the variables beside the scalarset's, its values, where that is not left to
  ///     chance.
  init(seed: UInt64, size: Size, hasLiveness: Bool = true, periods: [Int]? = nil) {
    // The same choices for all sizes.
    var random = SplitMix64(seed: seed)
    var stepRandom = SplitMix64(seed: seed &+ 77)
    var counters = (0..<6).map { number in
      Counter(name: "v\(number)", period: Int.random(in: 2...4, using: &random))
    }
    for (number, period) in (periods ?? []).enumerated() { counters[number].period = period }
    var element = Counter(name: "a[i]", period: Int.random(in: 2...3, using: &random))
    func step() -> Int {
      let bits = Int.random(in: size.stepBits, using: &stepRandom)
      return bits == 0 ? 1 : Int.random(in: 1 << bits..<2 << bits, using: &stepRandom)
    }
    for number in counters.indices { counters[number].step = step() }
    element.step = step()
    func condition() -> String {
      let counter = counters[Int.random(in: 0..<counters.count, using: &random)]
      return counter.condition(&random)
    }
    var lines = ["type p_t: scalarset(3);", "var"]
    lines += counters.map { "\($0.name): 0 .. \($0.greatest);" }
    lines.append("a: array [p_t] of 0 .. \(element.greatest);")
    lines.append("startstate begin")
    lines += counters.map { "\($0.name) := 0;" }
    lines.append("for i: p_t do a[i] := 0; end; end;")
    for counter in counters {
      // Where all variables are free to go round, all states are reached.
      let guards = periods == nil && Bool.random(using: &random) ? condition() : "true"
      let isCyclic = periods != nil || Int.random(in: 0..<4, using: &random) > 0
      lines.append("rule \"\(counter.name)\" \(counter.rule(where: guards, isCyclic: isCyclic))")
    }
    let guards = Bool.random(using: &random) ? condition() : "true"
    lines.append("ruleset i: p_t do rule \"a\" \(element.rule(where: guards, isCyclic: true)) end;")
    lines.append("measure \"m\" \(counters[1].name);")
    let bad = (0..<4).map { counters[$0].condition(&random) }.joined(separator: " & ")
    if periods == nil, seed % 3 == 0 { lines.append("invariant \"i\" !(\(bad));") }
    if periods == nil, seed % 5 == 1 { lines.append("cover \"c\" \(bad);") }
    let first = counters[0].condition(&random)
    let second = counters[2].condition(&random)
    if hasLiveness {
      lines.append("liveness \"l\" \(first) & \(second);")
      lines.append("liveness \"all the way back\" v0 = 0 & v3 = 0;")
    }
    text = lines.joined(separator: "\n")
  }

  private struct Counter {
    let name: String
    var period: Int
    var step = 1

    var greatest: Int { (period - 1) * step }

    func condition(_ random: inout SplitMix64) -> String {
      "\(name) = \(Int.random(in: 0..<period, using: &random) * step)"
    }

    func rule(where condition: String, isCyclic: Bool) -> String {
      isCyclic
        ? "\(condition) ==> begin \(name) := (\(name) + \(step)) % \(greatest + step); end;"
        : "\(condition) & \(name) < \(greatest) ==> begin \(name) := \(name) + \(step); end;"
    }
  }
}
