/// Where the keys of a table of keys come from.
enum KeySource {
  /// A state is one word, which is its key.
  case ownWords
  /// A state is two words, which are its key.
  case ownPairs(WordPair)
  /// States are folded.
  case folded(StateTree)
  /// States are not kept; their hashes are.
  case hashes

  /// Adds the entry of a frontier that a state with a key has.
  func append(_ key: StateKey, to entries: inout [UInt64]) {
    switch self {
    case .ownPairs(let pair):
      let words = pair.words(of: key)
      entries.append(words.first)
      entries.append(words.second)
    case .ownWords, .folded, .hashes: entries.append(key.head)
    }
  }
}

/// A store that is a table of keys.
protocol SeenSetStore: StateStore {
  /// Words of a state.
  var wordCount: Int { get }
  var seen: SeenSet { get }
  var keys: KeySource { get }
  /// Numbers of states, where they have some.
  var numbers: StateNumbers? { get }
}

extension SeenSetStore {
  func makeInserter(worker: Int, isShared: Bool, capacity: Int) -> any StateInserter {
    SeenSetInserter(self, worker: worker, isShared: isShared, capacity: capacity)
  }
}
