import Fitting
import MemoryLayout
import Testing

/// Relaxations of many changes, whose numbers are small enough to be seen.
@Suite struct ManyChangesTests {
  private static func piece(_ index: Int) throws -> AddressRange {
    try #require(AddressRange(start: UInt64(index) * 16, byteCount: 4))
  }

  private static func item(_ name: String, in piece: Int, _ byteCount: UInt64) throws
    -> [PlacementConstraint]
  {
    [
      .init(.placed, .placed(name), ""),
      .init(.inUsableRAM, .within(name, [try Self.piece(piece)]), name),
      .init(.wanted, .atLeast(name, byteCount: byteCount), name),
    ]
  }

  private static func relaxations(
    _ items: [String], _ constraints: [PlacementConstraint]
  ) throws -> Relaxations {
    let search = PlacementSearch(items: items, constraints: constraints)
    var conflict: Conflict?
    if case .conflict(let found) = try search.find() { conflict = found }
    return try search.relaxations(of: #require(conflict), needed: Set(items))
  }

  /// Each item is too large for its own piece of 4 bytes, so that each has to be smaller: there is
  /// one way, and no other.
  @Test(arguments: [2, 5, 7, 12])
  func eachItemIsTooLarge(count: Int) throws {
    let items = (0..<count).map { "item \($0)" }
    var constraints: [PlacementConstraint] = [.init(.disjoint, .disjoint(items), "")]
    for (index, name) in items.enumerated() {
      constraints += try Self.item(name, in: index, 5 + UInt64(index))
    }
    let found = try Self.relaxations(items, constraints)
    #expect(found.isComplete)
    let relaxation = try #require(found.all.first)
    #expect(found.all.count == 1)
    #expect(
      Set(relaxation.changes.map(\.demand))
        == Set(items.map { .some(.atLeast($0, byteCount: 4)) }))
    #expect(
      relaxation.placement.mapValues(\.byteCount)
        == Dictionary(
          uniqueKeysWithValues: items.map { ($0, 4) }))
  }

  /// More than twelve are not looked for, and that is said.
  @Test func tooManyAreTooLarge() throws {
    let items = (0..<13).map { "item \($0)" }
    var constraints: [PlacementConstraint] = []
    for (index, name) in items.enumerated() {
      constraints += try Self.item(name, in: index, 5)
    }
    let found = try Self.relaxations(items, constraints)
    #expect(found.all.isEmpty)
    #expect(!found.isComplete)
  }

  /// Of two items of 3 bytes in a piece of 4, one may have 1 byte: with five such pieces there are
  /// 32 ways of five changes, of which one is named.
  @Test func oneOfTwoInEachPiece() throws {
    let items = (0..<10).map { "item \($0)" }
    var constraints: [PlacementConstraint] = [.init(.disjoint, .disjoint(items), "")]
    for (index, name) in items.enumerated() {
      constraints += try Self.item(name, in: index / 2, 3)
    }
    let found = try Self.relaxations(items, constraints)
    #expect(found.all.count == 1)
    #expect(!found.isComplete)
    let changes = try #require(found.all.first).changes
    #expect(changes.count == 5)
    let pieces = changes.compactMap { change -> Int? in
      guard case .atLeast(let item, byteCount: 1)? = change.demand else { return nil }
      return items.firstIndex(of: item).map { $0 / 2 }
    }
    #expect(Set(pieces) == [0, 1, 2, 3, 4])
  }
}
