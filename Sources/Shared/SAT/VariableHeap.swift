/// Variables that are still to be decided, the one of the greatest activity first: a binary heap that
/// knows where each variable is.
struct VariableHeap {
  private(set) var activity: [Double] = []
  private var heap: [Int32] = []
  /// For each variable, its position in the heap; -1 where it is not there.
  private var positions: [Int32] = []
  private var increment = 1.0

  private static let greatest = 1e100
  private static let decay = 0.95

  mutating func addVariable() {
    let variable = Int32(activity.count)
    activity.append(0)
    positions.append(-1)
    insert(Int(variable))
  }

  mutating func insert(_ variable: Int) {
    guard positions[variable] < 0 else { return }
    positions[variable] = Int32(heap.count)
    heap.append(Int32(variable))
    rise(heap.count - 1)
  }

  mutating func popGreatest() -> Int? {
    guard let first = heap.first else { return nil }
    positions[Int(first)] = -1
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      positions[Int(last)] = 0
      sink(0)
    }
    return Int(first)
  }

  mutating func bump(_ variable: Int) {
    activity[variable] += increment
    if activity[variable] > Self.greatest {
      for other in activity.indices { activity[other] /= Self.greatest }
      increment /= Self.greatest
    }
    if positions[variable] >= 0 { rise(Int(positions[variable])) }
  }

  mutating func decay() { increment /= Self.decay }

  private mutating func rise(_ start: Int) {
    var position = start
    let moved = heap[position]
    let value = activity[Int(moved)]
    while position > 0 {
      let parent = (position - 1) / 2
      guard activity[Int(heap[parent])] < value else { break }
      heap[position] = heap[parent]
      positions[Int(heap[position])] = Int32(position)
      position = parent
    }
    heap[position] = moved
    positions[Int(moved)] = Int32(position)
  }

  private mutating func sink(_ start: Int) {
    var position = start
    let moved = heap[position]
    let value = activity[Int(moved)]
    while 2 * position + 1 < heap.count {
      var child = 2 * position + 1
      if child + 1 < heap.count, activity[Int(heap[child + 1])] > activity[Int(heap[child])] {
        child += 1
      }
      guard activity[Int(heap[child])] > value else { break }
      heap[position] = heap[child]
      positions[Int(heap[position])] = Int32(position)
      position = child
    }
    heap[position] = moved
    positions[Int(moved)] = Int32(position)
  }
}
