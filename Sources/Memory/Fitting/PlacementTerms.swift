internal import MemoryLayout
internal import SMT

/// A placement's unknowns, and constraints as formulas over them.
///
/// Each formula means what `PlacementConstraint.isKept(by:)` computes: an item without a place
/// keeps everything but `placed`, and has no bytes. Numbers have no size here, so nothing wraps
/// around; that an item ends within 64 bits is among `bounds`.
struct PlacementTerms {
  /// An item's unknowns.
  struct Item {
    let isPlaced: BoolTerm
    let start: IntTerm
    let byteCount: IntTerm

    /// Address behind the last byte.
    var end: IntTerm { start + byteCount }
    /// What it takes of a total.
    var taken: IntTerm { .ifThenElse(isPlaced, byteCount, 0) }
    var count: IntTerm { .ifThenElse(isPlaced, 1, 0) }
  }

  private let names: [String]
  private let items: [String: Item]

  /// - Precondition: The names are unique.
  ///
  /// - Parameter symbols: For each item, other names for its unknowns.
  init(items names: [String], symbols: [LayoutQuestion.Symbols]? = nil) {
    self.names = names
    var items: [String: Item] = [:]
    for (index, name) in names.enumerated() {
      // The number keeps two names apart that are written alike.
      let label = "\(Self.symbol(name)).\(index)"
      items[name] = Item(
        isPlaced: BoolTerm(unknown: "\(label).placed"),
        start: IntTerm(unknown: symbols?[index].start ?? "\(label).start"),
        byteCount: IntTerm(unknown: symbols?[index].byteCount ?? "\(label).bytes"))
    }
    self.items = items
  }

  subscript(name: String) -> Item? { items[name] }

  /// Letters, digits and `_`, which every solver reads alike.
  static func symbol(_ name: String) -> String {
    String(
      decoding: name.utf8.map { byte -> UInt8 in
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")) ~= byte | 0x20
        let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= byte
        return isLetter || isDigit ? byte : UInt8(ascii: "_")
      }, as: UTF8.self)
  }

  /// What makes an item a range of 64-bit addresses with at least one byte.
  var bounds: [BoolTerm] {
    names.compactMap { items[$0] }.map { item in
      .all([0 <= item.start, 1 <= item.byteCount, item.end <= IntTerm(UInt128(1) << 64)])
    }
  }

  /// The formula of a demand.
  ///
  /// - Parameter label: Distinct among the demands of a question: names what a demand needs of
  ///   unknowns beside those of the items.
  func formula(of demand: PlacementConstraint.Demand, label: String) -> BoolTerm {
    switch demand {
    case .placed(let name): items[name]?.isPlaced ?? false
    case .within(let name, let ranges):
      of(name) { item in
        .any(ranges.map { IntTerm($0.start) <= item.start && item.end <= IntTerm($0.end) })
      }
    case .apart(let name, let ranges):
      of(name) { item in
        .all(ranges.map { item.end <= IntTerm($0.start) || IntTerm($0.end) <= item.start })
      }
    case .startAligned(let name, let unit, let offset):
      of(name) { item in
        let offset = IntTerm(offset)
        return offset <= item.start && Self.isMultiple(item.start - offset, of: unit)
      }
    case .endAligned(let name, let unit): of(name) { Self.isMultiple($0.end, of: unit) }
    case .startsAt(let name, let start): of(name) { $0.start.equals(IntTerm(start)) }
    case .atLeast(let name, let count): of(name) { IntTerm(count) <= $0.byteCount }
    case .atMost(let name, let count): of(name) { $0.byteCount <= IntTerm(count) }
    case .disjoint(let names): disjoint(names.compactMap { items[$0] })
    case .totalAtMost(let names, let count):
      .sum(names.compactMap { items[$0]?.taken }) <= IntTerm(count)
    case .totalAtLeast(let names, let count):
      IntTerm(count) <= .sum(names.compactMap { items[$0]?.taken })
    case .countAtMost(let names, let count):
      .sum(names.compactMap { items[$0]?.count }) <= IntTerm(count)
    case .above(let names, let lower):
      of(lower) { lower in
        .all(
          names.compactMap { items[$0] }.map { $0.isPlaced.implies(lower.end <= $0.start) })
      }
    case .sharedWindow(let names, let count, let alignment):
      window(names.compactMap { items[$0] }, count, alignment, label)
    }
  }

  private func of(_ name: String, _ formula: (Item) -> BoolTerm) -> BoolTerm {
    guard let item = items[name] else { return true }
    return item.isPlaced.implies(formula(item))
  }

  /// - Precondition: `unit` is a power of two.
  private static func isMultiple(_ term: IntTerm, of unit: UInt64) -> BoolTerm {
    guard let divisor = Divisor(IntegerValue(unit)) else {
      preconditionFailure("an alignment is a power of two")
    }
    return term.remainder(by: divisor, rounding: .euclidean).equals(0)
  }

  private func disjoint(_ items: [Item]) -> BoolTerm {
    var pairs: [BoolTerm] = []
    for (index, one) in items.enumerated() {
      for other in items[(index + 1)...] {
        pairs.append(
          (one.isPlaced && other.isPlaced)
            .implies(one.end <= other.start || other.end <= one.start))
      }
    }
    return .all(pairs)
  }

  /// If any window does, so does the last one that starts no later than all items, which is the one
  /// that the verifier tries.
  private func window(
    _ items: [Item], _ byteCount: UInt64, _ alignment: UInt64, _ label: String
  ) -> BoolTerm {
    let start = IntegerValue(alignment) * IntTerm(unknown: "\(label).window")
    let end = start + IntTerm(byteCount)
    return .all(
      [0 <= start]
        + items.map { $0.isPlaced.implies(start <= $0.start && $0.end <= end) })
  }

  /// That the unknowns have the values of a placement.
  func values(_ placement: Placement) -> [BoolTerm] {
    names.compactMap { name in
      guard let item = items[name] else { return nil }
      guard let range = placement[name] else { return !item.isPlaced }
      return .all([
        item.isPlaced, item.start.equals(IntTerm(range.start)),
        item.byteCount.equals(IntTerm(range.byteCount)),
      ])
    }
  }

  /// The value of the unknown that `formula(of:label:)` needs for a demand, beside those of the
  /// items, so that a placement keeps the demand if any value does; nil if it needs none.
  func value(
    for demand: PlacementConstraint.Demand, label: String, _ placement: Placement
  ) -> BoolTerm? {
    guard case .sharedWindow(let names, _, let alignment) = demand else { return nil }
    let first = names.compactMap { placement[$0]?.start }.min() ?? 0
    return IntTerm(unknown: "\(label).window").equals(IntTerm(first / alignment))
  }

  /// The placement of a model.
  ///
  /// - Throws: `SMTError` if the model has values that no range of addresses has.
  func placement(of model: Model) throws(SMTError) -> Placement {
    var placement: Placement = [:]
    for name in names {
      guard let item = items[name], try model.value(of: item.isPlaced) else { continue }
      let start = try model.value(of: item.start).int128.flatMap { UInt64(exactly: $0) }
      let byteCount = try model.value(of: item.byteCount).int128
      guard let start, let byteCount, byteCount > 0,
        let last = UInt64(exactly: Int128(start) + byteCount - 1),
        let range = AddressRange(start: start, last: last)
      else { throw .valueTooLarge }
      placement[name] = range
    }
    return placement
  }
}
