/// Folds states of several words into keys of 64 bits, without loss.
///
/// The words are the leaves of a binary tree. Each leaf numbers the words that have stood there; each
/// inner node numbers the pairs of numbers of its two parts; the last pair is the key (Laarman, van de
/// Pol and Weber, "Parallel recursive state compression for free", 2011; here a leaf is a whole word).
/// A rule changes little, so of a successor only the nodes above what differs from the expanded state
/// are looked up.
///
/// Numbers depend on the order in which threads come by, so keys do too; states do not.
package final class StateTree {
  /// For each node, its dictionary: first the leaves, then the inner nodes, parts before wholes.
  private let dictionaries: [WordDictionary]
  /// For each inner node, the nodes that it pairs.
  private let pairs: [(left: Int, right: Int)]
  /// The nodes that the key pairs.
  private let root: (left: Int, right: Int)
  private let wordCount: Int

  /// - Parameters:
  ///   - wordCount: At least 2.
  /// - Returns: Nil if there is no memory.
  package init?(wordCount: Int, workerCount: Int) {
    self.wordCount = wordCount
    var open = Array(0..<wordCount)
    var pairs: [(Int, Int)] = []
    while open.count > 2 {
      var next: [Int] = []
      for position in stride(from: 0, to: open.count, by: 2) {
        if position + 1 == open.count {
          next.append(open[position])
        } else {
          next.append(wordCount + pairs.count)
          pairs.append((open[position], open[position + 1]))
        }
      }
      open = next
    }
    self.pairs = pairs
    root = (open[0], open[1])
    var dictionaries: [WordDictionary] = []
    for _ in 0..<wordCount + pairs.count {
      guard let dictionary = WordDictionary(workerCount: workerCount) else { return nil }
      dictionaries.append(dictionary)
    }
    self.dictionaries = dictionaries
  }

  /// Nodes that have numbers.
  package var nodeCount: Int { dictionaries.count }

  var byteCount: Int { dictionaries.reduce(0) { $0 + $1.byteCount } }

  var byteCountWhenGrown: Int {
    dictionaries.reduce(0) { $0 + ($1.isFull ? $1.byteCountWhenGrown : $1.byteCount) }
  }

  var isFull: Bool { dictionaries.contains { $0.isFull } }

  /// Makes the dictionaries that are full larger.
  package func grow() -> Bool { dictionaries.allSatisfy { !$0.isFull || $0.grow() } }

  /// What one worker folds and unfolds with: handles, and memory of its own.
  package final class Folder {
    private let tree: StateTree
    private let worker: Int
    private let wordCount: Int
    private let pairCount: Int
    private let root: (left: Int, right: Int)
    // In memory of its own: an access to a class's array counts references.
    private let handles: UnsafeMutablePointer<WordDictionary.Handle>
    private let pairs: UnsafeMutablePointer<(left: Int, right: Int)>
    private let numbers: UnsafeMutablePointer<UInt32>
    /// For each node, words that were numbered lately, each in a place of its own. Most are met again
    /// soon, and a dictionary may be far from the processor.
    private let recent: UnsafeMutablePointer<Recent>

    private struct Recent {
      var word: UInt64
      var number: UInt32
    }

    private static let recentBits = 10

    package init(_ tree: StateTree, worker: Int) {
      self.tree = tree
      self.worker = worker
      wordCount = tree.wordCount
      pairCount = tree.pairs.count
      root = tree.root
      numbers = .allocate(capacity: tree.nodeCount)
      handles = .allocate(capacity: tree.nodeCount)
      recent = .allocate(capacity: tree.nodeCount &<< Self.recentBits)
      recent.initialize(
        repeating: Recent(word: 0, number: WordDictionary.noNumber), count: tree.nodeCount &<< Self.recentBits)
      pairs = .allocate(capacity: max(1, pairCount))
      for (position, pair) in tree.pairs.enumerated() {
        (pairs + position).initialize(to: pair)
      }
      refresh()
    }

    deinit {
      numbers.deallocate()
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

    /// The words of a key, and the numbers of all nodes.
    package func unfold(
      _ key: UInt64, into words: UnsafeMutablePointer<UInt64>,
      numbers: UnsafeMutablePointer<UInt32>
    ) {
      numbers[root.left] = UInt32(truncatingIfNeeded: key >> 32)
      numbers[root.right] = UInt32(truncatingIfNeeded: key)
      for position in (0..<pairCount).reversed() {
        let pair = handles[wordCount + position].word(numbers[wordCount + position])
        numbers[pairs[position].left] = UInt32(truncatingIfNeeded: pair >> 32)
        numbers[pairs[position].right] = UInt32(truncatingIfNeeded: pair)
      }
      for word in 0..<wordCount { words[word] = handles[word].word(numbers[word]) }
    }

    /// Asks for the memory that folding a state will begin at.
    @inline(__always)
    func prefetch(_ words: UnsafePointer<UInt64>, near parent: UnsafePointer<UInt64>) {
      for word in 0..<wordCount where words[word] != parent[word] {
        handles[word].prefetch(words[word])
      }
    }

    /// A state that is folded up to the two nodes of its key. Their dictionaries are the large ones,
    /// so many states come this far, and what the next step reads is asked for, before it is taken
    /// for the first of them.
    package struct Partial {
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
    package func begin(
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
        if numbers[left] == parentNumbers[left], numbers[right] == parentNumbers[right] {
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
        if numbers[left] == parentNumbers[left], numbers[right] == parentNumbers[right] {
          return Half(word: word, number: parentNumbers[node])
        }
      }
      handles[node].prefetch(word)
      return Half(word: word, number: WordDictionary.noNumber)
    }

    /// Asks for the words that `finish` will compare.
    @inline(__always)
    package func approach(_ partial: Partial) {
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
    package func finish(_ partial: Partial) -> UInt64? {
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
      return UInt64(left) << 32 | UInt64(right)
    }

    /// The key of a state that is like no other.
    package func fold(_ words: UnsafePointer<UInt64>) -> UInt64? {
      for word in 0..<wordCount {
        guard let number = number(words[word], at: word) else { return nil }
        numbers[word] = number
      }
      for position in (0..<pairCount) {
        let node = wordCount + position
        let (left, right) = pairs[position]
        guard let number = number(pair(left, right), at: node) else { return nil }
        numbers[node] = number
      }
      return pair(root.left, root.right)
    }

    @inline(__always)
    private func pair(_ left: Int, _ right: Int) -> UInt64 {
      UInt64(numbers[left]) << 32 | UInt64(numbers[right])
    }

    /// The number of a word or pair at a node.
    @inline(__always)
    private func number(_ word: UInt64, at node: Int) -> UInt32? {
      let place = recent + (node &<< Self.recentBits &+ Self.recentPlace(word))
      if place.pointee.word == word, place.pointee.number != WordDictionary.noNumber { return place.pointee.number }
      guard let number = handles[node].number(word, worker: worker) else { return nil }
      place.pointee = Recent(word: word, number: number)
      return number
    }

    @inline(__always)
    private static func recentPlace(_ word: UInt64) -> Int {
      Int(truncatingIfNeeded: ((word ^ (word &>> 32)) &* 0x9E37_79B9_7F4A_7C15) &>> (64 - recentBits))
    }
  }
}
