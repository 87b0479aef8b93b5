import Diagnostics

/// Where one rank stands, as all others are told.
struct RankStatus {
  /// Of the rank's own states.
  var stateCount = 0
  var ruleFiringCount = 0
  var expandedCount = 0
  var byteCount = 0
  /// States of the frontier.
  var frontierCount = 0
  /// Whether it has nothing to expand in this level.
  var isDone = false
  var hasFinding = false
  /// Whether it is time for a checkpoint; rank 0 says it for all.
  var isToBeSaved = false
  /// Why it has ended.
  var limit: ExplorationLimit?
  var sent = WordTally()
  var received = WordTally()

  static let wordCount = 12

  var words: [UInt64] {
    let (limit, argument) = Self.words(of: limit)
    return [
      UInt64(stateCount), UInt64(ruleFiringCount), UInt64(expandedCount),
      UInt64(bitPattern: Int64(byteCount)), UInt64(frontierCount),
      (isDone ? 1 : 0) | (hasFinding ? 2 : 0) | (isToBeSaved ? 4 : 0), limit, argument, sent.count,
      sent.sum,
      received.count, received.sum,
    ]
  }

  init() {}

  /// - Parameter words: Of another rank, which runs the same program.
  init(_ words: [UInt64]) {
    stateCount = Int(words[0])
    ruleFiringCount = Int(words[1])
    expandedCount = Int(words[2])
    byteCount = Int(Int64(bitPattern: words[3]))
    frontierCount = Int(words[4])
    isDone = words[5] & 1 != 0
    hasFinding = words[5] & 2 != 0
    isToBeSaved = words[5] & 4 != 0
    limit = Self.limit(words[6], words[7])
    sent = WordTally(count: words[8], sum: words[9])
    received = WordTally(count: words[10], sum: words[11])
  }

  private static func words(of limit: ExplorationLimit?) -> (UInt64, UInt64) {
    switch limit {
    case nil: (0, 0)
    case .seconds(let seconds): (1, seconds.bitPattern)
    case .bytes(let bytes): (2, UInt64(bytes))
    case .noMemory: (3, 0)
    // What else ends one rank has no words for the others; rank 0 says its own.
    default: (4, 0)
    }
  }

  private static func limit(_ kind: UInt64, _ argument: UInt64) -> ExplorationLimit? {
    switch kind {
    case 0: nil
    case 1: .seconds(Double(bitPattern: argument))
    case 2: .bytes(Int(argument))
    case 3: .noMemory
    default: .cancelled
    }
  }
}
