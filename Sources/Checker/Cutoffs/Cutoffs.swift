import Diagnostics
package import TransitionSystem

/// How many elements of each scalarset stand for any larger number of them.
///
/// Of a state, a step and a lemma that the step breaks, or of a step that goes wrong, where other lemmas
/// hold: what is left of all three among some of the elements is the same again, if these are closed:
/// those that the step and the broken lemma name, those that the state's variables name, and those at
/// which quantifiers end. So where a set of lemmas is inductive at the sizes up to these numbers, it is
/// at all sizes. (A small model property, as of the ∃∀ formulas of Bernays and Schönfinkel; used for
/// parameterized systems in Pnueli, Ruah, Zuck, "Automatic deductive verification with invisible
/// invariants", TACAS 2001.) Each rule and lemma has numbers of its own, most of which are small.
///
/// What holds for all elements holds for fewer of them. An invariant that says that there is one needs it,
/// where a proof assumes it: so it is said what each proof assumes.
package struct Cutoffs: Sendable {
  /// All that has to be asked.
  package let obligations: [Obligation]
  /// Invariants that need elements where they are assumed, or cannot be.
  package let optional: Set<Int>
  /// What may name elements that are not there.
  package let loose: LooseNames
  private var needs: ObligationNeeds
  private let scalarsets: [ScalarType]
  private let fixed: [Int: Int]

  /// What is asked about one rule, or one start state.
  package struct Obligation: Sendable, Hashable {
    package let rule: Int
    /// Whether it is a start state.
    package let isStart: Bool
    package let promise: Promise

    package init(rule: Int, isStart: Bool, promise: Promise) {
      (self.rule, self.isStart, self.promise) = (rule, isStart, promise)
    }
  }

  package enum Promise: Sendable, Hashable {
    /// That the property of this number is kept: an invariant, or that nothing goes wrong in another one.
    case property(Int)
    /// That nothing goes wrong in the rule.
    case rule
    /// Nothing that has to be so: which places may be without a value behind a start state is seen at
    /// these sizes.
    case definition
  }

  /// Beyond that nobody asks a solver.
  private static let mostElements = 64

  /// - Parameters:
  ///   - system: With the lemmas among its invariants. Nothing but invariants and assumptions, rules and
  ///     start states is looked at, and no deadlocks.
  ///   - counts: What it says about how many elements there are.
  ///   - fixed: Scalarsets of one size alone, by their identities: all of their elements are needed.
  package init(
    _ system: TransitionSystem, _ counts: ElementCounts = ElementCounts(), fixed: [Int: Int] = [:]
  ) throws(CutoffRefusal) {
    if let use = counts.otherUses.first { throw CutoffRefusal(.sizeIsUsed(use.name), at: use.span) }
    guard system.pathSlot == nil else {
      throw CutoffRefusal(.symbolicConstants, at: system.symbolicConstants.first?.span ?? .none)
    }
    if system.hasPriorities {
      throw CutoffRefusal(.priorities, at: system.rules.first?.span ?? .none)
    }
    // Also of those that no variable of the state has to do with.
    if let mix = system.scalarsetMixes.first {
      let type = system.scalarsets.first { $0.identity == mix.first }
      throw CutoffRefusal(.notInterchangeable(type?.name ?? "a scalarset"), at: mix.span)
    }
    // Of what is a number elsewhere, too, one element more would be another number.
    loose = LooseNames(system, without: Set(fixed.keys).union(counts.numbered))
    needs = try ObligationNeeds(system, counts, loose)
    (scalarsets, self.fixed) = (system.scalarsets, fixed)
    optional = needs.optional
    var promises = [Promise.rule]
    for (number, property) in system.properties.enumerated()
    where property.kind == .invariant || property.kind == .assumption {
      promises.append(.property(number))
    }
    obligations =
      system.rules.indices.flatMap { rule in
        promises.map { Obligation(rule: rule, isStart: false, promise: $0) }
      }
      + system.startStates.indices.flatMap { rule in
        (promises + [.definition]).map { Obligation(rule: rule, isStart: true, promise: $0) }
      }
  }

  /// The number of elements of each scalarset, by its identity, for what is asked.
  ///
  /// - Parameters:
  ///   - assumed: The optional invariants that are assumed before a step.
  ///   - least: The smallest size of each scalarset that is asked about, where it is more than 1.
  package mutating func sizes(
    of obligation: Obligation, assuming assumed: Set<Int> = [], atLeast least: [Int: Int] = [:]
  ) throws(CutoffRefusal) -> [Int: Int] {
    var found: [Int: Int] = [:]
    for needs in try needs.needs(of: obligation, assuming: assumed) {
      found.merge(try sizes(needs, least), uniquingKeysWith: max)
    }
    return found
  }

  // MARK: - Sums

  private func sizes(
    _ needs: ObligationNeeds.Needs, _ least: [Int: Int]
  ) throws(CutoffRefusal) -> [Int: Int] {
    var found = fixed
    for type in try ordered(needs) {
      var count = 0
      for (need, times) in needs.counts where need.set == type.identity {
        let each = need.along.reduce(times) { count, set in
          min(count * (found[set] ?? 1), Self.mostElements * Self.mostElements)
        }
        count = min(count + each, Self.mostElements * Self.mostElements)
      }
      guard count <= Self.mostElements else {
        throw CutoffRefusal(.tooManyElements(type.name ?? "scalarset", count), at: .none)
      }
      found[type.identity] = max(1, least[type.identity] ?? 1, count)
    }
    return found
  }

  /// The scalarsets of any size, those first of whose elements others are needed for each.
  private func ordered(_ needs: ObligationNeeds.Needs) throws(CutoffRefusal) -> [ScalarType] {
    var before: [Int: Set<Int>] = [:]
    for need in needs.counts.keys { before[need.set, default: []].formUnion(need.along) }
    var left = scalarsets.filter { fixed[$0.identity] == nil }
    var found: [ScalarType] = []
    while !left.isEmpty {
      let known = Set(found.map(\.identity)).union(fixed.keys)
      guard
        let next = left.firstIndex(where: { (before[$0.identity] ?? []).isSubset(of: known) })
      else { throw Self.chain(left, needs) }
      found.append(left.remove(at: next))
    }
    return found
  }

  /// Why elements of some scalarsets need each other.
  private static func chain(
    _ types: [ScalarType], _ needs: ObligationNeeds.Needs
  ) -> CutoffRefusal {
    let left = Set(types.map(\.identity))
    let links = needs.counts.keys.filter {
      left.contains($0.set) && !left.isDisjoint(with: $0.along)
    }
    // One that leads back to its own, where there is one; the first in the text.
    let direct = links.filter { $0.along.contains($0.set) }
    let link = (direct.isEmpty ? links : direct).min {
      (needs.places[$0] ?? .none).start < (needs.places[$1] ?? .none).start
    }
    let type = types.first { $0.identity == link?.set } ?? types[0]
    return CutoffRefusal(
      .chain(type.name ?? "scalarset"), at: link.flatMap { needs.places[$0] } ?? .none)
  }
}
