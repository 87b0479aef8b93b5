package import Randomness

extension SplitMix64 {
  // The three draws below take a remainder instead of the standard library's `random(in:using:)`,
  // whose algorithm may change between releases and so change the models of a seed. The bias of the
  // remainder is below 2^-50 for the ranges used here.

  /// An integer of `range`, each about equally likely. Precondition: the range is not empty.
  package mutating func integer(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  /// True in `percent` of 100 draws.
  package mutating func chance(_ percent: Int) -> Bool {
    integer(in: 0...99) < percent
  }

  /// One element of `choices`, each equally likely; nil if there are none.
  package mutating func pick<Element>(_ choices: [Element]) -> Element? {
    choices.isEmpty ? nil : choices[integer(in: 0...(choices.count - 1))]
  }

  /// One of the given values, as often as its weight says. Precondition: the weights' sum is
  /// positive.
  package mutating func weighted<Value>(_ choices: KeyValuePairs<Value, Int>) -> Value {
    var draw = integer(in: 0...(choices.reduce(0) { $0 + $1.value } - 1))
    for (value, weight) in choices {
      if draw < weight { return value }
      draw -= weight
    }
    preconditionFailure("weights sum to zero")
  }
}
