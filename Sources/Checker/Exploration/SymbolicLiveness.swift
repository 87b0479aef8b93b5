import Diagnostics
import Evaluation
import Packing
import PathConditions
import Trace
import TransitionSystem

/// Decides AG EF for all that the symbolic constants can be.
///
/// All literals that came up part the layouts into cells; within a cell every path condition holds
/// everywhere or nowhere, so a cell is like one layout. A state exists in the cells of its path
/// condition. It is marked for each property and cell; since the cells of a successor are among its
/// own, marks are inherited along transitions as without symbolic constants (`LivenessSearch`). A
/// state that was not expanded has the marks of the one that it was left out for, for its own
/// cells.
struct SymbolicLiveness {
  private let shared: SharedSearch
  private let store: any SeenSetStore
  private let paths: PathConditions
  private let generator: InterpreterGenerator
  private let lists: [TransitionList]
  private let cells: [Int]
  private let numbers: StateNumbers
  /// As in `Subsumption`.
  private let leftOut: [StateKey: StateKey]

  /// Cells that are told apart.
  private static let maximumCellCount = 1 << 10

  /// - Returns: Nil if there is no memory.
  /// - Throws: `Undecided.tooManyCells`, among others.
  init?(
    _ shared: SharedSearch, _ store: any SeenSetStore, _ paths: PathConditions,
    _ generator: InterpreterGenerator,
    _ lists: [TransitionList], leftOut: [StateKey: StateKey]
  ) throws(Undecided) {
    guard let found = store.numbers else { return nil }
    let cells = try paths.cells(limit: Self.maximumCellCount)
    guard
      let numbers = StateNumbers(
        instanceCount: shared.properties.liveness.count * cells.count, capacity: found.end),
      numbers.byteCount + shared.byteCount <= shared.options.memoryByteCount ?? .max
    else { return nil }
    self.shared = shared
    self.store = store
    self.paths = paths
    self.generator = generator
    self.lists = lists
    self.cells = cells
    self.numbers = numbers
    self.leftOut = leftOut
  }

  func firstStranded() throws(Undecided) -> LivenessOutcome {
    var cellsOfPaths: [Int: [Int]] = [:]
    func cells(of path: Int) throws(Undecided) -> [Int] {
      if let known = cellsOfPaths[path] { return known }
      var members: [Int] = []
      for cell in self.cells.indices where try paths.implies(self.cells[cell], path) {
        members.append(cell)
      }
      cellsOfPaths[path] = members
      return members
    }
    try forEachState { (state, number, _) throws(Undecided) in
      try markWhatHolds(state(), number, cells)
    }
    let pairs = try pairs(cells)
    repeat {
      guard LivenessSearch(shared, store, numbers).settle(lists) else { return .outOfMemory }
      if shared.condition.isDue() { throw .stopped }
    } while takeOver(pairs)
    var first: (instance: Int, state: PackedState, depth: Int, path: Int)?
    try forEachState { (state, number, depth) throws(Undecided) in
      guard depth <= first?.depth ?? .max else { return }
      let state = state()
      let members = try cells(of: path(of: state))
      guard let (instance, cell) = firstMissing(number, among: members) else { return }
      if let first, first.depth == depth, state >= first.state { return }
      first = (instance, state, depth, self.cells[cell])
    }
    return first.map {
      .stranded(instance: $0.instance, state: $0.state, depth: $0.depth, path: $0.path)
    } ?? .none
  }

  /// Marks a state for the properties that hold in it, each for the cells for which it does.
  private func markWhatHolds(
    _ state: PackedState, _ number: Int, _ cells: (Int) throws(Undecided) -> [Int]
  ) throws(Undecided) {
    guard let known = store.numbers?.marks else { return }
    let marks = numbers.marks
    load(state)
    for (instance, property) in shared.properties.liveness.enumerated() {
      if known.isMarked(number, instance) {
        for cell in try cells(generator.pathOfInterpreter) {
          marks.mark(number, bit(instance, cell))
        }
        continue
      }
      for outcome in try generator.outcomes(of: property) {
        guard case .value(let value) = outcome.result, value ?? 0 != 0 else { continue }
        for cell in try cells(outcome.path) { marks.mark(number, bit(instance, cell)) }
      }
    }
  }

  /// States that were left out, each with the one that it was left out for, by their numbers.
  private func pairs(
    _ cells: (Int) throws(Undecided) -> [Int]
  ) throws(Undecided) -> [(state: Int, other: Int, cells: [Int])] {
    let inserter = SeenSetInserter(store)
    var pairs: [(state: Int, other: Int, cells: [Int])] = []
    for (key, other) in leftOut {
      pairs.append(
        (
          Int(inserter.number(of: key)), Int(inserter.number(of: other)),
          try cells(path(of: inserter.state(key)))
        ))
    }
    return pairs
  }

  /// Marks states that were left out; whether that were more marks than before.
  private func takeOver(_ pairs: [(state: Int, other: Int, cells: [Int])]) -> Bool {
    let marks = numbers.marks
    var isMore = false
    for pair in pairs {
      for instance in shared.properties.liveness.indices {
        for cell in pair.cells {
          let bit = bit(instance, cell)
          guard marks.isMarked(pair.other, bit), !marks.isMarked(pair.state, bit) else { continue }
          marks.mark(pair.state, bit)
          isMore = true
        }
      }
    }
    return isMore
  }

  private func firstMissing(_ number: Int, among members: [Int]) -> (instance: Int, cell: Int)? {
    let marks = numbers.marks
    for instance in shared.properties.liveness.indices {
      for cell in members where !marks.isMarked(number, bit(instance, cell)) {
        return (instance, cell)
      }
    }
    return nil
  }

  private func bit(_ instance: Int, _ cell: Int) -> Int { instance * cells.count + cell }

  private func path(of state: PackedState) -> Int {
    load(state)
    return generator.pathOfInterpreter
  }

  private func load(_ state: PackedState) {
    shared.space.packing.decode(state.words, into: generator.interpreter.slots)
  }

  /// Calls `body` with each state's words, number and depth.
  private func forEachState(
    _ body: (_ state: () -> PackedState, _ number: Int, _ depth: Int) throws(Undecided) -> Void
  ) throws(Undecided) {
    let seen = store.seen
    let inserter = SeenSetInserter(store)
    for position in 0..<seen.slotCount {
      guard let number = seen.number(position), let entry = seen.entry(position) else { continue }
      try body({ inserter.state(entry.key) }, number, entry.depth)
    }
  }
}
