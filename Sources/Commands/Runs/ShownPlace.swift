/// Where a state has one value: a variable, or a part of one.
package struct ShownPlace: Sendable, Hashable {
  /// `queue[OLD][1].word`; of a member of a multiset `mail{0}.word`.
  package let name: String
  package let kind: Kind
  /// What the model calls the type, if it names it.
  package let type: String?

  /// What its values are.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case boolean
    case number
    /// Members of enumerations, scalarsets and unions.
    case name
  }

  package init(name: String, kind: Kind, type: String? = nil) {
    self.name = name
    self.kind = kind
    self.type = type
  }

  /// A part of a name behind the variable.
  package enum Part: Sendable, Hashable {
    /// Of an array.
    case index(String)
    /// Of a record.
    case field(String)
    /// Of a multiset, by number.
    case member(String)

    /// As it stands in a name.
    package var text: String {
      switch self {
      case .index(let index): "[\(index)]"
      case .field(let field): ".\(field)"
      case .member(let member): "{\(member)}"
      }
    }
  }

  /// The variable that it is, or is a part of.
  package var variable: String { String(name.prefix { !"[.{".contains($0) }) }

  /// The way from the variable to the place.
  package var path: [Part] {
    var parts: [Part] = []
    var rest = name.drop { !"[.{".contains($0) }
    while let opening = rest.popFirst() {
      let closing: Character = opening == "[" ? "]" : "}"
      if opening == "." {
        let field = rest.prefix { !"[.{".contains($0) }
        parts.append(.field(String(field)))
        rest = rest[field.endIndex...]
      } else {
        let inner = rest.prefix { $0 != closing }
        parts.append(opening == "[" ? .index(String(inner)) : .member(String(inner)))
        rest = rest[inner.endIndex...].dropFirst()
      }
    }
    return parts
  }
}
