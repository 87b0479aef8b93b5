import Cluster
import Diagnostics
import Evaluation
import Glibc
import Packing

/// Decides AG EF when all states have been found, each by its owner: from every one, a state can be reached in
/// which the property holds.
///
/// The states for which that is not known are expanded once more, and the owner of each successor is told who
/// leads to it, by rank and number. What is good is then followed backwards from rank to rank, until none has
/// anything to tell. Twelve bytes are kept for each such transition where it leads to.
final class ClusterLiveness {
  private let shared: SharedSearch
  private let cluster: ClusterMember
  private let store: any SeenSetStore
  private let numbers: StateNumbers
  /// Of numbers that there are no more of any more.
  private lazy var marks = numbers.marks
  private let generator: any SuccessorGenerator
  private let wordCount: Int
  private let batch: SuccessorBatch

  /// For each transition the number of its target and, of its source, rank and number.
  private var transitions = NumberList()

  /// - Parameter store: That of the search, with all states of this rank, and their numbers.
  init(
    _ shared: SharedSearch, _ cluster: ClusterMember, _ store: any SeenSetStore,
    _ numbers: StateNumbers, _ generator: any SuccessorGenerator
  ) {
    (self.shared, self.cluster, self.store, self.numbers) = (shared, cluster, store, numbers)
    self.generator = generator
    wordCount = shared.space.packing.wordCount
    batch = SuccessorBatch(wordCount: wordCount)
  }

  /// All ranks.
  ///
  /// - Returns: On all of them the same.
  /// - Throws: `Undecided.stopped`, where a rank has ended meanwhile; all know why then.
  func firstStranded() throws(Undecided) -> LivenessOutcome {
    // From here on states are looked up, and none is added: the table stays where it is, and so do marks.
    while store.isFull, !shared.isOver {
      _ = shared.grow(from: store.generation, isForced: false)
    }
    guard !shared.isOver,
      let segments = RankSegments(
        rankCount: cluster.communicator.size, stride: wordCount + 1,
        byteLimit: shared.options.memoryByteCount)
    else {
      shared.stop(.noMemory)
      return try stop(after: shared.status(isDone: true))
    }
    try tell(by: segments)
    segments.begin(stride: 1)
    try follow(by: segments)
    return first(ofAll: ownFirst())
  }

  /// Ends together with all other ranks.
  private func stop(after status: RankStatus) throws(Undecided) -> LivenessOutcome {
    cluster.share(status)
    throw .stopped
  }

  /// Sends what is to be sent, and takes what the others have. All ranks.
  private func takeRound(
    isDone: Bool, _ segments: RankSegments
  ) throws(Undecided) -> ClusterMember.Round {
    shared.stopIfDue()
    let round = cluster.takeRound(
      shared.status(isDone: isDone || shared.isOver), sending: segments, shared.insist)
    if let limit = round.limit {
      shared.stop(limit)
      throw .stopped
    }
    return round
  }

  // MARK: - Transitions

  /// Tells the owner of each successor of a state for which nothing good is known who leads to it.
  private func tell(by segments: RankSegments) throws(Undecided) {
    let reader = SeenSetInserter(store)
    var position = 0
    while true {
      while position < store.seen.slotCount, !cluster.isDue(segments), !shared.isOver {
        tell(from: &position, reader, by: segments)
        cluster.noteWork()
        shared.stopIfDue()
      }
      let round = try takeRound(isDone: position == store.seen.slotCount, segments)
      note(round, reader)
      if round.isLast { break }
    }
    cluster.share(shared.status(isDone: true))
    if let limit = cluster.statuses.lazy.compactMap(\.limit).first ?? cluster.loss {
      shared.stop(limit)
      throw .stopped
    }
  }

  /// Expands some states, from a slot of the table on.
  private func tell(
    from position: inout Int, _ reader: SeenSetInserter, by segments: RankSegments
  ) {
    var entries: [UInt64] = []
    var sources: [UInt64] = []
    let seen = store.seen
    while position < seen.slotCount, sources.count < SuccessorBatch.stateCount {
      defer { position += 1 }
      guard let number = seen.number(position), number > 0, !marks.isGood(number),
        let entry = seen.entry(position)
      else { continue }
      store.keys.append(entry.key, to: &entries)
      sources.append(UInt64(cluster.communicator.rank) << 32 | UInt64(number))
    }
    if sources.isEmpty { return }
    let states = reader.unfold(entries, count: sources.count)
    var first = 0
    do throws(Undecided) {
      while first < sources.count {
        let count = try generator.expand(
          states + first * wordCount, count: sources.count - first, into: batch)
        guard !batch.isShort, segments.makeRoom(batch.count, shared.insist)
        else { return shared.stopForMemory() }
        for expanded in 0..<count { send(expanded, from: sources[first + expanded], by: segments) }
        first += count
      }
    } catch {
      shared.end(by: error)
    }
  }

  private func send(_ expanded: Int, from source: UInt64, by segments: RankSegments) {
    for successor in batch.successors(of: expanded) {
      let state = batch.state(successor)
      let owner = cluster.outbox.owner(StateHash.hash(state, wordCount: wordCount))
      let item = segments.append(to: owner)
      for word in 0..<wordCount { item[word] = state[word] }
      item[wordCount] = source
    }
  }

  /// Notes who leads to states of this rank.
  private func note(_ round: ClusterMember.Round, _ reader: SeenSetInserter) {
    let stride = wordCount + 1
    let byteCount = transitions.byteCount
    var position = 0
    while position < round.count {
      let count = min(SuccessorBatch.stateCount, (round.count - position) / stride)
      batch.removeAll()
      for number in 0..<count {
        (batch.words + number * wordCount).update(
          from: round.words + position + number * stride, count: wordCount)
      }
      batch.count = count
      guard reader.fold(batch, grow: shared.grow) else { return shared.stopForMemory() }
      for number in 0..<count {
        let target = reader.number(of: reader.key(batch, number))
        let source = round.words[position + number * stride + wordCount]
        let isOfRank = source >> 32 < UInt64(cluster.communicator.size)
        guard target > 0, isOfRank else {
          // An assumption has discarded it, or it is another rank's.
          if !shared.mayDiscard || !isOfRank { cluster.noteStray() }
          continue
        }
        transitions.append(target)
        transitions.append(UInt32(truncatingIfNeeded: source >> 32))
        transitions.append(UInt32(truncatingIfNeeded: source))
      }
      position += count * stride
    }
    let added = transitions.byteCount - byteCount
    if added > 0, !shared.take(byteCount: added) { shared.stopForMemory() }
  }

  // MARK: - What is good

  /// Follows what is good backwards, until no rank has anything to tell.
  private func follow(by segments: RankSegments) throws(Undecided) {
    let sources = TransitionSources(transitions, end: numbers.end, shared.insist)
    if sources == nil { shared.stop(.noMemory) }
    var telling = Telling(numbers.instanceCount, end: numbers.end)
    while true {
      while let sources, !segments.isFull, !shared.isOver,
        let next = telling.next(marks)
      {
        // As many as there is room for; the others in the next round.
        let range = sources.range(of: next.number)
        var position = range.lowerBound + next.told
        while position < range.upperBound, !segments.isFull {
          segments.append(to: Int(sources.ranks[position])).pointee =
            UInt64(sources.numbers[position]) << 32 | UInt64(next.instance)
          position += 1
        }
        if position < range.upperBound { telling.goOn(next, told: position - range.lowerBound) }
      }
      // What arrives may be more to tell, so that all are done where nothing travels.
      let round = try takeRound(isDone: telling.isDone && segments.isEmpty, segments)
      for position in 0..<round.count {
        let (number, instance) = (
          Int(round.words[position] >> 32), Int(round.words[position] & 0xFFFF_FFFF)
        )
        guard number > 0, number < numbers.end, instance < numbers.instanceCount else {
          cluster.noteStray()
          continue
        }
        if marks.isMarked(number, instance) { continue }
        marks.mark(number, instance)
        telling.add(number, instance)
      }
      if round.isLast {
        if let loss = cluster.loss {
          shared.stop(loss)
          throw .stopped
        }
        return
      }
    }
  }

  // MARK: - Stranded states

  private struct Stranded {
    let instance: Int
    let state: PackedState
    let depth: Int
  }

  /// The first state of this rank that is not good.
  private func ownFirst() -> Stranded? {
    let seen = store.seen
    let reader = SeenSetInserter(store)
    var first: Stranded?
    for position in 0..<seen.slotCount {
      guard let depth = seen.depth(position), depth <= first?.depth ?? .max,
        let number = seen.number(position), !marks.isGood(number),
        let instance = (0..<numbers.instanceCount).first(where: { !marks.isMarked(number, $0) }),
        let entry = seen.entry(position)
      else { continue }
      let state = reader.state(entry.key)
      if let first, first.depth == depth, state >= first.state { continue }
      first = Stranded(instance: instance, state: state, depth: depth)
    }
    return first
  }

  /// The first one of all ranks.
  private func first(ofAll own: Stranded?) -> LivenessOutcome {
    var words = [UInt64](repeating: 0, count: 3 + wordCount)
    if let own { words = [1, UInt64(own.depth), UInt64(own.instance)] + own.state.words }
    let found = cluster.communicator.gather(words).filter { $0[0] == 1 }.map { words in
      Stranded(
        instance: Int(words[2]), state: PackedState(Array(words[3...]), wordCount: wordCount),
        depth: Int(words[1]))
    }
    let first = found.min {
      $0.depth == $1.depth ? $0.state < $1.state : $0.depth < $1.depth
    }
    return first.map {
      .stranded(instance: $0.instance, state: $0.state, depth: $0.depth, path: nil)
    } ?? .none
  }
}

/// What is good of states and has not been told to those that lead to them.
private struct Telling {
  struct Item {
    let number: Int
    let instance: Int
    /// Sources that have been told.
    var told = 0
  }

  private let instanceCount: Int
  private let end: Int
  private var pending: [Item] = []
  /// What is known from the beginning is gone through once.
  private var number = 1
  private var instance = 0

  init(_ instanceCount: Int, end: Int) { (self.instanceCount, self.end) = (instanceCount, end) }

  var isDone: Bool { pending.isEmpty && number >= end }

  mutating func add(_ number: Int, _ instance: Int) {
    // It comes up by itself later.
    if number > self.number || number == self.number && instance >= self.instance { return }
    pending.append(Item(number: number, instance: instance))
  }

  mutating func goOn(_ item: Item, told: Int) {
    pending.append(Item(number: item.number, instance: item.instance, told: told))
  }

  mutating func next(_ marks: StateNumbers.Marks) -> Item? {
    if let item = pending.popLast() { return item }
    while number < end {
      let item = Item(number: number, instance: instance)
      instance += 1
      if instance == instanceCount { (number, instance) = (number + 1, 0) }
      if marks.isMarked(item.number, item.instance) { return item }
    }
    return nil
  }
}

/// The sources of transitions by the numbers of their targets.
private struct TransitionSources {
  private let ends: PagedMemory<UInt32>
  let ranks: UnsafeMutablePointer<UInt32>
  let numbers: UnsafeMutablePointer<UInt32>
  private let memory: (PagedMemory<UInt32>, PagedMemory<UInt32>)

  /// By counting sort.
  ///
  /// - Parameters:
  ///   - end: Numbers are below this one.
  ///   - mayTake: Asked before so many bytes are taken.
  /// - Returns: Nil if there is no memory.
  init?(_ transitions: NumberList, end: Int, _ mayTake: (Int) -> Bool) {
    let count = transitions.count / 3
    guard count <= UInt32.max, mayTake(4 * (end + 1 + 2 * count)),
      let ends = PagedMemory<UInt32>(count: end + 1),
      let ranks = PagedMemory<UInt32>(count: count), let numbers = PagedMemory<UInt32>(count: count)
    else { return nil }
    let starts = ends.base
    for position in 0..<count { starts[Int(transitions[3 * position])] += 1 }
    var sum: UInt32 = 0
    for number in 0...end {
      sum += starts[number]
      starts[number] = sum
    }
    // From the end of each target's sources downwards: an end becomes a start.
    for position in 0..<count {
      let target = Int(transitions[3 * position])
      starts[target] -= 1
      ranks.base[Int(starts[target])] = transitions[3 * position + 1]
      numbers.base[Int(starts[target])] = transitions[3 * position + 2]
    }
    (self.ends, self.ranks, self.numbers) = (ends, ranks.base, numbers.base)
    memory = (ranks, numbers)
  }

  /// The positions of the sources of a target.
  func range(of number: Int) -> Range<Int> {
    Int(ends.base[number])..<Int(ends.base[number + 1])
  }
}
