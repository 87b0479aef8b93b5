import TransitionSystem

/// Colours of the elements of entangled sets, refined until elements of one colour are alike in all
/// that one step of looking around can see.
///
/// Colours do not depend on names: of two states of one orbit, elements that a renaming maps onto
/// one another get the same colour. As in colour refinement for graphs (McKay and Piperno,
/// Practical graph isomorphism II, 2014); the edges are the slots, each between the elements that
/// index it, the places of multisets that it lies in, and the element that its value names.
///
/// Runs for each successor, so it allocates nothing. For one thread at a time.
final class ColourRefinement {
  private let slots: GroupSlots
  private let signatures: UnsafeMutablePointer<UInt64>
  /// For each slot, its hash with the initial colours.
  private let firstHashes: UnsafeMutablePointer<UInt64>
  private let refined: UnsafeMutablePointer<Int32>
  /// Vertices, sorted by colour and signature.
  private let order: UnsafeMutablePointer<Int>

  init(_ slots: GroupSlots) {
    self.slots = slots
    signatures = .allocate(capacity: slots.vertexCount)
    firstHashes = .allocate(capacity: slots.entries.count)
    refined = .allocate(capacity: slots.vertexCount)
    order = .allocate(capacity: slots.vertexCount)
    for vertex in 0..<slots.vertexCount { order[vertex] = vertex }
    for (position, entry) in slots.entries.enumerated() {
      firstHashes[position] = slots.indices.withUnsafeBufferPointer { indices in
        slots.initialColours.withUnsafeBufferPointer { colours in
          colours.baseAddress.map { Self.hash(entry, indices, $0) } ?? 0
        }
      }
    }
  }

  deinit {
    signatures.deallocate()
    firstHashes.deallocate()
    refined.deallocate()
    order.deallocate()
  }

  /// Fills in the colours of a state's vertices: each the number of vertices with a lower one.
  func colour(_ colours: UnsafeMutablePointer<Int32>, _ state: UnsafePointer<Int64>) {
    for vertex in 0..<slots.vertexCount { colours[vertex] = slots.initialColours[vertex] }
    sign(colours, state, isFirst: true)
    let cells = refineOnce(colours)
    refine(colours, state, cellCount: cells)
  }

  /// Tells one vertex from the others of its colour, and what follows from that.
  func individualize(
    _ vertex: Int, _ colours: UnsafeMutablePointer<Int32>, _ state: UnsafePointer<Int64>
  ) {
    // There is another vertex of this colour, so the next number is free.
    let colour = colours[vertex]
    for other in 0..<slots.vertexCount where colours[other] == colour && other != vertex {
      colours[other] = colour + 1
    }
    refine(colours, state, cellCount: 0)
  }

  /// Refines until that changes nothing. A slot that has to do with one vertex alone has told the
  /// first round what it can tell.
  private func refine(
    _ colours: UnsafeMutablePointer<Int32>, _ state: UnsafePointer<Int64>, cellCount: Int
  ) {
    if slots.linkCount == 0 { return }
    var cellCount = cellCount
    while cellCount < slots.vertexCount {
      sign(colours, state, isFirst: false)
      let cells = refineOnce(colours)
      if cells == cellCount { return }
      cellCount = cells
    }
  }

  /// Tells vertices of one colour whose signatures differ from one another.
  ///
  /// - Returns: How many colours there are now.
  private func refineOnce(_ colours: UnsafeMutablePointer<Int32>) -> Int {
    let count = slots.vertexCount
    sort(colours)
    var cells = 0
    for position in 0..<count {
      let vertex = order[position]
      let before = position > 0 ? order[position - 1] : vertex
      if position > 0, colours[before] == colours[vertex], signatures[before] == signatures[vertex]
      {
        refined[vertex] = refined[before]
      } else {
        refined[vertex] = Int32(position)
        cells += 1
      }
    }
    colours.update(from: refined, count: count)
    return cells
  }

  /// More vertices than this are not sorted by insertion, which takes the square of their number.
  private static let fewVertices = 64

  /// Insertion sort where vertices are few: they are in order of colour but for the first time.
  private func sort(_ colours: UnsafePointer<Int32>) {
    if slots.vertexCount > Self.fewVertices {
      var vertices = UnsafeMutableBufferPointer(start: order, count: slots.vertexCount)
      vertices.sort {
        (colours[$0], signatures[$0]) < (colours[$1], signatures[$1])
      }
      return
    }
    for position in 1..<max(1, slots.vertexCount) {
      let vertex = order[position]
      let colour = colours[vertex]
      let signature = signatures[vertex]
      var place = position
      while place > 0 {
        let other = order[place - 1]
        if colours[other] < colour { break }
        if colours[other] == colour, signatures[other] <= signature { break }
        order[place] = other
        place -= 1
      }
      order[place] = vertex
    }
  }

  /// Sums up, for each vertex, the slots that it has to do with. Equal sums for different sets of
  /// slots would leave two colours one, which costs a longer search and nothing else.
  ///
  /// - Parameter isFirst: Whether the colours are the initial ones, and all slots are looked at; else
  ///   those that link vertices.
  private func sign(
    _ colours: UnsafePointer<Int32>, _ state: UnsafePointer<Int64>, isFirst: Bool
  ) {
    for vertex in 0..<slots.vertexCount { signatures[vertex] = 0 }
    if isFirst { signOwn(state) }
    slots.entries.withUnsafeBufferPointer { entries in
      slots.indices.withUnsafeBufferPointer { indices in
        slots.references.withUnsafeBufferPointer { references in
          for position in 0..<(isFirst ? entries.count - slots.own.count : slots.linkCount) {
            let entry = entries[position]
            var hash = isFirst ? firstHashes[position] : Self.hash(entry, indices, colours)
            let value = state[entry.slot]
            if let target = GroupSlots.vertex(named: value, entry.references, references) {
              hash = Self.mix(hash, UInt64(UInt32(bitPattern: colours[target])) | 1 << 63)
              signatures[target] &+= Self.mix(hash, 0x1F)
            } else {
              hash = Self.mix(hash, UInt64(bitPattern: value))
            }
            for number in entry.indices {
              signatures[indices[number].vertex] &+= hash
              hash = hash.byteSwapped &* 0x9E37_79B9_7F4A_7C15
            }
          }
        }
      }
    }
  }

  /// What slots of one vertex say of it, as `sign` does of all.
  @inline(__always)
  private func signOwn(_ state: UnsafePointer<Int64>) {
    let hashes = firstHashes + (slots.entries.count - slots.own.count)
    slots.own.withUnsafeBufferPointer { own in
      for number in own.indices {
        let value = UInt64(bitPattern: state[own[number].slot])
        signatures[own[number].vertex] &+= Self.mix(hashes[number], value)
      }
    }
  }

  /// What a slot and the colours of the elements that index it say.
  @inline(__always)
  private static func hash(
    _ entry: GroupSlots.Entry, _ indices: UnsafeBufferPointer<GroupSlots.Index>,
    _ colours: UnsafePointer<Int32>
  ) -> UInt64 {
    var hash = mix(entry.shape, 0x9E37_79B9_7F4A_7C15)
    for number in entry.indices {
      hash = mix(hash, UInt64(UInt32(bitPattern: colours[indices[number].vertex])))
    }
    return hash
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ value: UInt64) -> UInt64 {
    let product = (hash ^ 0xA076_1D64_78BD_642F)
      .multipliedFullWidth(by: value ^ 0xE703_7ED1_A0B4_28DB)
    return (product.high ^ product.low) &+ hash.byteSwapped
  }
}
