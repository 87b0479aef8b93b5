package import Diagnostics
package import TransitionSystem

/// Why the elements of a scalarset are not interchangeable in a system.
package struct SymmetryRefusal: Sendable, Hashable {
  package let type: ScalarType
  package let reason: Reason
  package let span: SourceSpan

  package enum Reason: Sendable, Hashable {
    /// Rounds of a loop over the elements may depend on those before.
    case orderedLoop
    /// `clear` gives a variable one element rather than another.
    case clearedElement
    /// Elements are used as elements of another scalarset of the same size.
    case mixedElements
    /// Elements are used as numbers: a loop runs from one to another.
    case elementsAsNumbers
    /// What a liveness property or measure says of one element by name.
    case namedElement
  }

  /// What there is against symmetry in some scalarsets; the first reason for each.
  static func all(in system: TransitionSystem, types: [ScalarType]) -> [SymmetryRefusal] {
    types.compactMap { type in
      orderedLoop(over: type, in: system) ?? clearedElement(of: type, in: system)
        ?? namedElement(of: type, in: system) ?? mixedElement(of: type, in: system)
    }
  }

  private static func orderedLoop(
    over type: ScalarType, in system: TransitionSystem
  ) -> SymmetryRefusal? {
    for body in system.bodies {
      for (loop, statements) in body.loops where loop.type.includes(type) {
        if IterationOrder.matters(loop, statements, in: body, of: system) {
          return SymmetryRefusal(type: type, reason: .orderedLoop, span: loop.span)
        }
      }
    }
    return nil
  }

  private static func clearedElement(
    of type: ScalarType, in system: TransitionSystem
  ) -> SymmetryRefusal? {
    var found: SourceSpan?
    for body in system.bodies {
      body.forEachPart { part in
        guard case .statement(let statement) = part, case .clear(let place) = statement.kind
        else { return }
        place.type.forEachSlot { if $0.hasLeastValue(in: type) { found = statement.span } }
      }
    }
    return found.map { SymmetryRefusal(type: type, reason: .clearedElement, span: $0) }
  }

  private static func mixedElement(
    of type: ScalarType, in system: TransitionSystem
  ) -> SymmetryRefusal? {
    system.scalarsetMixes.first { $0.first == type.identity || $0.second == type.identity }.map {
      SymmetryRefusal(
        type: type, reason: $0.second == nil ? .elementsAsNumbers : .mixedElements, span: $0.span)
    }
  }

  private static func namedElement(
    of type: ScalarType, in system: TransitionSystem
  ) -> SymmetryRefusal? {
    let property = system.properties.first { property in
      (property.kind == .liveness || property.kind == .measure)
        && property.parameters.contains { $0.type.includes(type) }
    }
    return property.map { SymmetryRefusal(type: type, reason: .namedElement, span: $0.span) }
  }
}

extension TransitionSystem {
  /// All statement lists that are executed on their own.
  var bodies: [[Statement]] { functions.map(\.body) + (rules + startStates).map(\.body) }
}

extension [Statement] {
  /// The `for` loops within, nested ones included.
  fileprivate var loops: [(Loop, [Statement])] {
    var loops: [(Loop, [Statement])] = []
    forEachPart { part in
      if case .statement(let statement) = part, case .forLoop(let loop, let body) = statement.kind {
        loops.append((loop, body))
      }
    }
    return loops
  }
}

extension ScalarType {
  /// Whether this is a scalarset or a union that it is a part of.
  func includes(_ scalarset: ScalarType) -> Bool {
    switch kind {
    case .scalarset: return identity == scalarset.identity
    case .union(let members): return members.contains { $0.type.includes(scalarset) }
    default: return false
    }
  }

  /// Whether the least value is an element of a scalarset.
  fileprivate func hasLeastValue(in scalarset: ScalarType) -> Bool {
    switch kind {
    case .scalarset: return identity == scalarset.identity
    case .union(let members):
      let least = members.min { $0.offset < $1.offset }
      return least?.type.hasLeastValue(in: scalarset) ?? false
    default: return false
    }
  }
}
