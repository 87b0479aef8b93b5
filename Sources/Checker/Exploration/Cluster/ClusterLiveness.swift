import Cluster
import Diagnostics
import Evaluation
import Glibc
import Packing

/// Decides AG EF when all states have been found, each by its owner: from every one, a state can be reached in
/// which the property holds.
///
/// States for which that is not known are expanded once more, the deepest first, and the owners of their
/// successors asked what these are good for, as long as that settles many of them: nothing is kept of a question.
/// Of what is left then, the owner of each successor keeps who leads to it, and what is good is followed backwards
/// from rank to rank, until none has anything to tell.
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
  private let reader: SeenSetInserter
  /// States of this rank that are looked up.
  private let asked: SuccessorBatch
  private var sources: KeptSources?

  /// - Parameter store: That of the search, with all states of this rank, and their numbers.
  init(
    _ shared: SharedSearch, _ cluster: ClusterMember, _ store: any SeenSetStore,
    _ numbers: StateNumbers, _ generator: any SuccessorGenerator
  ) {
    (self.shared, self.cluster, self.store, self.numbers) = (shared, cluster, store, numbers)
    self.generator = generator
    wordCount = shared.space.packing.wordCount
    batch = SuccessorBatch(wordCount: wordCount)
    asked = SuccessorBatch(wordCount: wordCount)
    reader = SeenSetInserter(store)
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
    let (size, limit) = (cluster.communicator.size, shared.options.memoryByteCount)
    let answers = RankSegments(rankCount: size, stride: 1, byteLimit: limit)
    if answers == nil { shared.stop(.noMemory) }
    if let answers { _ = shared.insist(byteCount: answers.byteCount) }
    // Where one rank cannot begin, none does.
    cluster.share(shared.status(isDone: true))
    if let limit = cluster.firstLimit { shared.stop(limit) }
    guard !shared.isOver, let answers else { throw .stopped }
    // Nothing is on its way any more, and where this is ended nothing of it is.
    let questions = cluster.outbox.segments
    questions.begin(stride: wordCount + 1)
    defer {
      questions.removeAll()
      questions.begin(stride: wordCount)
    }
    reader.refresh()
    try settle(by: questions, answers)
    return first(ofAll: StrandedState.first(in: store, numbers, marks))
  }

  /// Finds out what every state is good for.
  private func settle(
    by questions: RankSegments, _ answers: RankSegments
  ) throws(Undecided) {
    var left = try leftCount()
    while left > 0 {
      try sweep(questions, answers)
      let before = left
      left = try leftCount()
      // Few may be left, or none of them good.
      if before - left <= left / 4 { break }
    }
    if left == 0 { return }
    sources = KeptSources(end: numbers.end, shared.insist)
    if sources == nil { shared.stop(.noMemory) }
    try sweep(questions, answers)
    try follow(by: answers)
  }

  /// How many states of all ranks are not known to be good. All ranks.
  private func leftCount() throws(Undecided) -> Int {
    let seen = store.seen
    var count = 0
    for position in 0..<seen.slotCount {
      if let number = seen.number(position), number > 0, !marks.isGood(number) { count += 1 }
    }
    return cluster.communicator.gather([UInt64(count)]).reduce(0) { $0 + Int($1[0]) }
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

  /// Ends where words have been lost. All ranks, behind a last round.
  private func compareWords() throws(Undecided) {
    cluster.share(shared.status(isDone: true))
    guard let limit = cluster.firstLimit ?? cluster.loss else { return }
    shared.stop(limit)
    throw .stopped
  }

  // MARK: - Questions

  /// Levels that are gone through together: in one of them are the states of a few depths.
  private static let bandCount = 32

  /// Expands all states that are not known to be good, the deepest first, since what they are good for mostly
  /// lies before them, and asks what their successors are good for.
  private func sweep(_ questions: RankSegments, _ answers: RankSegments) throws(Undecided) {
    let bandDepth = shared.depth / Self.bandCount + 1
    // What is left: bands, and slots of the table in the first one of them.
    var band = shared.depth / bandDepth
    var position = 0
    while true {
      while band >= 0, !cluster.isDue(questions), !shared.isOver {
        ask(from: &position, band * bandDepth..<(band + 1) * bandDepth, by: questions)
        if position == store.seen.slotCount { (band, position) = (band - 1, 0) }
        cluster.noteWork()
        shared.stopIfDue()
      }
      let round = try takeRound(isDone: band < 0, questions)
      answer(round, by: answers)
      take(try takeRound(isDone: true, answers))
      if round.isLast { break }
    }
    try compareWords()
  }

  /// Expands some states of some depths, from a slot of the table on.
  private func ask(
    from position: inout Int, _ depths: Range<Int>, by questions: RankSegments
  ) {
    var entries: [UInt64] = []
    var expanded: [Int] = []
    let seen = store.seen
    let end = min(seen.slotCount, position + Self.slotsAtOnce)
    while position < end, expanded.count < SuccessorBatch.stateCount {
      defer { position += 1 }
      guard let depth = seen.depth(position), depths.contains(depth),
        let number = seen.number(position), number > 0, !marks.isGood(number),
        let entry = seen.entry(position)
      else { continue }
      store.keys.append(entry.key, to: &entries)
      expanded.append(number)
    }
    if expanded.isEmpty { return }
    let states = reader.unfold(entries, count: expanded.count)
    var first = 0
    do throws(Undecided) {
      while first < expanded.count {
        let count = try generator.expand(
          states + first * wordCount, count: expanded.count - first, into: batch)
        guard !batch.isShort, questions.makeRoom(batch.count, shared.insist) else {
          return shared.stopForMemory()
        }
        ask(of: Array(expanded[first..<first + count]), by: questions)
        first += count
      }
    } catch {
      shared.end(by: error)
    }
  }

  /// Slots after which it is looked whether a round is due.
  private static let slotsAtOnce = 1 << 14

  /// Looks up what the successors of the batch are good for that are this rank's, and asks of the others, where
  /// that is not enough.
  private func ask(of expanded: [Int], by questions: RankSegments) {
    let rank = cluster.communicator.rank
    var others: [(successor: Int, owner: Int, number: Int)] = []
    var own: [Int] = []
    for (position, number) in expanded.enumerated() {
      for successor in batch.successors(of: position) {
        let owner = cluster.outbox.owner(
          StateHash.hash(batch.state(successor), wordCount: wordCount))
        if owner != rank {
          others.append((successor, owner, number))
          continue
        }
        (asked.words + own.count * wordCount).update(
          from: batch.state(successor), count: wordCount)
        own.append(number)
        if own.count == SuccessorBatch.stateCount { lookUp(&own) }
      }
    }
    if !own.isEmpty { lookUp(&own) }
    for (successor, owner, number) in others where !marks.isGood(number) {
      let item = questions.append(to: owner)
      item.update(from: batch.state(successor), count: wordCount)
      item[wordCount] = UInt64(rank) << 32 | UInt64(number)
    }
  }

  /// Marks states of this rank for what the states in `asked` are good for that they lead to.
  private func lookUp(_ own: inout [Int]) {
    // Also where the search ends: there is room for as many.
    defer { own.removeAll(keepingCapacity: true) }
    guard findAsked(own.count) else { return }
    for (position, number) in own.enumerated() {
      let target = Int(asked.numbers[position])
      // An assumption has discarded it.
      if target == 0 { continue }
      _ = marks.inherit(number, from: target)
      keep(target, cluster.communicator.rank, number)
    }
  }

  /// Finds the numbers of the first states in `asked`.
  ///
  /// - Returns: False where there is no memory, which ends the search.
  private func findAsked(_ count: Int) -> Bool {
    asked.count = count
    guard reader.fold(asked, grow: shared.grow) else {
      shared.stopForMemory()
      return false
    }
    reader.prefetch(
      store.frontierWordCount == wordCount ? asked.words : asked.keys, count: count)
    for position in 0..<count {
      asked.numbers[position] = reader.number(of: reader.key(asked, position))
    }
    return true
  }

  /// Keeps who leads to a state, if that is wanted and may still be told something.
  private func keep(_ target: Int, _ rank: Int, _ number: Int) {
    guard let sources, !marks.isGood(target) else { return }
    if !sources.append(target, rank: rank, number: number, shared.insist) {
      shared.stopForMemory()
    }
  }

  // MARK: - Answers

  /// Answers what other ranks have asked: what states of this one are good for.
  private func answer(_ round: ClusterMember.Round, by answers: RankSegments) {
    let stride = wordCount + 1
    for first in Swift.stride(
      from: 0, to: round.count, by: stride * SuccessorBatch.stateCount) where !shared.isOver
    {
      let count = min(SuccessorBatch.stateCount, (round.count - first) / stride)
      for position in 0..<count {
        (asked.words + position * wordCount).update(
          from: round.words + first + position * stride, count: wordCount)
      }
      let parts = (numbers.instanceCount + Marked.partSize - 1) / Marked.partSize
      guard findAsked(count), answers.makeRoom(count * parts, shared.insist) else {
        return shared.stopForMemory()
      }
      for position in 0..<count {
        let source = round.words[first + position * stride + wordCount]
        answer(
          Int(asked.numbers[position]), Int(source >> 32), Int(source & 0xFFFF_FFFF), by: answers)
      }
    }
  }

  /// Tells who leads to a state what it is good for.
  private func answer(_ target: Int, _ rank: Int, _ number: Int, by answers: RankSegments) {
    guard target > 0, rank < cluster.communicator.size else {
      // An assumption has discarded it, or it is another rank's.
      if !shared.mayDiscard || rank >= cluster.communicator.size { cluster.noteStray() }
      return
    }
    for first in stride(from: 0, to: numbers.instanceCount, by: Marked.partSize) {
      let bits = marks.bits(target, from: first)
      if bits == 0 { continue }
      answers.append(to: rank).pointee = Marked(number: number, first: first, bits: bits).word
    }
    keep(target, rank, number)
  }

  /// Takes what this rank's states have been told.
  ///
  /// - Parameter body: Called with what is new.
  private func take(
    _ round: ClusterMember.Round, _ body: (_ number: Int, _ instance: Int) -> Void = { _, _ in }
  ) {
    for position in 0..<round.count {
      let marked = Marked(word: round.words[position])
      guard marked.number > 0, marked.number < numbers.end else {
        cluster.noteStray()
        continue
      }
      for bit in 0..<Marked.partSize where marked.bits >> bit & 1 != 0 {
        let instance = marked.first + bit
        guard instance < numbers.instanceCount else {
          cluster.noteStray()
          break
        }
        if marks.isMarked(marked.number, instance) { continue }
        marks.mark(marked.number, instance)
        body(marked.number, instance)
      }
    }
  }

  // MARK: - What is good

  /// Follows what is good backwards, until no rank has anything to tell.
  private func follow(by answers: RankSegments) throws(Undecided) {
    var telling = Telling(numbers.instanceCount, end: numbers.end)
    while true {
      while let sources, !answers.isFull, !shared.isOver, let next = telling.next(marks) {
        // As many as there is room for; the others in the next round.
        var place = next.place ?? sources.first(of: next.number)
        let first = next.instance / Marked.partSize * Marked.partSize
        let told = Marked(number: 0, first: first, bits: 1 << UInt16(next.instance - first))
        while let source = sources[place], !answers.isFull {
          answers.append(to: source.rank).pointee = told.word(of: source.number)
          place = source.next
        }
        if sources[place] != nil { telling.goOn(next, place) }
      }
      // What arrives may be more to tell, so that all are done where nothing travels.
      let round = try takeRound(isDone: telling.isDone && answers.isEmpty, answers)
      take(round) { telling.add($0, $1) }
      if round.isLast { return try compareWords() }
    }
  }

  // MARK: - Stranded states

  /// The first one of all ranks.
  private func first(ofAll own: StrandedState?) -> LivenessOutcome {
    var words = [UInt64](repeating: 0, count: 3 + wordCount)
    if let own { words = [1, UInt64(own.depth), UInt64(own.instance)] + own.state.words }
    let found = cluster.communicator.gather(words).filter { $0[0] == 1 }.map { words in
      StrandedState(
        instance: Int(words[2]), state: PackedState(Array(words[3...]), wordCount: wordCount),
        depth: Int(words[1]))
    }
    return .init(found.min { $0.precedes($1) })
  }
}

/// What a state has been told to be good for, as a word that travels: some instances of properties, from one on.
private struct Marked {
  /// Instances of which one word tells.
  static let partSize = 16

  let number: Int
  let first: Int
  let bits: UInt16

  init(number: Int, first: Int, bits: UInt16) {
    (self.number, self.first, self.bits) = (number, first, bits)
  }

  init(word: UInt64) {
    number = Int(word >> 32)
    first = Int(word >> 16 & 0xFFFF) * Self.partSize
    bits = UInt16(truncatingIfNeeded: word)
  }

  var word: UInt64 { word(of: number) }

  func word(of number: Int) -> UInt64 {
    UInt64(number) << 32 | UInt64(first / Self.partSize & 0xFFFF) << 16 | UInt64(bits)
  }
}

/// What is good of states and has not been told to those that lead to them.
private struct Telling {
  struct Item {
    let number: Int
    let instance: Int
    /// The first source that has not been told; nil for that of all.
    var place: UInt32?
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

  mutating func goOn(_ item: Item, _ place: UInt32) {
    pending.append(Item(number: item.number, instance: item.instance, place: place))
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

/// Who leads to each state, by rank and number: lists of twelve bytes a transition, and four for each state.
private final class KeptSources {
  /// For each state, one more than the place of the last one.
  private let heads: PagedMemory<UInt32>
  /// For each transition where the list goes on, the rank, and the number.
  private var list = NumberList()

  /// - Parameters:
  ///   - end: Numbers are below this one.
  ///   - mayTake: Asked before so many bytes are taken.
  /// - Returns: Nil if there is no memory.
  init?(end: Int, _ mayTake: (Int) -> Bool) {
    guard mayTake(4 * end), let heads = PagedMemory<UInt32>(count: end) else { return nil }
    self.heads = heads
  }

  /// - Returns: False if there is no memory.
  func append(_ target: Int, rank: Int, number: Int, _ mayTake: (Int) -> Bool) -> Bool {
    guard list.count / 3 < Int(UInt32.max) - 1 else { return false }
    let byteCount = list.byteCount
    list.append(heads.base[target])
    list.append(UInt32(truncatingIfNeeded: rank))
    list.append(UInt32(truncatingIfNeeded: number))
    heads.base[target] = UInt32(list.count / 3)
    let added = list.byteCount - byteCount
    return added == 0 || mayTake(added)
  }

  func first(of target: Int) -> UInt32 { heads.base[target] }

  /// Nil behind the last one.
  subscript(place: UInt32) -> (rank: Int, number: Int, next: UInt32)? {
    if place == 0 { return nil }
    let position = 3 * (Int(place) - 1)
    return (Int(list[position + 1]), Int(list[position + 2]), list[position])
  }
}
