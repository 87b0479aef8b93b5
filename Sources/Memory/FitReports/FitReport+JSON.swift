package import Diagnostics
internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// The number of the format; it grows when a member changes its meaning or goes away.
  package static let formatVersion = 2

  /// What `fit` writes, of one layout or several.
  package static func document(_ reports: [JSONValue]) -> JSONValue {
    .document("fit", version: formatVersion, [("layouts", .array(reports))])
  }

  /// The report as a document. Addresses are strings of hexadecimal digits, because they may have
  /// 64 bits; so are byte counts where they do not fit a number.
  package var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("layout", .string(result.description.name)),
      ("verdict", .string(result.verdict.rawValue)),
    ]
    if let isExpected = result.isExpected { members.append(("asExpected", .bool(isExpected))) }
    if !result.layout.quantities.isEmpty {
      members.append(("ranges", .array(result.layout.quantities.compactMap(range))))
    }
    if let isOptimal = result.isOptimal { members.append(("isOptimal", .bool(isOptimal))) }
    switch result.answer {
    case .fits: members.append(("placement", .array(places.map(Self.json))))
    case .conflict(let conflict):
      members.append(("conflict", Self.json(conflict)))
      members.append(("isMinimal", .bool(conflict.isMinimal)))
      members.append(
        ("sentences", .array(ConflictText(conflict).sentences.map { .string($0) })))
      if let summary = conflict.summary { members.append(("summary", .string(summary))) }
      let relaxations = result.relaxations
      members.append(
        ("relaxations", .array((relaxations?.all ?? []).map { .string(Self.sentence($0)) })))
      members.append(("mayHaveMoreRelaxations", .bool(relaxations?.isComplete == false)))
    case .inconclusive(let reason): members.append(("reason", .string("\(reason)")))
    }
    if case .conflict(let conflict)? = result.beyond {
      members.append(("oneMore", Self.json(conflict)))
    }
    if case .inconclusive(let reason)? = result.beyond {
      members.append(("oneMoreReason", .string("\(reason)")))
    }
    members += kernelMembers
    members += [
      ("hints", .array(hints.map(Self.json))),
      ("assumptions", .array(result.layout.assumptions.map { .string($0) })),
      ("findings", .array(map.findings.map { .string($0.description) })),
    ]
    return .object(members)
  }

  static func bytes(_ count: UInt128) -> JSONValue {
    Int(exactly: count).map { .number($0) } ?? .string("0x" + String(count, radix: 16))
  }

  private static func json(_ place: (name: String, range: AddressRange)) -> JSONValue {
    .object([
      ("item", .string(place.name)),
      ("start", .string("0x" + String(place.range.start, radix: 16))),
      ("last", .string("0x" + String(place.range.last, radix: 16))),
      ("byteCount", bytes(place.range.byteCount)),
    ])
  }

  private func range(_ quantity: RangedQuantity) -> JSONValue? {
    guard let value = result.values[quantity.name] else { return nil }
    return .object([
      ("name", .string(quantity.name)), ("for", .string(quantity.quantifier.rawValue)),
      ("least", Self.bytes(UInt128(quantity.bounds.lowerBound))),
      ("greatest", Self.bytes(UInt128(quantity.bounds.upperBound))),
      ("value", Self.bytes(UInt128(value))),
    ])
  }

  private static func json(_ hint: Hint) -> JSONValue {
    .object([
      ("for", .string(hint.place.rawValue)), ("text", .string(hint.text)),
      ("purpose", .string(hint.purpose)),
    ])
  }

  private static func json(_ conflict: Conflict) -> JSONValue {
    .array(
      conflict.constraints.map {
        .object([
          ("name", .string($0.rule.name)), ("rule", .string($0.rule.rawValue)),
          ("reason", .string($0.reason)),
          ("source", .string($0.rule.source)),
        ])
      })
  }
}
