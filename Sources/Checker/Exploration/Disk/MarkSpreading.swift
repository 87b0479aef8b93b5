/// Marks states for what states are marked for that they lead to, along transitions on disk.
///
/// Sweeps go over all transitions, in the order of their targets and against it: what is marked in a sweep is passed
/// on in the same one as far as the way goes on in its direction. Where a sweep has marked few states, only the
/// transitions to these are read, and those to what is marked then. So the work is linear in the number of
/// transitions, but for what a block has that is not asked for.
final class MarkSpreading {
  let marks: PackedMarks
  /// Instances that hold in some state, as bits. For others no state is ever marked.
  var instances: UInt64 = 0
  private let folder: DiskFolder
  private let goesOn: () -> Bool
  /// States that were marked, and may have to pass that on; more than there is room for are not known one by one.
  private var pending: [Int] = []
  private var isOverflown = false
  private let mostPending: Int

  /// - Parameters:
  ///   - mostPending: Numbers that there is room for.
  ///   - goesOn: Asked now and then; where it says no, marks are left as they are.
  init(
    _ marks: PackedMarks, _ folder: DiskFolder, mostPending: Int,
    while goesOn: @escaping () -> Bool
  ) {
    self.marks = marks
    self.folder = folder
    self.mostPending = mostPending
    self.goesOn = goesOn
  }

  /// Whether there is nothing left that a state could be marked for.
  @inline(__always)
  func isSettled(_ number: Int) -> Bool { marks[number] & instances == instances }

  /// Marks the source of a transition for what its target is marked for.
  @inline(__always)
  func pass(from target: Int, to source: Int) {
    let old = marks[source]
    let new = marks[target] & ~old
    if new == 0 { return }
    marks.mark(source, new)
    if pending.count < mostPending { pending.append(source) } else { isOverflown = true }
  }

  /// Passes on all that there is, until no transition has anything to pass on.
  ///
  /// - Parameter transitions: All of them have been looked at in their order; what was marked meanwhile is pending.
  func settle(_ transitions: TransitionRun) throws(DiskFailure) {
    var transitions = transitions
    var isReversed = true
    var isThin = false
    while goesOn(), try !follow(transitions) {
      if isThin, !isReversed {
        transitions = try thinned(transitions)
        isThin = false
      } else {
        let open = try sweep(transitions, isReversed: isReversed)
        isThin = open < transitions.run.count / 2
      }
      isReversed.toggle()
    }
  }

  /// - Returns: Transitions from states that are not settled.
  private func sweep(
    _ transitions: TransitionRun, isReversed: Bool
  ) throws(DiskFailure) -> Int {
    forget()
    // An access to a property of a class that may change is checked; to these it is not.
    let (marks, instances, code) = (marks, instances, transitions.code)
    var open = 0
    try transitions.forEachBlock(isReversed: isReversed, while: goesOn) { words, count in
      for place in 0..<count {
        let (target, source) = code.read(words, isReversed ? count - 1 - place : place)
        if marks[source] & instances == instances { continue }
        pass(from: target, to: source)
        open += 1
      }
    }
    return open
  }

  /// A sweep that leaves transitions from settled states out of those that it returns.
  private func thinned(
    _ transitions: TransitionRun
  ) throws(DiskFailure) -> TransitionRun {
    forget()
    let writer = TransitionWriter(
      try StateFile(folder, transitions.block), transitions.code)
    try transitions.forEachBlock(isReversed: false, while: goesOn) {
      words, count throws(DiskFailure) in
      for place in 0..<count {
        let (target, source) = transitions.code.read(words, place)
        pass(from: target, to: source)
        if !isSettled(source) { try writer.append(target, source) }
      }
    }
    return try writer.end()
  }

  private func forget() {
    pending.removeAll(keepingCapacity: true)
    isOverflown = false
  }

  /// Passes on what pending states were marked for, and what others are for it.
  ///
  /// - Returns: False where there were too many.
  private func follow(_ transitions: TransitionRun) throws(DiskFailure) -> Bool {
    while !isOverflown, !pending.isEmpty, goesOn() {
      let targets = pending.sorted()
      forget()
      try follow(transitions, from: targets)
    }
    return !isOverflown
  }

  /// - Parameter targets: In their order.
  private func follow(
    _ transitions: TransitionRun, from targets: [Int]
  ) throws(DiskFailure) {
    let code = transitions.code
    let cursor = RunCursor(transitions.run, transitions.block)
    let first = UnsafeMutablePointer<UInt64>.allocate(capacity: code.wordCount)
    defer { first.deallocate() }
    var last = -1
    for target in targets where target != last {
      last = target
      code.write(target, 0, to: first)
      var isSame = true
      while isSame, try cursor.seek(first) {
        while cursor.position < cursor.count {
          let found = code.read(cursor.states, cursor.position)
          isSame = found.target == target
          if !isSame { break }
          pass(from: target, to: found.source)
          cursor.position += 1
        }
      }
      if isOverflown || !goesOn() { return }
    }
  }
}
