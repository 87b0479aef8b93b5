/// From which state of the level before, and by which rule instance, each state was first found.
///
/// For stores that a state cannot be had back from. Kept as two small numbers a state: states are
/// found in the order of those that they are found from, so the difference to the state before is
/// mostly 0 or 1. For one thread.
struct BirthLog {
  /// For each level, the entries of its states.
  private var levels: [[UInt8]] = []
  private var counts: [Int] = []
  private var lastParent = 0
  private(set) var byteCount = 0

  /// Begins the next level.
  mutating func beginLevel() {
    levels.append([])
    counts.append(0)
    lastParent = 0
  }

  /// States of the level that was begun last.
  var count: Int { counts.last ?? 0 }

  /// - Parameters:
  ///   - parent: The number of the state in the level before; not below that of the call before.
  ///   - instance: The rule instance by its position, in the first level that of a start state.
  mutating func append(parent: Int, instance: Int) {
    append(parent - lastParent)
    append(instance)
    lastParent = parent
    counts[counts.count - 1] += 1
  }

  /// Seven bits to a byte, the lowest first; the eighth says that more follow.
  private mutating func append(_ number: Int) {
    var rest = number
    while rest > 127 {
      levels[levels.count - 1].append(UInt8(rest & 127 | 128))
      rest >>= 7
      byteCount += 1
    }
    levels[levels.count - 1].append(UInt8(rest))
    byteCount += 1
  }

  /// The instances that lead to a state, that of a start state first.
  func instances(to number: Int, atDepth depth: Int) -> [Int] {
    var instances: [Int] = []
    var number = number
    for level in (0...depth).reversed() {
      let entry = entry(number, of: levels[level])
      instances.append(entry.instance)
      number = entry.parent
    }
    return instances.reversed()
  }

  private func entry(_ number: Int, of level: [UInt8]) -> (parent: Int, instance: Int) {
    var position = 0
    func next() -> Int {
      var value = 0
      var shift = 0
      while level[position] & 128 != 0 {
        value |= Int(level[position] & 127) << shift
        shift += 7
        position += 1
      }
      defer { position += 1 }
      return value | Int(level[position]) << shift
    }
    var parent = 0
    var instance = 0
    for _ in 0...number {
      parent += next()
      instance = next()
    }
    return (parent, instance)
  }
}
