internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// The report as a document. Addresses are strings of hexadecimal digits, because they may have
  /// 64 bits; so are byte counts where they do not fit a number.
  public var json: JSONValue {
    var members: [(String, JSONValue)] = [
      ("layout", .string(result.description.name)),
      ("verdict", .string(result.verdict.rawValue)),
    ]
    if let isExpected = result.isExpected { members.append(("asExpected", .bool(isExpected))) }
    if let range = result.layout.range, let count = result.rangeByteCount {
      members.append(
        (
          "range",
          .object([
            ("item", .string(range.item)), ("for", .string(range.quantifier.rawValue)),
            ("byteCount", Self.bytes(UInt128(count))),
          ])
        ))
    }
    switch result.answer {
    case .fits: members.append(("placement", .array(places.map(Self.json))))
    case .conflict(let conflict):
      members.append(("conflict", Self.json(conflict)))
      members.append(("isMinimal", .bool(conflict.isMinimal)))
      members.append(
        ("relaxations", .array(result.relaxations.map { .string(Self.sentence($0)) })))
      members.append(("mayHaveMoreRelaxations", .bool(result.mayHaveMoreRelaxations)))
    case .inconclusive(let reason): members.append(("reason", .string("\(reason)")))
    }
    if case .conflict(let conflict)? = result.beyond {
      members.append(("oneByteMore", Self.json(conflict)))
    }
    members += [
      ("options", .array(hints.map { .string($0.option) })),
      ("assumptions", .array(result.layout.assumptions.map { .string($0) })),
      ("findings", .array(map.findings.map { .string($0.description) })),
    ]
    return .object(members)
  }

  private static func bytes(_ count: UInt128) -> JSONValue {
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

  private static func json(_ conflict: Conflict) -> JSONValue {
    .array(
      conflict.constraints.map {
        .object([
          ("rule", .string($0.rule.rawValue)), ("reason", .string($0.reason)),
          ("source", .string($0.rule.source)),
        ])
      })
  }
}
