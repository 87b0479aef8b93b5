/// What is asked with one circuit, of all sizes up to those of the circuit at once.
///
/// A circuit of larger sizes answers what is asked of smaller ones, too, but slower. So what is asked of
/// about the same sizes is asked together.
struct QuestionRound {
  let sizes: AnySizeCheck.Sizes
  let questions: [AnySizeCutoffs.Asked]

  /// So many questions about a circuit take as long as to make one, about.
  private static let questionsOfCircuit = 30.0

  /// All that is to be asked, the smallest sizes first; of sizes that are numbers, at each by itself.
  static func all(
    of questions: [AnySizeCutoffs.Asked], _ dimensions: [AnySizeCheck.Dimension]
  ) -> [QuestionRound] {
    let numbers = dimensions.filter(\.isNumber)
    var found: [AnySizeCheck.Sizes: [AnySizeCutoffs.Asked]] = [:]
    for asked in questions {
      let sizes = asked.question.sizes
      for each in AnySizeCutoffs.sizes(upTo: sizes, numbers) {
        found[sizes.merging(each) { $1 }, default: []].append(asked)
      }
    }
    var rounds = found.map { QuestionRound(sizes: $0.key, questions: $0.value) }
      .sorted { $0.order.lexicographicallyPrecedes($1.order) }
    while let (first, second) = bestPair(of: rounds, numbers) {
      let joined = rounds[first].joined(with: rounds[second])
      rounds.remove(at: second)
      rounds.remove(at: first)
      let place = rounds.firstIndex { !$0.order.lexicographicallyPrecedes(joined.order) }
      rounds.insert(joined, at: place ?? rounds.count)
    }
    return rounds
  }

  /// The two with whose joining most is won.
  private static func bestPair(
    of rounds: [QuestionRound], _ numbers: [AnySizeCheck.Dimension]
  ) -> (Int, Int)? {
    var best: (pair: (Int, Int), gain: Double)?
    for second in rounds.indices {
      for first in 0..<second
      where numbers.allSatisfy({
        rounds[first].sizes[$0.constant] == rounds[second].sizes[$0.constant]
      }) {
        let joined = rounds[first].sizes.merging(rounds[second].sizes, uniquingKeysWith: max)
        let count = rounds[first].questions.count + rounds[second].questions.count
        let gain =
          rounds[first].cost + rounds[second].cost - Self.cost(of: count, upTo: joined)
        if gain > best?.gain ?? 0 { best = ((first, second), gain) }
      }
    }
    return best?.pair
  }

  /// In what a question takes of one element of each scalarset: elements are combined with each other.
  private var cost: Double { Self.cost(of: questions.count, upTo: sizes) }

  private static func cost(of questions: Int, upTo sizes: AnySizeCheck.Sizes) -> Double {
    let volume = sizes.values.reduce(1) { $0 * Double($1) }
    return volume * (questionsOfCircuit + Double(questions))
  }

  private func joined(with other: QuestionRound) -> QuestionRound {
    QuestionRound(
      sizes: sizes.merging(other.sizes, uniquingKeysWith: max),
      questions: questions + other.questions)
  }

  /// By how many elements there are.
  private var order: [Int64] {
    [sizes.values.reduce(0, +)] + sizes.sorted { $0.key < $1.key }.map(\.value)
  }
}
