/// Decides AG EF: from every reachable state, one can be reached in which the property holds.
///
/// The transitions are kept while exploring; afterwards the states in which the property holds are
/// followed backwards, in time linear in the number of transitions.
struct LivenessGraph {
  /// Successor numbers, state by state.
  private var successors = NumberList()
  /// For each expanded state, the number of all successors up to its own.
  private var ends: [Int] = []
  /// For each property instance and state, whether it holds there.
  private var holds: [[Bool]]

  init(instanceCount: Int) { holds = Array(repeating: [], count: instanceCount) }

  var isEmpty: Bool { holds.isEmpty }

  /// Bytes in use, those that deciding will take included: the transitions the other way round, two
  /// positions for each state, and what is reached.
  var byteCount: Int {
    successors.count * 8 + ends.count * 24 + holds.reduce(0) { $0 + $1.count } * 2
  }

  /// Records a new state, in the order of state numbers.
  mutating func addState(_ values: [Bool]) {
    for instance in holds.indices { holds[instance].append(values[instance]) }
  }

  /// Begins the successors of the next state that is expanded, in the order of state numbers.
  mutating func beginExpansion() { ends.append(successors.count) }

  mutating func addSuccessor(_ number: Int) {
    successors.append(UInt32(number))
    ends[ends.count - 1] = successors.count
  }

  /// The first state from which no state can be reached in which the property holds, with the
  /// number of the property instance; the shallowest of all instances.
  ///
  /// - Precondition: every state has been expanded.
  func firstStranded() -> (instance: Int, state: Int)? {
    guard !holds.isEmpty else { return nil }
    let (predecessors, starts) = reversed()
    var first: (instance: Int, state: Int)?
    for instance in holds.indices {
      var reaches = holds[instance]
      var pending = reaches.indices.filter { reaches[$0] }
      while let state = pending.popLast() {
        for position in starts[state]..<starts[state + 1] {
          let predecessor = Int(predecessors[position])
          if !reaches[predecessor] {
            reaches[predecessor] = true
            pending.append(predecessor)
          }
        }
      }
      if let stranded = reaches.firstIndex(of: false), stranded < first?.state ?? .max {
        first = (instance, stranded)
      }
    }
    return first
  }

  /// Predecessors of each state, by counting sort.
  private func reversed() -> (predecessors: [UInt32], starts: [Int]) {
    let count = ends.count
    var starts = Array(repeating: 0, count: count + 1)
    successors.forEach { starts[Int($0) + 1] += 1 }
    for state in 0..<count { starts[state + 1] += starts[state] }
    var next = starts
    var predecessors = [UInt32](repeating: 0, count: successors.count)
    var position = 0
    var state = 0
    successors.forEach { successor in
      while position == ends[state] { state += 1 }
      predecessors[next[Int(successor)]] = UInt32(state)
      next[Int(successor)] += 1
      position += 1
    }
    return (predecessors, starts)
  }
}
