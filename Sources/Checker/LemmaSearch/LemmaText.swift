import TransitionSystem

/// Lemmas as invariants of a model.
struct LemmaText {
  private let shape: StateShape
  private let names: [Int: String]
  /// For each place, whether it has no value in some state.
  private let mayBeUndefined: [Bool]

  init(_ shape: StateShape, _ scalarsets: [ScalarType], mayBeUndefined: [Bool]) {
    self.shape = shape
    names = Dictionary(
      scalarsets.map { ($0.identity, $0.name ?? "") }, uniquingKeysWith: { first, _ in first })
    var open = Array(repeating: false, count: shape.places.count)
    for (slot, isOpen) in zip(shape.slots, mayBeUndefined) {
      if let slot, isOpen { open[slot.place] = true }
    }
    self.mayBeUndefined = open
  }

  func text(_ lemmas: [JoinedLemma]) -> String {
    lemmas.enumerated().map { number, lemma in
      "invariant \"lemma \(number + 1)\"\n" + body(lemma) + ";\n"
    }.joined(separator: "\n")
  }

  private func body(_ lemma: JoinedLemma) -> String {
    var lines: [String] = []
    let variables = self.variables(lemma)
    for (position, set) in lemma.sets.enumerated() {
      lines.append(indented(position, "forall \(variables[position]): \(names[set] ?? "") do"))
    }
    let depth = lemma.sets.count
    var alternatives: [String] = []
    for (second, set) in lemma.sets.enumerated() {
      for first in 0..<second where lemma.sets[first] == set {
        alternatives.append("\(variables[first]) = \(variables[second])")
      }
    }
    alternatives += lemma.literals.map { literal in
      let parts = literal.values.map {
        negated(LemmaLiteral(atom: literal.atom, value: $0), variables)
      }
      if parts.count == 1 { return parts[0] }
      return "(\(parts.map { $0.contains(" | ") ? "(\($0))" : $0 }.joined(separator: " & ")))"
    }
    lines.append(
      indented(depth, alternatives.joined(separator: "\n" + indented(depth, "| "))))
    for position in lemma.sets.indices.reversed() { lines.append(indented(position, "end")) }
    return lines.joined(separator: "\n")
  }

  private func indented(_ depth: Int, _ text: String) -> String {
    String(repeating: "  ", count: depth + 1) + text
  }

  /// Names that nothing in the model has: those of types, with numbers.
  private func variables(_ lemma: JoinedLemma) -> [String] {
    var counts: [Int: Int] = [:]
    return lemma.sets.map { set in
      counts[set, default: 0] += 1
      let name = names[set] ?? "element"
      let stem = name.hasSuffix("_t") ? String(name.dropLast(2)) : name
      return "any_\(stem)\(counts[set] ?? 1)"
    }
  }

  /// What is the case where a literal is not.
  private func negated(_ literal: LemmaLiteral, _ variables: [String]) -> String {
    let atom = literal.atom
    let type = shape.places[atom.place].type
    switch atom.question {
    case .value:
      let name = name(atom, atom.variables.map { variables[$0] })
      return equals(name, atom, type, literal.value, isNegated: true)
    case .names(let variable):
      let name = name(atom, atom.variables.map { variables[$0] })
      let isOpen = mayBeUndefined[atom.place]
      if literal.value == 1 {
        return isOpen
          ? "isundefined(\(name)) | \(name) != \(variables[variable])"
          : "\(name) != \(variables[variable])"
      }
      return isOpen
        ? "(!isundefined(\(name)) & \(name) = \(variables[variable]))"
        : "\(name) = \(variables[variable])"
    case .namesAnybody:
      let name = name(atom, atom.variables.map { variables[$0] })
      return literal.value == 1 ? "isundefined(\(name))" : "!isundefined(\(name))"
    case .hasNobody(let value):
      let set = shape.places[atom.place].sets[0]
      let found = equals(name(atom, ["any"]), atom, type, value, isNegated: false)
      return "(exists any: \(names[set] ?? "") do \(found) end)"
    }
  }

  private func name(_ atom: LemmaAtom, _ elements: [String]) -> String {
    let pieces = shape.places[atom.place].pieces
    return zip(pieces.dropFirst(), elements).reduce(pieces[0]) { $0 + $1.1 + $1.0 }
  }

  private func equals(
    _ name: String, _ atom: LemmaAtom, _ type: ScalarType, _ value: Int64, isNegated: Bool
  ) -> String {
    if value == Slot.undefined {
      return isNegated ? "!isundefined(\(name))" : "isundefined(\(name))"
    }
    let isOpen = mayBeUndefined[atom.place]
    let plain: String
    if case .boolean = type.kind {
      plain = (value == 1) == isNegated ? "!\(name)" : name
    } else {
      plain = "\(name) \(isNegated ? "!=" : "=") \(type.describe(value))"
    }
    guard isOpen else { return plain }
    return isNegated ? "isundefined(\(name)) | \(plain)" : "(!isundefined(\(name)) & \(plain))"
  }
}
