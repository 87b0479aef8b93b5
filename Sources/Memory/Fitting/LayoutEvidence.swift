internal import MemoryLayout
package import SMT

/// What a query proves of a layout, if it has the answer that it expects.
package struct LayoutEvidence: Sendable {
  package enum Claim: String, Sendable {
    case fits
    case fitsForAll = "fits for all values of the ranges"
    case fitsInPieces = "fits in pieces"
    case doesNotFit = "does not fit"
    /// What is not said of pieces, and that is a question of its own.
    case doesNotFitWhole = "does not fit with each item in one piece"
  }

  package let claim: Claim
  /// What the quantity that is to be the largest may be at least, by its name.
  package let values: [String: UInt64]
  /// What has to be satisfiable, too, so that the query is not true for want of a placement.
  package let premise: Query?
}

extension LayoutQuestion {
  /// Compares a query with this question, whoever wrote it.
  ///
  /// - It refutes placements: each assertion is one of this question's.
  /// - It is about one placement: all assertions of this question are there.
  /// - It is about all values of ranges: its last word is that a rule of this question, or a demand
  ///   of a value, is broken; the values have their bounds; and no other assertion speaks of them.
  ///
  /// - Returns: Nil if the query is none of these.
  package func evidence(of query: Query) throws(SMTError) -> LayoutEvidence? {
    let search = PlacementSearch(
      items: question.items.map(\.name), constraints: constraints, granules: question.granules,
      order: question.loaderOrder)
    let given = try Self.texts(query.assertions)
    switch query.expectation {
    case nil: return nil
    case .satisfiable:
      let asked = placed(search.with(constraints + corner { $0.quantifier != .largest }))
      if try isWhole(asked, given) {
        return LayoutEvidence(claim: .fits, values: [:], premise: nil)
      }
      guard try isWhole(Self.divided(asked, like: query), given) else { return nil }
      return LayoutEvidence(claim: .fitsInPieces, values: [:], premise: nil)
    case .unsatisfiable:
      let asked = search.with(constraints + corner { _ in true }).loaded
      if try isAmong(asked, given) {
        let isProved = try isProvedInPieces(asked, given)
        return LayoutEvidence(
          claim: isProved ? .doesNotFit : .doesNotFitWhole, values: [:], premise: nil)
      }
      return try universal(search, query)
    }
  }

  /// The question with segments where a loader puts them; anywhere if a value is not known that they
  /// depend on.
  func placed(_ search: PlacementSearch) -> PlacementSearch {
    quantities.contains { $0.quantifier == .largest } ? search : search.loaded
  }

  private func isWhole(_ asked: PlacementSearch, _ given: [String]) throws(SMTError) -> Bool {
    Set(given).isSuperset(of: try Self.texts(asked.assertions(asked.terms)))
  }

  /// The question of as many pieces as a query has unknowns of.
  private static func divided(_ asked: PlacementSearch, like query: Query) -> PlacementSearch {
    var counts: [String: Int] = [:]
    for item in asked.granules.keys {
      let first = PlacementTerms.symbol("\(item) 1/")
      counts[item] = query.unknowns.lazy.compactMap { unknown -> Int? in
        guard unknown.name.hasPrefix(first), unknown.name.hasSuffix(".start") else { return nil }
        return Int(unknown.name.dropFirst(first.count).prefix { $0 != "." })
      }.first { 2...10_000 ~= $0 }
    }
    return asked.divided(into: counts)
  }

  /// Whether the rules of a query are not kept by pieces either.
  private func isProvedInPieces(
    _ asked: PlacementSearch, _ given: [String]
  ) throws(SMTError) -> Bool {
    guard let pieces = PieceSearch(asked) else { return true }
    let terms = asked.terms
    let wanted = Set(given)
    var core: [PlacementConstraint] = []
    for (index, constraint) in asked.constraints.enumerated() {
      let formula = terms.formula(of: constraint.demand, label: PlacementSearch.label(index))
      if let text = try Self.texts([Assertion(formula)]).first, wanted.contains(text) {
        core.append(constraint)
      }
    }
    return pieces.proves(Conflict(core, isMinimal: false))
  }

  /// The demands of values that decide: the greatest for all, and the least for the others.
  private func corner(_ isWanted: (RangedQuantity) -> Bool) -> [PlacementConstraint] {
    quantities.filter(isWanted).flatMap { quantity in
      let isHardest = quantity.quantifier == .all
      return quantity.constraints(
        isHardest ? quantity.bounds.upperBound : quantity.bounds.lowerBound)
    }
  }

  /// A constraint of a window is named by its position among those that conflict, so that all names
  /// will do; of two such windows one could be taken for the other.
  private func isAmong(
    _ search: PlacementSearch, _ given: [String]
  ) throws(SMTError) -> Bool {
    let terms = search.terms
    var known = search.assertions(terms).map { Assertion($0.term) }
    let windows = search.constraints.filter {
      if case .sharedWindow = $0.demand { true } else { false }
    }
    if windows.count == 1, let window = windows.first {
      known += search.constraints.indices.map { index in
        Assertion(terms.formula(of: window.demand, label: PlacementSearch.label(index)))
      }
    }
    return Set(try Self.texts(known)).isSuperset(of: given)
  }

  private func universal(
    _ search: PlacementSearch, _ query: Query
  ) throws(SMTError) -> LayoutEvidence? {
    let terms = search.terms
    let texts = try Self.texts(query.assertions)
    let values = RangedTerms.values(quantities, texts)
    let ranged = RangedTerms(quantities, values, terms)
    guard !ranged.bounds.isEmpty else { return nil }
    let least = corner { $0.quantifier == .some }
    let denial = ranged.denial(of: search.with(constraints + least), terms)
    let wanted = Set(try Self.texts(ranged.bounds + [Assertion(denial)]))
    let premises = zip(query.assertions, texts).filter { !wanted.contains($0.1) }.map(\.0)
    guard wanted.isSubset(of: texts) else { return nil }
    let others = try Query(premises, expectation: .satisfiable)
    guard !others.unknowns.contains(where: { ranged.names.contains($0.name) }) else { return nil }
    return LayoutEvidence(claim: .fitsForAll, values: values, premise: others)
  }

  /// Assertions as they are read from a script, so that two that are written alike are alike.
  private static func texts(_ assertions: [Assertion]) throws(SMTError) -> [String] {
    let plain = assertions.map { Assertion($0.term) }
    return try Query(script: Query(plain).script).assertions.map { $0.term.description }
  }
}

/// Values of ranges as unknowns.
struct RangedTerms {
  /// That each value lies in its range.
  let bounds: [Assertion]
  let names: [String]
  private let needs: [BoolTerm]

  /// - Parameters:
  ///   - quantities: Those that are asked for some value have none here.
  ///   - values: Of the quantity that is to be the largest; its range ends there.
  init(_ quantities: [RangedQuantity], _ values: [String: UInt64], _ terms: PlacementTerms) {
    var bounds: [Assertion] = []
    var needs: [BoolTerm] = []
    var names: [String] = []
    for (index, quantity) in quantities.enumerated() where quantity.quantifier != .some {
      let name = Self.name(index)
      let size = IntTerm(unknown: name)
      let last =
        quantity.quantifier == .all
        ? quantity.bounds.upperBound : values[quantity.name] ?? quantity.bounds.lowerBound
      names.append(name)
      bounds.append(
        Assertion(
          IntTerm(quantity.bounds.lowerBound) <= size && size <= IntTerm(last),
          comment: "A value of `\(quantity.name)`."))
      needs += quantity.needs.compactMap { need in
        terms[need.item].map { $0.isPlaced.implies(need.byteCount(for: size) <= $0.byteCount) }
      }
    }
    (self.bounds, self.names, self.needs) = (bounds, names, needs)
  }

  private static func name(_ index: Int) -> String { "size.\(index)" }

  /// The value that assertions give the quantity that is to be the largest: the last number of the
  /// first that speaks of it. Whether this is its bound is compared afterwards.
  static func values(_ quantities: [RangedQuantity], _ assertions: [String]) -> [String: UInt64] {
    var values: [String: UInt64] = [:]
    for (index, quantity) in quantities.enumerated() where quantity.quantifier == .largest {
      let text = assertions.first { $0.contains(name(index)) } ?? ""
      let words = text.split { !$0.isNumber && $0 != "." }
      values[quantity.name] = words.compactMap { UInt64($0) }.last
    }
    return values
  }

  /// That a rule, or the demand of a value, is broken.
  func denial(of search: PlacementSearch, _ terms: PlacementTerms) -> BoolTerm {
    let rules = search.constraints.enumerated().map { index, constraint in
      terms.formula(of: constraint.demand, label: PlacementSearch.label(index))
    }
    return !BoolTerm.all(rules + needs)
  }
}
