/// The SplitMix64 generator (Steele, Lea, Flood: "Fast splittable pseudorandom number generators",
/// OOPSLA 2014): one 64-bit word of state, the same sequence on every machine.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  // The three draws below take a remainder instead of the standard library's `random(in:using:)`,
  // whose algorithm may change between releases and so change the models of a seed. The bias of the
  // remainder is below 2^-50 for the ranges used here.

  /// An integer of `range`, each about equally likely. Precondition: the range is not empty.
  mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  /// True in `percent` of 100 draws.
  mutating func chance(_ percent: Int) -> Bool {
    integer(in: 0...99) < percent
  }

  /// One element of `choices`, each equally likely; nil if there are none.
  mutating func pick<Element>(_ choices: [Element]) -> Element? {
    choices.isEmpty ? nil : choices[integer(in: 0...(choices.count - 1))]
  }

  /// One of the given values, as often as its weight says. Precondition: the weights' sum is
  /// positive.
  mutating func weighted<Value>(_ choices: KeyValuePairs<Value, Int>) -> Value {
    var draw = integer(in: 0...(choices.reduce(0) { $0 + $1.value } - 1))
    for (value, weight) in choices {
      if draw < weight { return value }
      draw -= weight
    }
    preconditionFailure("weights sum to zero")
  }
}
