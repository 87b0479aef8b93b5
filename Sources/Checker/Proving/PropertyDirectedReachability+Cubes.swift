extension PropertyDirectedReachability {
  /// A cube that a core says, with as many bits of another one as keep start states out of it.
  mutating func repaired(_ core: Cube, from cube: Cube) -> Cube {
    var codes = Set(core.codes)
    while let (bits, _) = start.startState(in: Cube(codes.sorted())) {
      let other = cube.codes.first { bits[Cube.position($0)] != Cube.isTrue($0) }
      guard let other else { return cube }
      codes.insert(other)
    }
    return Cube(codes.sorted())
  }

  /// Leaves out bits as long as no step from the frame before, and from outside of the cube, leads into
  /// it. Nil where it was told to end.
  mutating func generalize(_ cube: Cube, in frame: Int) -> Cube? {
    var cube = cube
    for code in cube.codes.sorted(by: { uses[Int($0)] < uses[Int($1)] })
    where cube.count > 1 && cube.codes.contains(code) {
      let smaller = cube.without(code)
      if start.startState(in: smaller) != nil { continue }
      switch step.predecessor(of: smaller, in: frame - 1, outside: true, limits) {
      case .stopped: return nil
      case .state: continue
      case .none(let core): cube = repaired(core, from: smaller)
      }
    }
    return cube
  }

  /// The last frame that a cube can be excluded from; nil where it was told to end.
  mutating func push(_ cube: Cube, from frame: Int) -> Int? {
    var reached = frame
    while reached < frames.count - 1 {
      switch step.predecessor(of: cube, in: reached, outside: true, limits) {
      case .stopped: return nil
      case .state: return reached
      case .none: reached += 1
      }
    }
    return reached
  }
}
