import Checking
import Diagnostics
import Exploration
package import TransitionSystem

/// What has become of a property: an invariant, an assumption, a cover or a liveness property.
package struct PropertyChange: Sendable {
  package let kind: Property.Kind
  package let name: String
  /// In the states that the models reach.
  package let change: Change
  /// In all states that the types allow, where that was found out.
  package let inTypedStates: Change?
  /// Where Z3 has no answer, what the base asks that the head does not ask in the same words, and the
  /// other way round.
  package var lost: [String] = []
  package var gained: [String] = []
  /// Whether what is known of all states is read from the text: then stronger is as strong at least.
  package var isByText = false

  package enum Change: Sendable, Hashable {
    case added
    case removed
    /// True where the base's is, and elsewhere.
    case weaker
    case stronger
    /// Each is true where the other is not.
    case other
    /// Another text that is true in the same states.
    case equal
    /// Another text; what it means for the states was not found out.
    case undecided
  }

  /// Whether the head checks less than the base.
  package var isWorse: Bool {
    // A verified invariant is true in all reachable states, whatever it says: what it asks less shows
    // in the others.
    switch (kind, change == .equal || change == .undecided ? inTypedStates ?? change : change) {
    case (.measure, _): change == .removed
    // A stronger assumption looks at less.
    case (.assumption, .added), (.assumption, .stronger), (.assumption, .other): true
    case (.assumption, _): false
    case (_, .removed), (_, .weaker), (_, .other): true
    default: false
    }
  }

  /// Whether it is not known what the head asks: of another text that is true in the same reachable
  /// states, too, where it was not found out what it is in the others.
  package var isUndecided: Bool {
    switch kind {
    case .measure: false
    case .invariant, .assumption, .liveness, .cover:
      inTypedStates == nil && (change == .undecided || change == .equal)
    }
  }

  static func all(
    _ pair: ModelPair, _ request: CheckRequest, _ watch: some CheckWatch
  ) -> [PropertyChange] {
    let (old, new) = (pair.base.system.properties, pair.head.system.properties)
    var changes: [PropertyChange] = []
    var partners: Set<Int> = []
    var changed: [(base: Int, head: Int)] = []
    for (number, property) in old.enumerated() {
      let twin = new.indices.first {
        new[$0].kind == property.kind && new[$0].name == property.name && !partners.contains($0)
      }
      guard let twin else {
        changes.append(
          .init(kind: property.kind, name: property.name, change: .removed, inTypedStates: nil))
        continue
      }
      partners.insert(twin)
      if pair.textsDiffer(property.span, new[twin].span) || pair.callsDiffer(property, new[twin]) {
        changed.append((number, twin))
      }
    }
    for (number, property) in new.enumerated() where !partners.contains(number) {
      changes.append(
        .init(kind: property.kind, name: property.name, change: .added, inTypedStates: nil))
    }
    let stated = StatedStrength(pair)
    let asked = TypedStrength(pair, request).strengths(of: changed)
    let texts = zip(changed, asked).map { numbers, answer in
      answer == nil ? stated.answer(of: old[numbers.base], new[numbers.head]) : nil
    }
    let everywhere = zip(asked, texts).map { $0 ?? $1?.change }
    // What is the same in all states that there could be is the same in those that there are.
    let open = changed.indices.filter { everywhere[$0] != .equal }
    let found = PropertyStrength(pair, request).strengths(of: open.map { changed[$0] }, watch)
    let strengths = Dictionary(uniqueKeysWithValues: zip(open, found))
    for (position, (number, _)) in changed.enumerated() {
      changes.append(
        .init(
          kind: old[number].kind, name: old[number].name,
          change: strengths[position] ?? .equal, inTypedStates: everywhere[position],
          lost: texts[position]?.lost ?? [], gained: texts[position]?.gained ?? [],
          isByText: texts[position]?.change != nil))
    }
    return changes
  }
}
