import Diagnostics
import Exploration
import Murphi
import Testing

/// How words share a key, and what happens to keys when they get other fields.
@Suite struct KeyFieldsTests {
  @Test func noTreeIsMadeWhereNoMoreIsWanted() {
    #expect(StateTree(wordCount: 600, workerCount: 1) != nil)
    #expect(StateTree(wordCount: 600, workerCount: 1, stop: StopCondition(seconds: 0)) == nil)
  }

  @Test(arguments: [2, 3, 4, 7, 8, 16])
  func fieldsOfNothingKnownFillTheKey(wordCount: Int) throws {
    let fields = try #require(KeyFields(wordCount: wordCount))
    let bits = fields.widths.reduce(0, +)
    #expect(bits == min(63, 32 * UInt64(wordCount)))
    expectApart(fields)
  }

  @Test func everyCountFits() throws {
    let counts = [1, 2, 3, 1000, 70_000, 1 << 20]
    let fields = try #require(KeyFields(counts: counts))
    #expect(!fields.overflow(counts: counts))
    expectApart(fields)
    // One value more than a field has room for.
    var tooMany = counts
    tooMany[2] = (1 << Int(fields.widths[2])) + 1
    #expect(fields.overflow(counts: tooMany))
  }

  @Test func whatNeedsTooManyBitsHasNoFields() {
    #expect(KeyFields(counts: [1 << 21, 1 << 21, 1 << 21]) != nil)
    #expect(KeyFields(counts: [(1 << 21) + 1, 1 << 21, 1 << 21]) == nil)
    #expect(KeyFields(wordCount: 1) == nil)
    #expect(KeyFields(wordCount: 17) == nil)
  }

  private func expectApart(_ fields: KeyFields) {
    var next: UInt64 = 0
    for (shift, width) in zip(fields.shifts, fields.widths) {
      #expect(shift == next)
      next = shift + width
    }
    #expect(next <= 63)
  }

  /// Eight words, two of which have far more values than the others: their first fields of 7 and 8
  /// bits are too narrow.
  @Test(arguments: [1, 3])
  func statesStayTheSameWhenTheirKeysChange(partCount: Int) throws {
    let tree = try #require(StateTree(wordCount: 8, workerCount: 1))
    let seen = try #require(SeenSet(bitCount: 64, hasNumbers: true))
    var states: [[UInt64]] = []
    for value in 0..<3000 as Range<UInt64> {
      states.append([value, value / 40, 7, value % 3, value % 5, 0, value * 77 % 2048, 1])
    }
    let keys = try add(states, to: seen, tree)
    let pairs = keys.count { $0 & KeyFields.treeBit != 0 }
    #expect(pairs > 2000)

    let fields = try #require(tree.betterFields)
    let refit = try #require(KeyRefit(seen, tree, fields: fields))
    #expect(refit.moveAll(from: seen, partCount: partCount))
    #expect(refit.tree.betterFields == nil)
    let folder = StateTree.Folder(refit.tree, worker: 0)
    let handle = refit.seen.handle(isShared: false)
    var refitted = keys
    refitted.withUnsafeMutableBufferPointer { refit.refit($0) }
    var wrongCount = 0
    for (position, state) in states.enumerated() {
      let key = refitted[position]
      if key & KeyFields.treeBit != 0 || folder.fold(state) != key { wrongCount += 1 }
      guard let place = handle.find(handle.home(key)) else {
        wrongCount += 1
        continue
      }
      if Int(handle.number(place)) != position + 1 { wrongCount += 1 }
      if handle.depth(handle.home(key)) != UInt64(position % 50) { wrongCount += 1 }
    }
    #expect(wrongCount == 0)
    let entryCount = (0..<refit.seen.slotCount).count { refit.seen.entry($0) != nil }
    #expect(entryCount == states.count)
  }

  /// Two counters to 100 and a switch with three values, in eight words of which most never change:
  /// 30,000 states that are led out of by three rules each. The counters have more values than
  /// their first field has room for, so keys change while the search goes on; hashes, which are not
  /// folded, find the same states.
  @Test(arguments: [1, 2])
  func searchesGoOnWithOtherKeys(threadCount: Int) throws {
    let text = """
      var
        n, m: 0 .. 99;
        rest: array [0 .. 14] of 0 .. 0x7FFFFFFF;
      startstate
        n := 0;
        m := 0;
        for i := 0 to 14 do rest[i] := 40000003 * i; end;
      end;
      rule "n" true ==> n := (n + 1) % 100; end;
      rule "m" true ==> m := (m + 1) % 100; end;
      rule "switch" true ==> rest[7] := rest[7] = 0 ? 1 : 0; end;
      invariant "the rest stays" forall i := 8 to 14 do rest[i] = 40000003 * i end;
      liveness "both are 0 again" n = 0 & m = 0;
      """
    let system = try #require(MurphiModel.load(SourceText(path: "counters.m", text: text)).system)
    let space = SearchSpace(system, symmetry: .off)
    var options = ExplorationOptions()
    options.threadCount = threadCount
    let exact = Explorer.explore(space, options: options)
    guard case .holds = exact.verdict else {
      Issue.record("\(exact.verdict)")
      return
    }
    // At first the switch is neither off nor on.
    #expect(exact.statistics.stateCount == 30_000)
    #expect(exact.statistics.ruleFiringCount == 90_000)
    options.store = .compact
    #expect(Explorer.explore(space, options: options).digest == exact.digest)
  }

  /// Adds states with their positions, from 1 on, as numbers, and depths from 0 to 49.
  private func add(
    _ states: [[UInt64]], to seen: SeenSet, _ tree: StateTree
  ) throws -> [UInt64] {
    let folder = StateTree.Folder(tree, worker: 0)
    var keys: [UInt64] = []
    for (position, state) in states.enumerated() {
      var key = folder.fold(state)
      while key == nil {
        try #require(tree.grow())
        folder.refresh()
        key = folder.fold(state)
      }
      let found = try #require(key)
      keys.append(found)
      let handle = seen.handle(isShared: false)
      let outcome = handle.insert(handle.home(found), depth: UInt64(position % 50))
      #expect(outcome == .new)
      handle.setNumber(try #require(handle.find(handle.home(found))), position + 1)
    }
    return keys
  }
}
