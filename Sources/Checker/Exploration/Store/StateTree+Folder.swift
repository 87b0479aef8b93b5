import CIntrinsics
import Synchronization

extension StateTree {
  /// What one worker folds and unfolds with: handles, and memory of its own.
  package final class Folder {
    let tree: StateTree
    private let worker: Int
    private let wordCount: Int
    private let pairCount: Int
    private let root: (left: Int, right: Int)
    // In memory of its own: an access to a class's array counts references.
    private let handles: UnsafeMutablePointer<WordDictionary.Handle>
    private let pairs: UnsafeMutablePointer<(left: Int, right: Int)>
    private let numbers: UnsafeMutablePointer<UInt32>
    /// Whether keys may be fields.
    let hasFields: Bool
    private let treeBit: UInt64
    private let fields: UnsafeMutablePointer<Field>
    /// The fields of the state whose successors are folded.
    private let parentFields: UnsafeMutablePointer<UInt64>
    /// For each node, words that were numbered lately, each in a place of its own. Most are met
    /// again soon, and a dictionary may be far from the processor.
    private let recent: UnsafeMutablePointer<Recent>

    private struct Field {
      let shift: UInt64
      /// The first number without room.
      let limit: UInt64
    }

    private struct Recent {
      var word: UInt64
      var number: UInt32
    }

    /// Places of a node, as a power of two.
    private let recentBits: Int

    /// Few words have many values each: those of 64 KiB a node are met again a tenth more often.
    /// Of many nodes each has fewer places, so that all of them together take 4 MiB: 8,000 nodes
    /// of 1,024 places would take 128 MiB a worker, and longer to write than many a search.
    private static func recentBits(of tree: StateTree) -> Int {
      var bits = tree.wordCount <= 4 ? 12 : 10
      while bits > 2, tree.nodeCount &<< bits > 1 << 18 { bits -= 1 }
      return bits
    }

    package init(_ tree: StateTree, worker: Int) {
      self.tree = tree
      self.worker = worker
      wordCount = tree.wordCount
      pairCount = tree.pairs.count
      root = tree.root
      numbers = .allocate(capacity: tree.nodeCount)
      handles = .allocate(capacity: tree.nodeCount)
      recentBits = Self.recentBits(of: tree)
      recent = .allocate(capacity: tree.nodeCount &<< recentBits)
      recent.initialize(
        repeating: Recent(word: 0, number: WordDictionary.noNumber),
        count: tree.nodeCount &<< recentBits)
      hasFields = tree.fields != nil
      treeBit = hasFields ? KeyFields.treeBit : 0
      fields = .allocate(capacity: wordCount)
      parentFields = .allocate(capacity: wordCount)
      if let packing = tree.fields {
        for word in 0..<wordCount {
          (fields + word).initialize(
            to: Field(shift: packing.shifts[word], limit: 1 << packing.widths[word]))
        }
      }
      pairs = .allocate(capacity: max(1, pairCount))
      for (position, pair) in tree.pairs.enumerated() {
        (pairs + position).initialize(to: pair)
      }
      refresh()
      tree.folderByteCount.add(byteCount, ordering: .relaxed)
    }

    private var byteCount: Int {
      (tree.nodeCount << recentBits) * MemoryLayout<Recent>.stride
        + tree.nodeCount * (MemoryLayout<WordDictionary.Handle>.stride + 4) + wordCount * 24
        + pairCount * 16
    }

    deinit {
      tree.folderByteCount.subtract(byteCount, ordering: .relaxed)
      numbers.deallocate()
      fields.deallocate()
      parentFields.deallocate()
      recent.deallocate()
      handles.deallocate()
      pairs.deallocate()
    }

    /// Takes the dictionaries as they are now, after any of them has grown.
    package func refresh() {
      for (node, dictionary) in tree.dictionaries.enumerated() {
        (handles + node).initialize(to: dictionary.handle)
      }
    }

    /// The words of a key, and the numbers of the nodes that it takes; those of the others are
    /// `WordDictionary.noNumber`.
    package func unfold(
      _ key: UInt64, into words: UnsafeMutablePointer<UInt64>,
      numbers: UnsafeMutablePointer<UInt32>
    ) {
      unfold(key, into: numbers)
      for word in 0..<wordCount { words[word] = handles[word].word(numbers[word]) }
    }

    /// The numbers of the nodes that a key takes, as above.
    @inline(__always)
    func unfold(_ key: UInt64, into numbers: UnsafeMutablePointer<UInt32>) {
      if hasFields, key & KeyFields.treeBit == 0 {
        for word in 0..<wordCount {
          numbers[word] = UInt32(
            truncatingIfNeeded: (key &>> fields[word].shift) & (fields[word].limit &- 1))
        }
        for position in 0..<pairCount { numbers[wordCount + position] = WordDictionary.noNumber }
      } else {
        numbers[root.left] = UInt32(truncatingIfNeeded: (key & ~treeBit) >> 32)
        numbers[root.right] = UInt32(truncatingIfNeeded: key)
        for position in (0..<pairCount).reversed() {
          let pair = handles[wordCount + position].word(numbers[wordCount + position])
          numbers[pairs[position].left] = UInt32(truncatingIfNeeded: pair >> 32)
          numbers[pairs[position].right] = UInt32(truncatingIfNeeded: pair)
        }
      }
    }

    /// The key of a state whose words have these numbers, all of which have room in their fields.
    @inline(__always)
    func key(ofNumbers numbers: UnsafePointer<UInt32>) -> UInt64 {
      var key: UInt64 = 0
      for word in 0..<wordCount { key |= UInt64(numbers[word]) &<< fields[word].shift }
      return key
    }

    // MARK: - Fields

    /// What an expanded state gives to the keys of its successors: its fields, 0 for each number
    /// that has no room, and their sum.
    struct Parent {
      fileprivate var key: UInt64 = 0
      /// A bit for each word whose number has no room.
      fileprivate var overflow: UInt64 = 0
    }

    /// What is known of a successor's key: the sum of its fields.
    struct Sum {
      fileprivate(set) var key: UInt64
      /// Not 0 if a number has no room in its field.
      fileprivate(set) var overflow: UInt64
    }

    /// Makes a state the one whose successors are folded next.
    @inline(__always)
    func expand(_ numbers: UnsafePointer<UInt32>) -> Parent {
      var parent = Parent()
      for word in 0..<wordCount {
        let number = UInt64(numbers[word])
        let isOver: UInt64 = number < fields[word].limit ? 0 : 1
        let field = (number &<< fields[word].shift) & (isOver &- 1)
        parentFields[word] = field
        parent.key |= field
        parent.overflow |= isOver &<< UInt64(word)
      }
      return parent
    }

    /// Adds up the fields of a successor of the state that was given to `expand` last. What is not
    /// known at once is left, and its slot is asked for.
    ///
    /// - Parameter leave: Called for each word whose number is to be looked up.
    @inline(__always)
    func add(
      _ words: UnsafePointer<UInt64>, near parent: UnsafePointer<UInt64>, _ known: Parent,
      leave: (_ word: Int) -> Void
    ) -> Sum {
      var changed = differing_words(words, parent, wordCount)
      var sum = Sum(key: known.key, overflow: known.overflow & ~changed)
      while changed != 0 {
        let word = changed.trailingZeroBitCount
        changed &= changed &- 1
        sum.key &-= parentFields[word]
        let place = recent + (word &<< recentBits &+ recentPlace(words[word]))
        if place.pointee.word == words[word], place.pointee.number != WordDictionary.noNumber {
          add(place.pointee.number, of: word, to: &sum)
        } else {
          handles[word].prefetch(words[word])
          leave(word)
        }
      }
      return sum
    }

    /// Asks for the word that one that was left will be compared with.
    @inline(__always)
    func approach(_ word: UInt64, at node: Int) { handles[node].prefetchWord(word) }

    /// Adds a field that was left.
    ///
    /// - Returns: False if a dictionary has to grow first.
    @inline(__always)
    func add(_ word: UInt64, at node: Int, to sum: inout Sum) -> Bool {
      guard let number = number(word, at: node) else { return false }
      add(number, of: node, to: &sum)
      return true
    }

    @inline(__always)
    private func add(_ number: UInt32, of word: Int, to sum: inout Sum) {
      sum.key &+= UInt64(number) &<< fields[word].shift
      sum.overflow |= UInt64(number) < fields[word].limit ? 0 : 1
    }

    // MARK: - Pairs

    /// Asks for the memory that folding a state will begin at.
    @inline(__always)
    func prefetch(_ words: UnsafePointer<UInt64>, near parent: UnsafePointer<UInt64>) {
      for word in 0..<wordCount where words[word] != parent[word] {
        handles[word].prefetch(words[word])
      }
    }

    /// A state that is folded up to the two nodes of its key. Their dictionaries are the large
    /// ones, so many states come this far, and what the next step reads is asked for, before it is
    /// taken for the first of them.
    struct Partial {
      fileprivate var left: Half
      fileprivate var right: Half
    }

    /// One node of a key: its number, or the word or pair that has it.
    fileprivate struct Half {
      var word: UInt64
      var number: UInt32
    }

    /// Folds a state up to the nodes of its key, and asks for their slots.
    ///
    /// - Parameters:
    ///   - parent: A state that differs little, with the numbers of its nodes.
    /// - Returns: Nil if a dictionary has to grow first.
    @inline(__always)
    func begin(
      _ words: UnsafePointer<UInt64>, near parent: UnsafePointer<UInt64>,
      _ parentNumbers: UnsafePointer<UInt32>
    ) -> Partial? {
      for word in 0..<wordCount where word != root.left && word != root.right {
        if words[word] == parent[word] {
          numbers[word] = parentNumbers[word]
        } else {
          guard let number = number(words[word], at: word) else { return nil }
          numbers[word] = number
        }
      }
      for position in (0..<pairCount) {
        let node = wordCount + position
        if node == root.left || node == root.right { continue }
        let (left, right) = pairs[position]
        if isKnown(node, left, right, parentNumbers) {
          numbers[node] = parentNumbers[node]
        } else {
          guard let number = number(pair(left, right), at: node) else { return nil }
          numbers[node] = number
        }
      }
      return Partial(
        left: half(root.left, words, parent, parentNumbers),
        right: half(root.right, words, parent, parentNumbers))
    }

    /// Whether a node has the number that it has in the expanded state.
    @inline(__always)
    private func isKnown(
      _ node: Int, _ left: Int, _ right: Int, _ parentNumbers: UnsafePointer<UInt32>
    ) -> Bool {
      numbers[left] == parentNumbers[left] && numbers[right] == parentNumbers[right]
        && parentNumbers[node] != WordDictionary.noNumber
    }

    @inline(__always)
    private func half(
      _ node: Int, _ words: UnsafePointer<UInt64>, _ parent: UnsafePointer<UInt64>,
      _ parentNumbers: UnsafePointer<UInt32>
    ) -> Half {
      let word: UInt64
      if node < wordCount {
        word = words[node]
        if word == parent[node] { return Half(word: word, number: parentNumbers[node]) }
      } else {
        let (left, right) = pairs[node &- wordCount]
        word = pair(left, right)
        if isKnown(node, left, right, parentNumbers) {
          return Half(word: word, number: parentNumbers[node])
        }
      }
      handles[node].prefetch(word)
      return Half(word: word, number: WordDictionary.noNumber)
    }

    /// Asks for the words that `finish` will compare.
    @inline(__always)
    func approach(_ partial: Partial) {
      if partial.left.number == WordDictionary.noNumber {
        handles[root.left].prefetchWord(partial.left.word)
      }
      if partial.right.number == WordDictionary.noNumber {
        handles[root.right].prefetchWord(partial.right.word)
      }
    }

    /// The key of a state.
    ///
    /// - Returns: Nil if a dictionary has to grow first.
    @inline(__always)
    func finish(_ partial: Partial) -> UInt64? {
      var (left, right) = (partial.left.number, partial.right.number)
      if left == WordDictionary.noNumber {
        guard let number = handles[root.left].number(partial.left.word, worker: worker) else {
          return nil
        }
        left = number
      }
      if right == WordDictionary.noNumber {
        guard let number = handles[root.right].number(partial.right.word, worker: worker) else {
          return nil
        }
        right = number
      }
      return UInt64(left) << 32 | UInt64(right) | treeBit
    }

    // MARK: - One state

    /// The key of a state that is like no other.
    ///
    /// - Returns: Nil if a dictionary has to grow first.
    package func fold(_ words: UnsafePointer<UInt64>) -> UInt64? {
      var sum = Sum(key: 0, overflow: hasFields ? 0 : 1)
      for word in 0..<wordCount {
        guard let number = number(words[word], at: word) else { return nil }
        numbers[word] = number
        if hasFields { add(number, of: word, to: &sum) }
      }
      if sum.overflow == 0 { return sum.key }
      for position in (0..<pairCount) {
        let node = wordCount + position
        let (left, right) = pairs[position]
        guard let number = number(pair(left, right), at: node) else { return nil }
        numbers[node] = number
      }
      return pair(root.left, root.right) | treeBit
    }

    /// The key of a state that differs little from another one.
    ///
    /// - Returns: Nil if a dictionary has to grow first.
    package func fold(
      _ words: UnsafePointer<UInt64>, near parent: UnsafePointer<UInt64>,
      _ parentNumbers: UnsafePointer<UInt32>
    ) -> UInt64? {
      if hasFields {
        var left: [Int] = []
        var sum = add(words, near: parent, expand(parentNumbers)) { left.append($0) }
        for word in left where !add(words[word], at: word, to: &sum) { return nil }
        if sum.overflow == 0 { return sum.key }
      }
      return begin(words, near: parent, parentNumbers).flatMap(finish)
    }

    @inline(__always)
    private func pair(_ left: Int, _ right: Int) -> UInt64 {
      UInt64(numbers[left]) << 32 | UInt64(numbers[right])
    }

    /// The number of a word or pair at a node.
    @inline(__always)
    private func number(_ word: UInt64, at node: Int) -> UInt32? {
      let place = recent + (node &<< recentBits &+ recentPlace(word))
      if place.pointee.word == word, place.pointee.number != WordDictionary.noNumber {
        return place.pointee.number
      }
      guard let number = handles[node].number(word, worker: worker) else { return nil }
      place.pointee = Recent(word: word, number: number)
      return number
    }

    @inline(__always)
    private func recentPlace(_ word: UInt64) -> Int {
      Int(
        truncatingIfNeeded: ((word ^ (word &>> 32)) &* 0x9E37_79B9_7F4A_7C15)
          &>> UInt64(64 - recentBits))
    }
  }
}
