package import Diagnostics
internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// The number of the format; it grows when a member changes its meaning or goes away.
  package static let formatVersion = 3

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
    case .fits:
      members.append(("placement", .array(places.map(Self.json))))
      if let figures { members.append(("summary", .string(figures))) }
    case .conflict(let conflict):
      members.append(("conflict", Self.json(conflict)))
      members.append(("isMinimal", .bool(conflict.isMinimal)))
      members.append(
        ("sentences", .array(ConflictText(conflict).sentences.map { .string($0) })))
      if let summary = result.summary(of: conflict) {
        members.append(("summary", .string(summary)))
      }
      members.append(("plans", .array((result.plans?.all ?? []).map(Self.json))))
      if let lack = result.plans?.lack { members.append(("noPlan", .string(Self.sentence(lack)))) }
      members += remainderMembers
    case .inconclusive(let reason):
      members.append(("reason", .string("\(reason)")))
      members.append(("wouldDecide", .array(result.waysOut.map { .string($0) })))
    }
    if case .conflict(let conflict)? = result.beyond {
      members.append(("oneMore", Self.json(conflict)))
    }
    if case .inconclusive(let reason)? = result.beyond {
      members.append(("oneMoreReason", .string("\(reason)")))
    }
    members += kernelMembers
    members += [
      ("dependsOn", .array(dependencies.map { .string($0.condition) })),
      ("memory", .array(memory)),
      ("hints", .array(hints.map(Self.json))),
      (
        "assumptions",
        .array((result.description.takenFrom + result.layout.assumptions).map { .string($0) })
      ),
      ("findings", .array(map.findings.map { .string($0.description) })),
    ]
    return .object(members)
  }

  /// Where the others would lie, and what has no place.
  private var remainderMembers: [(String, JSONValue)] {
    guard let remainder else { return [] }
    let unplaced = remainder.without.map {
      JSONValue.object([("item", .string($0.name)), ("byteCount", Self.bytes($0.byteCount))])
    }
    return [
      ("withoutPlace", .array(unplaced)), ("placementOfOthers", .array(places.map(Self.json))),
    ]
  }

  /// RAM by who uses it, and what is free.
  private var memory: [JSONValue] {
    let all = uses.map { ($0.kind.rawValue, $0.addresses) } + [("free", free)]
    return all.map { name, addresses in
      .object([
        ("use", .string(name)), ("byteCount", Self.bytes(addresses.byteCount)),
        ("pieces", .number(addresses.ranges.count)),
      ])
    }
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
