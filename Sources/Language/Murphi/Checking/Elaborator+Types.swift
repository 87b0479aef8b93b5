import Diagnostics
import TransitionSystem

extension Elaborator {
  /// Elaborates a type.
  ///
  /// - Parameter name: What the model calls it.
  /// - Returns: nil after a complaint.
  mutating func elaborate(_ syntax: TypeSyntax, name: String? = nil) -> ValueType? {
    if isStopped() { return nil }
    switch syntax.kind {
    case .boolean:
      return .scalar(.boolean)
    case .named(let referenced):
      return lookUpType(referenced, at: syntax.span)
    case .range(let from, let to):
      return elaborateRange(from, to, at: syntax.span, name: name)
    case .enumeration(let members):
      return elaborateEnumeration(members, name: name)
    case .record(let fields):
      return elaborateRecord(fields, at: syntax.span)
    case .array(let index, let element):
      return elaborateArray(index: index, element: element, at: syntax.span)
    case .scalarset(let bound):
      guard let count = elaborateSize(bound, of: "scalarset", least: 1) else { return nil }
      return .scalar(
        ScalarType(
          kind: .scalarset, lower: 0, upper: count - 1, name: name, identity: newIdentity()))
    case .union(let members):
      return elaborateUnion(members, name: name)
    case .multiset(let bound, let element):
      let capacity = elaborateSize(bound, of: "multiset", least: 0)
      guard let member = elaborate(element), let capacity,
        isNoAddress(member, in: "a multiset", at: element.span)
      else { return nil }
      return checkedSize(.multiset(capacity: Int(capacity), element: member), at: syntax.span)
    case .invalid:
      return nil
    }
  }

  /// Elaborates a type that has to be scalar: of an index, a loop, a ruleset, a union's member.
  mutating func elaborateScalar(_ syntax: TypeSyntax, for use: String) -> ScalarType? {
    guard let type = elaborate(syntax) else { return nil }
    guard let scalar = type.asScalar else {
      report(
        .notASimpleType, "\(use) needs a simple type, and this is \(type.description)",
        at: syntax.span)
      return nil
    }
    return scalar
  }

  private mutating func lookUpType(_ name: String, at span: SourceSpan) -> ValueType? {
    switch scopes.lookUp(name) {
    case .type(let type):
      bounds.meet(type: name)
      return type
    case .invalid:
      return nil
    case .some(let symbol):
      report(.wrongKindOfName, "`\(name)` is \(symbol.kindName), not a type", at: span)
      return nil
    case nil:
      if name == ScalarType.address.name {
        usesAddresses = true
        addressTypes.append(span)
        return .scalar(.address)
      }
      reportUnknown(name, "type", at: span)
      return nil
    }
  }

  private mutating func elaborateRange(
    _ from: ExpressionSyntax, _ to: ExpressionSyntax, at span: SourceSpan, name: String?
  ) -> ValueType? {
    let low = elaborate(from)
    let high = elaborate(to)
    guard let (lower, _) = constantValue(of: low, at: from.span),
      let (upper, _) = constantValue(of: high, at: to.span)
    else { return nil }
    guard lower <= upper else {
      report(
        .emptyRange, "the range `\(lower)..\(upper)` is empty: its bounds cross", at: span)
      return nil
    }
    // CMurphi tells ranges apart by their declarations.
    return .scalar(
      ScalarType(
        kind: .range, lower: lower, upper: upper, name: name,
        identity: dialect == .cmurphi ? newIdentity() : 0))
  }

  private mutating func elaborateEnumeration(_ members: [Name], name: String?) -> ValueType {
    let type = ScalarType(
      kind: .enumeration(members: members.map(\.text)), lower: 0, upper: Int64(members.count) - 1,
      name: name, identity: newIdentity())
    for (position, member) in members.enumerated() where !isStopped() {
      declare(member, as: .constant(Int64(position), type))
    }
    return .scalar(type)
  }

  private mutating func elaborateRecord(
    _ declarations: [VariableDeclaration], at span: SourceSpan
  ) -> ValueType? {
    var fields: [ValueType.RecordField] = []
    var seen: [String: SourceSpan] = [:]
    var isValid = true
    for declaration in declarations {
      let type = elaborate(declaration.type)
      for name in declaration.names {
        if let earlier = seen.updateValue(name.span, forKey: name.text) {
          report(
            .duplicateName, "the record has two fields `\(name.text)`", at: name.span,
            labels: [.init(earlier, "first declared here")])
        }
        if let type, isNoAddress(type, in: "a record", at: declaration.type.span) {
          fields.append(.init(name: name.text, type: type))
        } else {
          isValid = false
        }
      }
    }
    guard isValid else { return nil }
    return isWalkable(.record(fields), at: span) ? .record(fields) : nil
  }

  private mutating func elaborateArray(
    index: TypeSyntax, element: TypeSyntax, at span: SourceSpan
  ) -> ValueType? {
    let indexType = bounds.ignoring { elaborateScalar(index, for: "the index of an array") }
    guard let elementType = elaborate(element), let indexType,
      isNoAddress(elementType, in: "an array", at: element.span)
    else { return nil }
    return checkedSize(.array(index: indexType, element: elementType), at: span)
  }

  private mutating func checkedSize(_ type: ValueType, at span: SourceSpan) -> ValueType? {
    guard isWalkable(type, at: span) else { return nil }
    guard type.slotCount > Self.maximumSlotCount else { return type }
    report(
      .stateTooLarge, "a variable of this type would need \(type.bitCountDescription)", at: span,
      hint: "at most \(Self.maximumSlotCount) single values fit into a state")
    return nil
  }

  /// A union's values are those of its members, one member after another.
  private mutating func elaborateUnion(_ members: [TypeSyntax], name: String?) -> ValueType? {
    var flattened: [ScalarType.UnionMember] = []
    var total: Int64 = 0
    // All, so that the members of enumerations are declared even where another member is wrong.
    let types = members.map { elaborateScalar($0, for: "a union") }
    for (member, type) in zip(members, types) {
      if isStopped() { return nil }
      guard let type, isNoAddress(.scalar(type), in: "a union", at: member.span) else { return nil }
      var parts = [type]
      if case .union(let inner) = type.kind { parts = inner.map(\.type) }
      for part in parts {
        if flattened.contains(where: { $0.type.hasSameValues(as: part, in: dialect) }) {
          report(
            .duplicateName, "the union has \(part.description) twice", at: member.span)
          return nil
        }
        guard let count = part.valueCount, count <= 1 << 32 else {
          report(.stateTooLarge, "this range is too large for a union", at: member.span)
          return nil
        }
        flattened.append(.init(type: part, offset: total))
        total += Int64(count)
      }
    }
    return .scalar(
      ScalarType(
        kind: .union(flattened), lower: 0, upper: total - 1, name: name, identity: newIdentity()))
  }

  /// The bound of a scalarset or multiset.
  private mutating func elaborateSize(
    _ syntax: ExpressionSyntax, of what: String, least: Int64
  ) -> Int64? {
    let operand = elaborate(syntax)
    guard let (size, type) = constantValue(of: operand, at: syntax.span) else { return nil }
    guard type.isNumber, size >= least else {
      report(
        .invalidSize, "the size of a \(what) has to be a number of at least \(least)",
        at: syntax.span)
      return nil
    }
    return size
  }

  mutating func newIdentity() -> Int {
    defer { nextIdentity += 1 }
    return nextIdentity
  }

  /// Keywords that are types by themselves.
  private static let typeWords: Set<String> = [Keyword.boolean.rawValue]

  /// Complains about a name that nothing declares, once: the declaration is missing once.
  mutating func reportUnknown(_ name: String, _ kind: String, at span: SourceSpan) {
    guard unknownNames.insert(name).inserted else { return }
    report(
      .unknownName, "no \(kind) `\(name)` is declared up to here", at: span,
      hint: ForeignWords.hint(forUndeclared: name)
        ?? didYouMean(name, among: scopes.names.union(kind == "type" ? Self.typeWords : [])))
  }
}

extension ValueType {
  /// How many bits a variable of this type needs, for a message; a size beyond 64 bits is given in
  /// powers of ten.
  var bitCountDescription: String {
    let bits = bitEstimate
    if bits < 1e15 { return "\(Int(bits.rounded(.up))) bits" }
    var exponent = 0
    var mantissa = bits
    while mantissa >= 10, exponent < 10_000 {
      mantissa /= 10
      exponent += 1
    }
    return "about \(Int(mantissa.rounded())) * 10^\(exponent) bits"
  }

  private var bitEstimate: Double {
    switch self {
    case .scalar(let type):
      // One more value: undefined.
      var codes = type.valueCount.map { UInt64($0) + 1 } ?? UInt64.max
      var bits = 0.0
      codes -= codes > 0 ? 1 : 0
      while codes > 0 {
        bits += 1
        codes >>= 1
      }
      return bits
    case .array(let index, let element):
      let count = Double(index.upper) - Double(index.lower) + 1
      return count * element.bitEstimate
    case .record(let fields):
      return fields.reduce(0) { $0 + $1.type.bitEstimate }
    case .multiset(let capacity, let element):
      return Double(capacity) * (1 + element.bitEstimate)
    }
  }
}
