package import Diagnostics
import Synchronization

/// Folds states of several words into keys of 64 bits, without loss.
///
/// The words are the leaves of a binary tree. Each leaf numbers the words that have stood there;
/// each inner node numbers the pairs of numbers of its two parts; the last pair is the key
/// (Laarman, van de Pol and Weber, "Parallel recursive state compression for free", 2011; here a
/// leaf is a whole word). A rule changes little, so of a successor only the nodes above what
/// differs from the expanded state are looked up.
///
/// Where all numbers of the leaves fit into fields of one key, that is the key, and the inner nodes
/// are not needed (`KeyFields`).
///
/// Numbers depend on the order in which threads come by, so keys do too; states do not.
package final class StateTree {
  /// What folders take beside it.
  let folderByteCount = Atomic<Int>(0)
  /// For each node, its dictionary: first the leaves, then the inner nodes, parts before wholes.
  let dictionaries: [WordDictionary]
  /// How leaves share a key; nil if all keys are pairs.
  let fields: KeyFields?
  private let workerCount: Int
  /// For each inner node, the nodes that it pairs.
  let pairs: [(left: Int, right: Int)]
  /// The nodes that the key pairs.
  let root: (left: Int, right: Int)
  let wordCount: Int

  /// - Parameters:
  ///   - wordCount: At least 2.
  ///   - stop: When no more is wanted.
  /// - Returns: Nil if there is no memory, or no more is wanted.
  package init?(wordCount: Int, workerCount: Int, stop: StopCondition = .init()) {
    self.wordCount = wordCount
    self.workerCount = workerCount
    fields = KeyFields(wordCount: wordCount)
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
    guard
      let dictionaries = Self.makeDictionaries(
        wordCount + pairs.count, workerCount: workerCount, haveFields: fields != nil, stop)
    else { return nil }
    self.dictionaries = dictionaries
  }

  /// A tree with the same leaves and other fields, for states of which no key is known yet.
  ///
  /// - Returns: Nil if there is no memory.
  init?(_ tree: StateTree, fields: KeyFields) {
    guard
      let inner = Self.makeDictionaries(
        tree.pairs.count, workerCount: tree.workerCount, haveFields: true, .init())
    else { return nil }
    (wordCount, workerCount, pairs, root) = (
      tree.wordCount, tree.workerCount, tree.pairs, tree.root
    )
    self.fields = fields
    dictionaries = tree.dictionaries.prefix(wordCount) + inner
  }

  /// - Returns: Nil if there is no memory, or no more is wanted.
  private static func makeDictionaries(
    _ count: Int, workerCount: Int, haveFields: Bool, _ stop: StopCondition
  ) -> [WordDictionary]? {
    // The left number of a pair that is a key leaves a bit free for `KeyFields.treeBit`.
    let most = haveFields ? WordDictionary.mostWords / 2 : WordDictionary.mostWords
    var dictionaries: [WordDictionary] = []
    for number in 0..<count {
      // Of a state of a million slots there are as many, and each takes microseconds.
      if number & 0xFF == 0xFF, stop.isDue() { return nil }
      guard
        let dictionary = WordDictionary(
          workerCount: workerCount, nodeCount: count, mostWords: most)
      else { return nil }
      dictionaries.append(dictionary)
    }
    return dictionaries
  }

  /// Nodes that have numbers.
  package var nodeCount: Int { dictionaries.count }

  var byteCount: Int {
    dictionaries.reduce(folderByteCount.load(ordering: .relaxed)) { $0 + $1.byteCount }
  }

  var byteCountWhenGrown: Int {
    dictionaries.reduce(folderByteCount.load(ordering: .relaxed)) {
      $0 + ($1.isFull ? $1.byteCountWhenGrown : $1.byteCount)
    }
  }

  var isFull: Bool { dictionaries.contains { $0.isFull } }

  /// Fields that suit the words that have been met; nil if those there are do, or none would.
  package var betterFields: KeyFields? {
    let counts = dictionaries.prefix(wordCount).map(\.count)
    guard let fields, fields.overflow(counts: counts) else { return nil }
    return KeyFields(counts: counts)
  }

  /// Makes the dictionaries that are full larger.
  package func grow() -> Bool { dictionaries.allSatisfy { !$0.isFull || $0.grow() } }
}
