package import Evaluation
import SMT
import TransitionSystem

/// The least and greatest values of addresses that are measured.
///
/// Of each measure the best value so far is kept. Where a term cannot reach it, which is asked as a
/// literal so that the answer serves other path conditions too, any value of the term will do; else
/// the end itself is searched, by questions with growing distances and then by halving.
struct Extremes {
  /// What was asked for, with what was said.
  fileprivate var found: [Key: Int64] = [:]
  fileprivate var best: [Measure: Int128] = [:]

  fileprivate struct Measure: Hashable {
    let number: Int
    let end: PathConditions.End
  }

  fileprivate struct Key: Hashable {
    let path: PathConditions.Path
    let term: TermTable.Handle
    let measure: Measure
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
  /// - Returns: At most `greatestMeasured`, by magnitude; nil, and a failure, if it is not found out.
  package func extreme(
    _ end: End, of term: TermTable.Handle, _ path: Path, measure: Int
  ) -> Int64? {
    let measure = Extremes.Measure(number: measure, end: end)
    let key = Extremes.Key(path: path, term: term, measure: measure)
    if let known = extremes.found[key] { return known }
    guard failure == nil else { return nil }
    do throws(Undecided) {
      let reached = try reach(end, of: term, path, atLeast: extremes.best[measure])
      extremes.best[measure] = max(reached, extremes.best[measure] ?? reached)
      let value = Int64(end.sign * reached)
      extremes.found[key] = value
      return value
    } catch {
      fail(error)
      return nil
    }
  }

  /// Towards an end, numbers grow here: they are the values times its sign.
  private func reach(
    _ end: End, of term: TermTable.Handle, _ path: Path, atLeast best: Int128?
  ) throws(Undecided) -> Int128 {
    let limit = Int128(Self.greatestMeasured)
    func distance(_ value: Int128) -> Int128 { min(max(end.sign * value, -limit), limit) }
    if let number = terms.term(term).asNumber { return distance(number) }
    var reached = -limit
    for witness in conditions[path].witnesses {
      reached = max(reached, distance(try witness.value(of: term, terms)))
    }
    if let best, reached < best {
      guard let layout = try layout(path, end, term, reaches: best) else { return reached }
      reached = max(reached, distance(try layout.value(of: term, terms)))
    }
    func goFurther(_ wanted: Int128) throws(Undecided) -> Bool {
      if let isStopped, isStopped() { throw .stopped }
      let formulas = literals(of: path) + [encoding.formula(term, end, wanted)]
      guard let elements = try solution(of: formulas) else { return false }
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
  private func layout(
    _ path: Path, _ end: End, _ term: TermTable.Handle, reaches wanted: Int128
  ) throws(Undecided) -> KnownLayout? {
    let bound = terms.number(end.sign * wanted)
    switch try terms.truth(end == .least ? .lessOrEqual : .greaterOrEqual, term, bound) {
    case .known: return nil
    case .open(let literal): return try witness(conditions[path], literal)
    }
  }

  /// Values for which a path condition holds and a measured term has a value, chosen as in
  /// `values(_:noneOf:)`; nil if there are none, and with a failure if Z3 does not find them.
  package func values(
    _ path: Path, where term: TermTable.Handle, is value: Int64
  ) -> [Int128]? {
    guard failure == nil else { return nil }
    var formulas = literals(of: path)
    if value < Self.greatestMeasured {
      formulas.append(encoding.formula(term, .least, Int128(0) - Int128(value)))
    }
    if value > -Self.greatestMeasured {
      formulas.append(encoding.formula(term, .greatest, Int128(value)))
    }
    do throws(Undecided) {
      return try chosenValues(formulas)
    } catch {
      fail(error)
      return nil
    }
  }
}

extension TermEncoding {
  /// That a term goes at least so far towards an end.
  fileprivate mutating func formula(
    _ handle: TermTable.Handle, _ end: PathConditions.End, _ wanted: Int128
  ) -> BoolTerm {
    let bound = IntTerm(IntegerValue(end.sign * wanted))
    return end == .least ? term(handle) <= bound : bound <= term(handle)
  }
}
