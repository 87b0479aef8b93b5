import Diagnostics
import TransitionSystem

/// A loop over elements that adds something to a variable for each of them, and does nothing else.
struct CountingLoop {
  let slot: Int
  /// The variable, which no element has a say in.
  let total: Place
  /// What is added for an element.
  let added: Expression
  let span: SourceSpan

  /// Nil where the loop does something else.
  init?(_ loop: Loop, _ body: [Statement]) {
    guard case .values(loop.type.lower, loop.type.upper) = loop.domain, loop.type.kind == .scalarset
    else { return nil }
    var total: Place?
    guard let added = Self.added(by: body, to: &total, at: loop.span), let total,
      total.indices.isEmpty, case .scalar = total.type, total.base == .state || total.base == .frame
    else { return nil }
    var isPure = true
    added.forEachPart { part in
      guard case .place(let place, let use) = part else { return }
      if case .read = use, !place.mayBe(total) { return }
      isPure = false
    }
    guard isPure, total.base != .frame || total.offset != loop.frameSlot else { return nil }
    (slot, self.total, self.added, span) = (loop.frameSlot, total, added, loop.span)
  }

  private static func added(
    by body: [Statement], to total: inout Place?, at span: SourceSpan
  ) -> Expression? {
    guard let first = body.first else { return Expression(.literal(0), at: .none) }
    guard body.count == 1 else { return nil }
    switch first.kind {
    case .assign(let place, let value):
      guard case .arithmetic(.add, let left, let right) = value.kind else { return nil }
      if let total, !place.isSame(as: total) { return nil }
      total = place
      if left.loads(place) { return right }
      return right.loads(place) ? left : nil
    case .conditional(let clauses, let otherwise):
      guard var found = added(by: otherwise, to: &total, at: span) else { return nil }
      for clause in clauses.reversed() {
        guard let then = added(by: clause.body, to: &total, at: span) else { return nil }
        found = Expression(
          .conditional(clause.condition, then: then, otherwise: found), at: first.span)
      }
      return found
    default: return nil
    }
  }
}

extension Place {
  fileprivate func isSame(as other: Place) -> Bool {
    base == other.base && offset == other.offset && indices.isEmpty && other.indices.isEmpty
  }

  /// Whether it may be, or contain, a variable of the frame. What the state has is known by what is read.
  fileprivate func mayBe(_ total: Place) -> Bool {
    switch base {
    case .state: false
    case .frame:
      total.base == .frame && (offset..<offset + max(1, slotCount)).contains(total.offset)
    // An alias may stand for it.
    case .reference: total.base == .frame
    }
  }
}

extension Expression {
  fileprivate func loads(_ place: Place) -> Bool {
    if case .load(let loaded) = kind { loaded.isSame(as: place) } else { false }
  }
}
