internal import MemoryLayout
internal import SMT

/// What a kernel needs in its own memory, by whether that lies on both sides of 4 GiB.
///
/// Linux has swiotlb only if there is memory above 4 GiB and, for swiotlb itself, below; memory in
/// one piece has both only where it goes across.
struct KernelMemory {
  let byteCount: UInt64
  private let plain: OwnMemory
  /// What it needs across 4 GiB; nil if that is the same.
  private let across: OwnMemory?

  init(_ plain: OwnMemory, across: OwnMemory?) {
    (byteCount, self.plain, self.across) = (plain.byteCount, plain, across)
  }

  /// The multiples of a unit in pieces of memory where everything fits.
  func starts(in pieces: AddressSet, unit: UInt64) throws(FittingError) -> BlockStarts {
    guard let across, let border = AddressRange(start: PlacementNumber.bounceBufferEnd, last: .max)
    else { return try plain.starts(in: pieces, unit: unit) }
    let above = AddressSet([border])
    let parts = [
      try plain.starts(in: pieces.subtracting(above), unit: unit),
      try plain.starts(in: pieces.intersection(above), unit: unit),
      try across.starts(
        in: AddressSet(pieces.ranges.compactMap { piece in crossing(piece, border.start) }),
        unit: unit),
    ]
    return BlockStarts(
      parts.flatMap(\.runs), isComplete: parts.allSatisfy(\.isComplete))
  }

  /// The part of a piece in which blocks lie across a border; nil if there is none.
  private func crossing(_ piece: AddressRange, _ border: UInt64) -> AddressRange? {
    guard piece.start < border, piece.last >= border, byteCount > 1 else { return nil }
    let around = byteCount - 1
    return AddressRange(
      start: max(piece.start, border > around ? border - around : 0),
      last: min(piece.last, border &+ (around - 1) < border ? .max : border + (around - 1)))
  }

  private func own(at start: UInt64) -> OwnMemory {
    guard let across, start < PlacementNumber.bounceBufferEnd,
      UInt128(start) + UInt128(byteCount) > UInt128(PlacementNumber.bounceBufferEnd)
    else { return plain }
    return across
  }

  /// Processors of the kernel.
  var processorCount: UInt64 { plain.question.question.processorCount }

  func placement(at start: UInt64) throws(FittingError) -> Placement? {
    try own(at: start).placement(at: start)
  }

  func search(at start: UInt64) -> PlacementSearch? { own(at: start).search(at: start) }

  func search(in region: AddressRange) -> PlacementSearch {
    own(at: region.start).search(in: region)
  }
}
