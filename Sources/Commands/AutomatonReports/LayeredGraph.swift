/// A graph in layers from top to bottom, so that arrows go down where they can (Sugiyama, Tagawa and Toda
/// 1981): cycles are broken by turning arrows back, nodes get layers, arrows that pass layers get a place in
/// each, neighbours are sorted until few arrows cross, and then everything is moved below what it hangs from.
///
/// Each arrow has its label in a layer between those of states, beside it.
struct LayeredGraph {
  /// What takes a place in a layer.
  enum Item: Equatable {
    case state(Int)
    /// The label of an arrow, by its number.
    case label(Int)
    /// Where an arrow passes.
    case bend
  }

  struct Node {
    let item: Item
    let layer: Int
    /// Room on both sides of where arrows meet it.
    let left: Double
    let right: Double
    let height: Double
    /// From the left.
    var x = 0.0
  }

  struct Arrow {
    let from: Int
    let to: Int
    /// Size of its label.
    let width: Double
    let height: Double
    /// Nodes from above to below.
    var way: [Int] = []
    /// Whether it goes up.
    var isTurned = false
  }

  private(set) var nodes: [Node] = []
  private(set) var arrows: [Arrow]
  /// Of each layer, its nodes from left to right.
  private(set) var layers: [[Int]] = []

  static let gap = 18.0
  private static let sweepCount = 16

  /// - Parameters:
  ///   - states: Their sizes; all are reached from the first.
  ///   - arrows: Between different states.
  init(states: [(left: Double, right: Double, height: Double)], arrows: [Arrow]) {
    self.arrows = arrows
    guard !states.isEmpty else { return }
    turnBack(states.count)
    let levels = levels(states.count)
    for (state, size) in states.enumerated() {
      nodes.append(
        Node(
          item: .state(state), layer: 2 * levels[state], left: size.left, right: size.right,
          height: size.height))
    }
    for number in arrows.indices { addWay(number) }
    layers = Array(repeating: [], count: (nodes.map(\.layer).max() ?? 0) + 1)
    for node in nodes.indices { layers[nodes[node].layer].append(node) }
    sort()
    place()
  }

  /// Turns arrows that lead back to where a walk in depth has come from.
  private mutating func turnBack(_ count: Int) {
    var leaving = [[Int]](repeating: [], count: count)
    for (number, arrow) in arrows.enumerated() { leaving[arrow.from].append(number) }
    enum Mark { case new, open, done }
    var marks = [Mark](repeating: .new, count: count)
    for root in 0..<count where marks[root] == .new {
      var path = [(state: root, next: 0)]
      marks[root] = .open
      while let (state, next) = path.last {
        guard next < leaving[state].count else {
          marks[state] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let arrow = leaving[state][next]
        switch marks[arrows[arrow].to] {
        case .open: arrows[arrow].isTurned = true
        case .new:
          marks[arrows[arrow].to] = .open
          path.append((arrows[arrow].to, 0))
        case .done: break
        }
      }
    }
  }

  private func ends(_ arrow: Arrow) -> (above: Int, below: Int) {
    arrow.isTurned ? (arrow.to, arrow.from) : (arrow.from, arrow.to)
  }

  /// For each state, the length of a longest way from above.
  private func levels(_ count: Int) -> [Int] {
    var levels = [Int](repeating: 0, count: count)
    var arriving = [Int](repeating: 0, count: count)
    var leaving = [[Int]](repeating: [], count: count)
    for arrow in arrows {
      let (above, below) = ends(arrow)
      arriving[below] += 1
      leaving[above].append(below)
    }
    var free = (0..<count).filter { arriving[$0] == 0 }
    while let state = free.popLast() {
      for below in leaving[state] {
        levels[below] = max(levels[below], levels[state] + 1)
        arriving[below] -= 1
        if arriving[below] == 0 { free.append(below) }
      }
    }
    return levels
  }

  private mutating func addWay(_ number: Int) {
    let (above, below) = ends(arrows[number])
    let (first, last) = (nodes[above].layer + 1, nodes[below].layer - 1)
    // Odd layers are those of labels.
    let labelled = first + (last - first) / 4 * 2
    var way = [above]
    for layer in first...max(first, last) {
      let isLabel = layer == labelled
      way.append(nodes.count)
      nodes.append(
        Node(
          item: isLabel ? .label(number) : .bend, layer: layer, left: 5,
          right: isLabel ? arrows[number].width + 8 : 5,
          height: isLabel ? arrows[number].height : 0))
    }
    arrows[number].way = way + [below]
  }

  // MARK: - Order

  private func neighbours() -> (above: [[Int]], below: [[Int]]) {
    var above = [[Int]](repeating: [], count: nodes.count)
    var below = above
    for arrow in arrows {
      for (upper, lower) in zip(arrow.way, arrow.way.dropFirst()) {
        above[lower].append(upper)
        below[upper].append(lower)
      }
    }
    return (above, below)
  }

  /// Sorts each layer by the mean place of what it hangs from, down and up again, and keeps the best.
  private mutating func sort() {
    let (above, below) = neighbours()
    var best = (layers: layers, crossings: crossings(below))
    for sweep in 0..<Self.sweepCount where best.crossings > 0 {
      let isDown = sweep % 2 == 0
      var places = self.places
      for layer in isDown ? Array(layers.indices) : layers.indices.reversed() {
        let means = layers[layer].map { node -> (node: Int, mean: Double) in
          let others = (isDown ? above : below)[node]
          let sum = others.reduce(0.0) { $0 + Double(places[$1]) }
          return (node, others.isEmpty ? Double(places[node]) : sum / Double(others.count))
        }
        let sorted = means.enumerated().sorted {
          ($0.element.mean, $0.offset) < ($1.element.mean, $1.offset)
        }
        layers[layer] = sorted.map(\.element.node)
        for (place, node) in layers[layer].enumerated() { places[node] = place }
      }
      let count = crossings(below)
      if count < best.crossings { best = (layers, count) }
    }
    layers = best.layers
  }

  private var places: [Int] {
    var places = [Int](repeating: 0, count: nodes.count)
    for layer in layers { for (place, node) in layer.enumerated() { places[node] = place } }
    return places
  }

  private func crossings(_ below: [[Int]]) -> Int {
    let places = places
    var count = 0
    for layer in layers {
      // Ends of arrows, in the order of their beginnings: of two, the one that begins first ends first.
      let ends = layer.flatMap { below[$0].map { places[$0] }.sorted() }
      for (position, end) in ends.enumerated() {
        for other in ends[(position + 1)...] where other < end { count += 1 }
      }
    }
    return count
  }

  // MARK: - Places

  /// Moves nodes towards what they hang together with, as far as their neighbours let them.
  private mutating func place() {
    let (above, below) = neighbours()
    for layer in layers {
      var x = 0.0
      for node in layer {
        nodes[node].x = x + nodes[node].left
        x += nodes[node].left + nodes[node].right + Self.gap
      }
    }
    for sweep in 0..<3 * Self.sweepCount {
      let isDown = sweep % 2 == 0
      for layer in isDown ? Array(layers.indices) : layers.indices.reversed() {
        let wanted = layers[layer].map { node in
          let others =
            sweep >= 2 * Self.sweepCount
            ? above[node] + below[node] : (isDown ? above : below)[node]
          guard !others.isEmpty else { return nodes[node].x }
          return others.reduce(0.0) { $0 + nodes[$1].x } / Double(others.count)
        }
        settle(layers[layer], wanted)
      }
    }
    let left = nodes.map { $0.x - $0.left }.min() ?? 0
    for node in nodes.indices { nodes[node].x -= left }
  }

  /// The places nearest to those wanted at which neighbours keep their distance: least squares under an
  /// order, by pooling those that are in each other's way (Ayer and others 1955).
  private mutating func settle(_ layer: [Int], _ wanted: [Double]) {
    var pools: [(sum: Double, weight: Double, count: Int)] = []
    var offsets: [Double] = []
    var offset = 0.0
    for (position, node) in layer.enumerated() {
      if position > 0 {
        offset += nodes[layer[position - 1]].right + Self.gap + nodes[node].left
      }
      offsets.append(offset)
      // Bends keep arrows straight.
      let weight = nodes[node].item == .bend ? 4.0 : 1
      pools.append(((wanted[position] - offset) * weight, weight, 1))
      while pools.count > 1 {
        let (last, other) = (pools[pools.count - 1], pools[pools.count - 2])
        guard other.sum / other.weight > last.sum / last.weight else { break }
        pools.removeLast()
        pools[pools.count - 1] = (
          other.sum + last.sum, other.weight + last.weight, other.count + last.count
        )
      }
    }
    var position = 0
    for pool in pools {
      for _ in 0..<pool.count {
        nodes[layer[position]].x = pool.sum / pool.weight + offsets[position]
        position += 1
      }
    }
  }
}
