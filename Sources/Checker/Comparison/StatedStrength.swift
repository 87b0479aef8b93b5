import Diagnostics
import TransitionSystem

/// Which of two properties asks for more by its text: each is taken apart into what all has to be true
/// for it to be true. What the head asks beside all that the base asks makes it no weaker, in any state
/// that there could be; the same in another order, or in other names of what is bound, is the same.
///
/// An error is no truth: a property is true in a state where it is evaluated to its end, and then so is
/// each of its parts, in whatever order. Below `|`, `!` and to the left of `->` that is not so, and
/// nothing is taken apart there.
struct StatedStrength {
  private let pair: ModelPair
  private let types: TypeIdentities

  init(_ pair: ModelPair) {
    self.pair = pair
    types = TypeIdentities(pair.base.system, pair.head.system)
  }

  struct Answer {
    /// Nil where the text does not tell.
    let change: PropertyChange.Change?
    /// What the base asks that the head does not, in these words, and the other way round.
    let lost: [String]
    let gained: [String]
  }

  func answer(of old: Property, _ new: Property) -> Answer {
    let before = PropertyConjunct.all(of: old)
    let after = PropertyConjunct.all(of: new)
    let oldWords = words(before, old, pair.base.system, TypeIdentities())
    let newWords = words(after, new, pair.head.system, types)
    let (asked, stillAsked) = (Set(oldWords), Set(newWords))
    let lost = zip(before, oldWords).filter { $1 == nil || !stillAsked.contains($1) }.map(\.0)
    let gained = zip(after, newWords).filter { $1 == nil || !asked.contains($1) }.map(\.0)
    var change: PropertyChange.Change?
    if old.kind != .measure, lost.isEmpty {
      // Of an assumption more is worse, and that it is more than in words is not known.
      change = gained.isEmpty ? .equal : old.kind == .assumption ? nil : .stronger
    }
    let texts = (
      lost: pair.texts(of: lost.map(\.expression.span), isHead: false),
      gained: pair.texts(of: gained.map(\.expression.span), isHead: true)
    )
    // Where these are the same, it is in what they call.
    return Answer(
      change: change, lost: texts.lost.filter { !texts.gained.contains($0) },
      gained: texts.gained.filter { !texts.lost.contains($0) })
  }

  private func words(
    _ conjuncts: [PropertyConjunct], _ property: Property, _ system: TransitionSystem,
    _ types: TypeIdentities
  ) -> [[String]?] {
    conjuncts.map {
      ExpressionWords.all(
        $0.expression, within: $0.wrappers, property.parameters, of: system, types)
    }
  }
}

/// A part of a property that has to be true for it to be true.
struct PropertyConjunct {
  let expression: Expression
  /// What stands around it, the outermost first.
  let wrappers: [Wrapper]

  enum Wrapper {
    case forall(Loop)
    case premise(Expression)
  }

  static func all(of property: Property) -> [PropertyConjunct] { all(property.expression, []) }

  private static func all(_ expression: Expression, _ wrappers: [Wrapper]) -> [PropertyConjunct] {
    switch expression.kind {
    case .and(let left, let right): all(left, wrappers) + all(right, wrappers)
    case .quantified(.forall, let loop, let inner): all(inner, wrappers + [.forall(loop)])
    case .implies(let premise, let inner): all(inner, wrappers + [.premise(premise)])
    default: [PropertyConjunct(expression: expression, wrappers: wrappers)]
    }
  }
}
