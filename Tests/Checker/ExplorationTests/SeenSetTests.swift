import Dispatch
import Exploration
import Synchronization
import Testing

/// The table of keys against a dictionary of the standard library, through all of its growth.
@Suite struct SeenSetTests {
  /// Keys of some bits, and the depth that each is inserted with.
  private static func keys(bitCount: Int, count: Int) -> [UInt64: Int] {
    var random = SystemRandomNumberGenerator()
    var keys: [UInt64: Int] = [:]
    while keys.count < count {
      // Deep in a corner of the range and all over it.
      let key = UInt64.random(in: 0...(.max >> UInt64(64 - bitCount)), using: &random)
      keys[Bool.random() ? key : key & 0xF_FFFF] = keys.count % 1_000
    }
    return keys
  }

  /// Parts of a growth on as many threads as there are processors.
  private struct ConcurrentWork: PartedWork {
    func doParts(_ count: Int, _ part: (Int) -> Void) {
      withoutActuallyEscaping(part) { part in
        let unchecked = Unchecked(part: part)
        DispatchQueue.concurrentPerform(iterations: count) { unchecked.part($0) }
      }
    }

    private struct Unchecked: @unchecked Sendable {
      let part: (Int) -> Void
    }
  }

  @Test(
    arguments: [
      (1, 2), (10, 900), (17, 100_000), (40, 400_000), (50, 400_000), (58, 400_000), (64, 400_000),
    ], [false, true])
  func findsWhatWasInserted(keys size: (bitCount: Int, count: Int), isConcurrent: Bool) throws {
    let (bitCount, keyCount) = size
    let work: any PartedWork = isConcurrent ? ConcurrentWork() : SerialWork()
    let keys = Self.keys(bitCount: bitCount, count: keyCount)
    let seen = try #require(SeenSet(bitCount: bitCount, hasNumbers: true))
    #expect(seen.makeRoomForDepth())
    var handle = seen.handle(isShared: false)
    var count = 0
    var wrongCount = 0
    for (key, depth) in keys {
      while true {
        if handle.find(handle.prefetch(key)) != nil { wrongCount += 1 }
        let outcome = handle.insert(handle.prefetch(key), depth: UInt64(depth))
        if outcome == .new { break }
        guard outcome == .full, seen.grow(with: work) else {
          Issue.record("a new key was taken for one that is there, or there is no memory")
          return
        }
        handle = seen.handle(isShared: false)
      }
      count += 1
      let place = handle.find(handle.prefetch(key)) ?? -1
      if place < 0 || handle.number(place) != 0 { wrongCount += 1 }
      if place >= 0 { handle.setNumber(place, depth + 1) }
      if count >= seen.mostStates {
        try #require(seen.grow(with: work))
        handle = seen.handle(isShared: false)
      }
    }
    for (key, depth) in keys {
      if handle.insert(handle.prefetch(key), depth: 5) == .new { wrongCount += 1 }
      guard let place = handle.find(handle.prefetch(key)) else {
        wrongCount += 1
        continue
      }
      if seen.entry(place)?.key != StateKey(head: key) { wrongCount += 1 }
      if Int(handle.number(place)) != depth + 1 { wrongCount += 1 }
    }
    #expect(wrongCount == 0)
    try expectEntries(of: seen, keys)
  }

  private func expectEntries(of seen: SeenSet, _ keys: [UInt64: Int]) throws {
    let pairs = keys.map { (StateKey(head: $0), $1) }
    try expectEntries(of: seen, Dictionary(uniqueKeysWithValues: pairs))
  }

  private func expectEntries(of seen: SeenSet, _ keys: [StateKey: Int]) throws {
    // An expectation takes longer than a thousand keys, so what is wrong is counted.
    var read: [StateKey: Int] = [:]
    var twiceCount = 0
    for place in 0..<seen.slotCount {
      guard let entry = seen.entry(place) else { continue }
      if read.updateValue(entry.depth, forKey: entry.key) != nil { twiceCount += 1 }
    }
    #expect(twiceCount == 0)
    let isSame = read == keys
    #expect(isSame, "\(read.count) of \(keys.count) keys")
  }

  /// Keys with tails, of which every tenth head has up to nine, so that more keys than a line has slots
  /// differ in their tails alone.
  private static func keys(tailBitCount: Int, count: Int) -> [StateKey: Int] {
    var random = SystemRandomNumberGenerator()
    let greatest: UInt64 = .max >> UInt64(64 - tailBitCount)
    var keys: [StateKey: Int] = [:]
    while keys.count < count {
      let head = UInt64.random(in: 0 ... .max, using: &random)
      for _ in 0..<(keys.count % 10 == 0 ? 9 : 1) {
        let tail = UInt64.random(in: 0...greatest, using: &random)
        keys[StateKey(head: head, tail: tail)] = keys.count % 1_000
      }
    }
    return keys
  }

  @Test(arguments: [1, 8, 9, 16, 20, 32, 33, 64], [false, true])
  func findsWhatWasInsertedWithTails(tailBitCount: Int, isConcurrent: Bool) throws {
    let work: any PartedWork = isConcurrent ? ConcurrentWork() : SerialWork()
    let keys = Self.keys(tailBitCount: tailBitCount, count: 200_000)
    let seen = try #require(
      SeenSet(bitCount: 64, tailBitCount: tailBitCount, hasNumbers: true))
    #expect(seen.makeRoomForDepth())
    var handle = seen.handle(isShared: isConcurrent)
    var count = 0
    var wrongCount = 0
    for (key, depth) in keys {
      var outcome = SeenSet.Handle.Outcome.full
      while outcome == .full {
        if handle.find(handle.home(key.head), tail: key.tail) != nil { wrongCount += 1 }
        outcome = handle.insert(handle.home(key.head), tail: key.tail, depth: UInt64(depth))
        if outcome == .full {
          try #require(seen.grow(with: work))
          handle = seen.handle(isShared: isConcurrent)
        }
      }
      if outcome != .new { wrongCount += 1 }
      let place = try #require(handle.find(handle.home(key.head), tail: key.tail))
      handle.setNumber(place, depth + 1)
      count += 1
      if count >= seen.mostStates {
        try #require(seen.grow(with: work))
        handle = seen.handle(isShared: isConcurrent)
      }
    }
    for (key, depth) in keys {
      let home = handle.home(key.head)
      if handle.insert(home, tail: key.tail, depth: 5) != .seen { wrongCount += 1 }
      if handle.depth(home, tail: key.tail) != UInt64(depth) { wrongCount += 1 }
      let place = try #require(handle.find(home, tail: key.tail))
      if seen.entry(place)?.key != key { wrongCount += 1 }
      if Int(handle.number(place)) != depth + 1 { wrongCount += 1 }
      let other = key.tail ^ 1
      if (handle.find(home, tail: other) == nil)
        == (keys[StateKey(head: key.head, tail: other)] != nil)
      {
        wrongCount += 1
      }
    }
    #expect(wrongCount == 0)
    try expectEntries(of: seen, keys)
  }

  /// Each key with a tail is new to one of the threads, and to one alone.
  @Test(arguments: [3, 40])
  func threadsAgreeOnWhoIsFirstWithTails(tailBitCount: Int) async throws {
    let seen = try #require(SeenSet(bitCount: 64, tailBitCount: tailBitCount))
    for _ in 0..<3 { #expect(seen.grow()) }
    let handle = seen.handle(isShared: true)
    // Of each head, three tails.
    let keys = (0..<150_000 as Range<UInt64>).map {
      StateKey(head: ($0 / 3) &* 0x9E37_79B9_7F4A_7C15, tail: $0 % 3)
    }
    let newCount = await withTaskGroup(of: Int.self) { group in
      for thread in 0..<4 {
        group.addTask {
          var newCount = 0
          for position in keys.indices {
            let key = keys[(position + thread * 7) % keys.count]
            let home = handle.prefetch(key.head)
            if handle.insert(home, tail: key.tail, depth: 1) == .new { newCount += 1 }
          }
          return newCount
        }
      }
      return await group.reduce(0, +)
    }
    #expect(newCount == keys.count)
    try expectEntries(of: seen, Dictionary(uniqueKeysWithValues: keys.map { ($0, 1) }))
  }

  /// Slots have room for few bits of a depth while the table is small.
  @Test func keepsDepthsThatSlotsHaveNoRoomFor() throws {
    let seen = try #require(SeenSet(bitCount: 64))
    let deep = Int(seen.deepestLevel) + 1
    #expect(seen.makeRoomForDepth())
    let handle = seen.handle(isShared: false)
    var keys: [UInt64: Int] = [:]
    for number in 0..<1_000 {
      let key = UInt64(number) &* 0x1234_5678_9ABC_DEF1
      keys[key] = deep * (number % 7) + number % 3
      #expect(handle.insert(handle.prefetch(key), depth: UInt64(keys[key] ?? 0)) == .new)
    }
    for _ in 0..<4 {
      #expect(seen.grow())
      try expectEntries(of: seen, keys)
    }
  }

  /// Each key is new to one of the threads, and to one alone.
  @Test func threadsAgreeOnWhoIsFirst() async throws {
    let seen = try #require(SeenSet(bitCount: 60))
    for _ in 0..<6 { #expect(seen.grow()) }
    let handle = seen.handle(isShared: true)
    let keys = (0..<200_000).map { (UInt64($0) &* 0x9E37_79B9_7F4A_7C15) >> 4 }
    let newCount = await withTaskGroup(of: Int.self) { group in
      for thread in 0..<4 {
        group.addTask {
          var newCount = 0
          for position in keys.indices {
            let key = keys[(position + thread * 7) % keys.count]
            if handle.insert(handle.prefetch(key), depth: 1) == .new { newCount += 1 }
          }
          return newCount
        }
      }
      return await group.reduce(0, +)
    }
    #expect(newCount == keys.count)
    try expectEntries(of: seen, Dictionary(uniqueKeysWithValues: keys.map { ($0, 1) }))
  }
}

/// States of several words and the keys that they are folded into.
@Suite struct StateTreeTests {
  /// With 8 and 16 words some numbers have no room in their fields, and with 17 there are no
  /// fields.
  @Test(arguments: [2, 3, 4, 5, 8, 11, 16, 17])
  func unfoldsWhatWasFolded(wordCount: Int) throws {
    let tree = try #require(StateTree(wordCount: wordCount, workerCount: 1))
    let folder = StateTree.Folder(tree, worker: 0)
    var random = SystemRandomNumberGenerator()
    var keys: [[UInt64]: UInt64] = [:]
    var parent = [UInt64](repeating: 0, count: wordCount)
    var parentNumbers = [UInt32](repeating: 0, count: tree.nodeCount)
    var parentKey = try fold(parent, folder, tree)
    keys[parent] = parentKey
    var wrongCount = 0
    for _ in 0..<60_000 {
      // A few words of the state change, to values that mostly have been there before.
      var state = parent
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        state[Int.random(in: 0..<wordCount, using: &random)] = .random(in: 0..<900, using: &random)
      }
      folder.unfold(parentKey, into: &parent, numbers: &parentNumbers)
      var key = folder.fold(state, near: parent, parentNumbers)
      while key == nil {
        guard tree.grow() else { break }
        folder.refresh()
        key = folder.fold(state, near: parent, parentNumbers)
      }
      guard let found = key else {
        Issue.record("there is no memory")
        return
      }
      if keys.updateValue(found, forKey: state) ?? found != found { wrongCount += 1 }
      if try fold(state, folder, tree) != found { wrongCount += 1 }
      parent = state
      parentKey = found
    }
    // Different states have different keys.
    #expect(Set(keys.values).count == keys.count)
    for (state, key) in keys {
      folder.unfold(key, into: &parent, numbers: &parentNumbers)
      if parent != state { wrongCount += 1 }
    }
    #expect(wrongCount == 0)
  }

  private func fold(
    _ state: [UInt64], _ folder: StateTree.Folder, _ tree: StateTree
  ) throws -> UInt64 {
    while true {
      if let key = folder.fold(state) { return key }
      try #require(tree.grow())
      folder.refresh()
    }
  }
}
