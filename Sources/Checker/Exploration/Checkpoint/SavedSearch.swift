import Checkpoints
import Packing
import Symmetry
import Synchronization
import TransitionSystem

/// What a checkpoint has beside the states and transitions in its files: where a search stands, and what
/// it has counted.
struct SavedSearch {
  /// The depth of the level that is being expanded.
  var depth = 0
  var stateCount = 0
  var ruleFiringCount = 0
  var expandedCount = 0
  /// Of all processes that the search has gone through.
  var seconds = 0.0
  /// States up to this depth are in the files that stay.
  var settledDepth = -1
  /// How many ranks have written it; 0 for one process alone. Ranks write no numbers of states, nor what is
  /// known by these. What is written of a store on disk is that of one rank.
  var rankCount = 0
  var suspects: [Suspect] = []

  /// A state that something is wrong with: it is looked at once more, for what.
  struct Suspect {
    let state: PackedState
    /// Whether the violation came up as the state was expanded; else as it was found.
    let isExpanded: Bool
  }

  /// Where a search stands in this process, without what was counted of steps that will be taken again.
  ///
  /// - Parameter start: Where it stood before it began to find out what is new in the level, if it has not come to
  ///   the end of that.
  static func here(
    _ shared: SharedSearch, _ workers: [SearchWorker], _ totals: SearchTotals,
    from start: LevelStart? = nil
  ) -> (SavedSearch, SearchTotals) {
    let abandoned = workers.compactMap(\.abandoned)
    var totals = start?.totals ?? totals
    for step in abandoned { totals.subtract(step) }
    var saved = SavedSearch()
    saved.depth = shared.depth
    saved.settledDepth = shared.depth
    saved.stateCount = start?.stateCount ?? shared.store.count.value
    saved.rankCount = shared.store.delayed == nil ? 0 : 1
    saved.ruleFiringCount =
      shared.ruleFiringCount.load(ordering: .relaxed)
      - abandoned.reduce(0) { $0 + $1.firedCount }
    saved.expandedCount =
      shared.expandedCount.load(ordering: .relaxed)
      - abandoned.reduce(0) { $0 + $1.expandedCount }
    saved.seconds = shared.seconds
    saved.suspects = workers.compactMap { worker in
      guard let finding = worker.found.finding, let state = finding.state else { return nil }
      // What was found since the start would be found again; what another process found before would not.
      return .init(state: state, isExpanded: finding.depth == shared.depth)
    }
    return (saved, totals)
  }

  /// What `read` takes; nil if there is no memory.
  func bytes(_ totals: SearchTotals, _ shared: SharedSearch) -> [UInt8]? {
    guard let buffer = BlockBuffer(capacity: 1 << 12) else { return nil }
    write(totals, shared, to: buffer)
    return buffer.isShort ? nil : buffer.bytes
  }

  /// Adds what another rank has.
  mutating func add(_ other: SavedSearch) {
    stateCount += other.stateCount
    ruleFiringCount += other.ruleFiringCount
    expandedCount += other.expandedCount
    suspects += other.suspects
  }

  private func write(_ totals: SearchTotals, _ shared: SharedSearch, to buffer: BlockBuffer) {
    buffer.append(rankCount)
    buffer.append(Self.meaning(of: shared))
    for number in [depth, stateCount, ruleFiringCount, expandedCount] { buffer.append(number) }
    buffer.append(seconds.bitPattern)
    buffer.append(Int64(settledDepth))
    buffer.append(suspects) { suspect in
      buffer.append(suspect.isExpanded ? UInt8(1) : 0)
      suspect.state.words.forEach { buffer.append($0) }
    }
    buffer.append(totals.ruleFirings) { buffer.append($0) }
    buffer.append(totals.coverHits) { buffer.append($0) }
    buffer.append(totals.antecedentsHeld) { buffer.append($0 ? UInt8(1) : 0) }
    buffer.append(totals.remarksMet) { buffer.append($0 ? UInt8(1) : 0) }
    for digest in [totals.digest, totals.stepDigest] {
      buffer.append(digest.halves.low)
      buffer.append(digest.halves.high)
    }
    buffer.append(totals.measures) { extremes in
      for extreme in [extremes.least, extremes.greatest] {
        buffer.append(extreme == nil ? UInt8(0) : 1)
        guard let extreme else { continue }
        buffer.append(extreme.value)
        buffer.append(extreme.depth)
        extreme.state.words.forEach { buffer.append($0) }
      }
    }
  }

  /// Reads what `write` has written.
  ///
  /// - Parameter totals: Those of a search in which nothing has happened; added to.
  /// - Returns: Nil if it is of a search that means something else.
  static func read(
    _ contents: UnsafeRawBufferPointer, _ shared: SharedSearch, _ totals: inout SearchTotals
  ) throws(BlockBytes.Unexpected) -> SavedSearch? {
    var bytes = BlockBytes(contents)
    let rankCount = try bytes.count(Int(Int32.max))
    guard try bytes.text() == meaning(of: shared) else { return nil }
    let states = StateCheck(shared.space)
    func state(_ bytes: inout BlockBytes) throws(BlockBytes.Unexpected) -> PackedState {
      var words: [UInt64] = []
      for _ in 0..<shared.space.packing.wordCount { words.append(try bytes.number()) }
      guard states.canBe(words) else { throw BlockBytes.Unexpected() }
      return PackedState(words, wordCount: words.count)
    }
    var saved = SavedSearch()
    saved.rankCount = rankCount
    saved.depth = try bytes.count(Int(Int32.max))
    saved.stateCount = try bytes.count()
    saved.ruleFiringCount = try bytes.count()
    saved.expandedCount = try bytes.count()
    saved.seconds = Double(bitPattern: try bytes.number())
    saved.settledDepth = Int(try bytes.number(Int64.self))
    guard saved.settledDepth == saved.depth, saved.seconds >= 0, saved.seconds.isFinite else {
      throw BlockBytes.Unexpected()
    }
    saved.suspects = try bytes.list { bytes throws(BlockBytes.Unexpected) in
      let isExpanded = try bytes.number(UInt8.self) != 0
      return Suspect(state: try state(&bytes), isExpanded: isExpanded)
    }
    totals.ruleFirings = try counts(&bytes, of: totals.ruleFirings.count)
    totals.coverHits = try counts(&bytes, of: totals.coverHits.count)
    totals.antecedentsHeld = try flags(&bytes, of: totals.antecedentsHeld.count)
    totals.remarksMet = try flags(&bytes, of: totals.remarksMet.count)
    totals.digest = StateSetDigest(low: try bytes.number(), high: try bytes.number())
    totals.stepDigest = StateSetDigest(low: try bytes.number(), high: try bytes.number())
    guard try bytes.count() == totals.measures.count else { throw BlockBytes.Unexpected() }
    for position in totals.measures.indices {
      for _ in 0..<2 where try bytes.number(UInt8.self) != 0 {
        let value = try bytes.number(Int64.self)
        let depth = try bytes.count(saved.depth + 1)
        let state = try state(&bytes)
        totals.measures[position].add(value, depth: depth, number: 0, state)
      }
    }
    try bytes.end()
    return saved
  }

  /// How many ranks have written what `write` has written; nil if it is something else.
  static func rankCount(_ contents: [UInt8]) -> Int? {
    contents.withUnsafeBytes { bytes in
      var bytes = BlockBytes(bytes)
      return try? bytes.count(Int(Int32.max))
    }
  }

  private static func counts(
    _ bytes: inout BlockBytes, of expected: Int
  ) throws(BlockBytes.Unexpected) -> [Int] {
    let counts = try bytes.list { bytes throws(BlockBytes.Unexpected) in try bytes.count() }
    guard counts.count == expected else { throw BlockBytes.Unexpected() }
    return counts
  }

  private static func flags(
    _ bytes: inout BlockBytes, of expected: Int
  ) throws(BlockBytes.Unexpected) -> [Bool] {
    let flags = try bytes.list { bytes throws(BlockBytes.Unexpected) in
      try bytes.number(UInt8.self) != 0
    }
    guard flags.count == expected else { throw BlockBytes.Unexpected() }
    return flags
  }

  /// All that what is found depends on, as far as this layer knows it: how states are packed, which
  /// rules there are, and what is asked of them. Threads, memory and limits are no part of it.
  static func meaning(of shared: SharedSearch) -> String {
    let (space, options) = (shared.space, shared.options)
    let fields = space.packing.fields.map {
      "\($0.word).\($0.shift).\($0.mask).\($0.lower)\($0.mayBeUndefined ? "u" : "")"
    }
    let symmetry = space.symmetry.sets.map { "\($0.type.name ?? "") \($0.count)" }
    return [
      "deadlock \(options.deadlock)", "digest \(options.digest)",
      "store \(options.store == .disk ? .exact : options.store)",
      "reduction \(space.stubbornSets != nil)", "symmetry \(symmetry)",
      "passed over \(options.passedOver.count)",
      "rules \(space.system.rules.map(\.name)) \(space.instances.count)",
      "properties \(space.system.properties.map { "\($0.kind) \($0.name)" })",
      "fields \(fields)",
    ].joined(separator: "\n")
  }
}

/// What a search had counted when a level had been expanded and nothing was known yet of the next one.
struct LevelStart {
  let totals: SearchTotals
  let stateCount: Int
}
