package import Evaluation
import SMT
import TransitionSystem

/// The least and greatest values of addresses that are measured.
///
/// Of each measure the best value so far is kept. Where a term cannot reach it, which is asked as a
/// literal so that the answer serves other path conditions too, any value of the term will do; else
/// the end itself is searched, by questions with growing distances and then by halving.
final class Extremes {
  typealias Path = PathConditions.Path
  typealias End = PathConditions.End

  private let terms: TermTable
  private let oracle: LayoutOracle
  /// What was asked for, with what was said.
  private var found: [Key: Int64] = [:]
  private var best: [Measure: Int128] = [:]

  private struct Measure: Hashable {
    let number: Int
    let end: End
  }

  private struct Key: Hashable {
    let path: Path
    let term: TermTable.Handle
    let measure: Measure
  }

  init(_ terms: TermTable, _ oracle: LayoutOracle) {
    self.terms = terms
    self.oracle = oracle
  }

  /// As `PathConditions.extreme`.
  ///
  /// - Parameter condition: The path condition of the number `path`.
  func extreme(
    _ end: End, of term: TermTable.Handle, _ path: Path, _ condition: PathCondition, measure: Int
  ) throws(Undecided) -> Int64 {
    let measure = Measure(number: measure, end: end)
    let key = Key(path: path, term: term, measure: measure)
    if let known = found[key] { return known }
    let reached = try reach(end, of: term, condition, atLeast: best[measure])
    best[measure] = max(reached, best[measure] ?? reached)
    let value = Int64(end.sign * reached)
    found[key] = value
    return value
  }

  /// Towards an end, numbers grow here: they are the values times its sign.
  private func reach(
    _ end: End, of term: TermTable.Handle, _ condition: PathCondition, atLeast best: Int128?
  ) throws(Undecided) -> Int128 {
    let limit = Int128(PathConditions.greatestMeasured)
    func distance(_ value: Int128) -> Int128 { min(max(end.sign * value, -limit), limit) }
    if let number = terms.term(term).asNumber { return distance(number) }
    var reached = -limit
    for witness in condition.witnesses {
      reached = max(reached, distance(try witness.value(of: term, terms)))
    }
    if let best, reached < best {
      guard let witness = try witness(condition, end, term, reaches: best) else { return reached }
      reached = max(reached, distance(try witness.value(of: term, terms)))
    }
    func goFurther(_ wanted: Int128) throws(Undecided) -> Bool {
      try oracle.goOn()
      let formulas =
        try oracle.formulas(of: condition) + [oracle.encoding.formula(term, end, wanted)]
      guard let elements = try oracle.solution(of: formulas) else { return false }
      reached = max(reached, distance(try terms.value(term, elements)))
      return true
    }
    var (step, missed): (Int128, Int128) = (1, limit + 1)
    while reached < limit {
      let wanted = min(reached + step, limit)
      if try !goFurther(wanted) {
        missed = wanted
        break
      }
      step *= 16
    }
    while reached + 1 < missed {
      let middle = reached + (missed - reached) / 2
      if try !goFurther(middle) { missed = middle }
    }
    return reached
  }

  /// A layout for which a path condition holds and a term goes at least so far.
  private func witness(
    _ condition: PathCondition, _ end: End, _ term: TermTable.Handle, reaches wanted: Int128
  ) throws(Undecided) -> Witness? {
    let bound = terms.number(end.sign * wanted)
    switch try terms.truth(end == .least ? .lessOrEqual : .greaterOrEqual, term, bound) {
    case .known: return nil
    case .open(let literal): return try oracle.witness(condition, and: literal)
    }
  }
}

extension PathConditions {
  /// An end of the range of a measure.
  package enum End: Sendable {
    case least, greatest

    var sign: Int128 { self == .least ? -1 : 1 }
  }

  /// Values of addresses are told apart up to this magnitude: it stands for all beyond it.
  package static let greatestMeasured = Int64.max

  /// What a term has at one end under a path condition; where another term of the measure has been
  /// found to go further, any value that it has.
  ///
  /// - Parameter measure: The number of the measure, among all instances.
  /// - Returns: At most `greatestMeasured`, by magnitude.
  package func extreme(
    _ end: End, of term: TermTable.Handle, _ path: Path, measure: Int
  ) throws(Undecided) -> Int64 {
    try extremes.extreme(end, of: term, path, conditions[path], measure: measure)
  }
}

extension TermEncoding {
  /// That a term goes at least so far towards an end.
  mutating func formula(
    _ handle: TermTable.Handle, _ end: PathConditions.End, _ wanted: Int128
  ) -> BoolTerm {
    let bound = IntTerm(IntegerValue(end.sign * wanted))
    return end == .least ? term(handle) <= bound : bound <= term(handle)
  }
}
