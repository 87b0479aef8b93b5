package import Evaluation

/// An event of a log: when it was, where, and what it says of the model.
package struct TimedEvent: Sendable {
  /// Of the log, from 1.
  package let line: Int
  /// Nanoseconds; nil where the log has no times, and the order of its lines is all that is known.
  package let time: Int64?
  /// Who noted it, such as a CPU: of one lane, the order of events is certain. Nil for the same unknown one.
  package let lane: Int?
  package let label: StateSets.Label

  package init(line: Int, time: Int64?, lane: Int?, label: StateSets.Label) {
    (self.line, self.time, self.lane, self.label) = (line, time, lane, label)
  }
}

/// Why a log cannot be followed, whatever the model says.
package enum LogOrderError: Error, Sendable, Hashable {
  /// A line is earlier than another one before it by more than clocks may differ.
  case outOfOrder(line: Int, nanoseconds: Int64)
  /// So many events are within one window that they cannot be told in all their orders.
  case tooManyAtOnce(line: Int, limit: Int)
  case undecided(Undecided)
}

/// Follows a log through the sets of states that are possible.
///
/// Where clocks may disagree within a window, events of different lanes that are as close have no order: what
/// is followed are *cuts*, sets of events that can have happened with all that was before them, each with the
/// states that are possible then. All cuts of one level have the same number of events. (Partial orders and
/// consistent cuts: Mattern 1989.)
package struct LogAlignment {
  package let sets: StateSets
  /// Nanoseconds by which clocks may disagree.
  private let window: Int64
  /// Events whose time may still be undercut by others.
  private var arrivals: [TimedEvent] = []
  private var latest: Int64?
  /// Events from the first on that some cut lacks.
  private var pending: [TimedEvent] = []
  /// For each cut, which of the pending events it has, and the states that are possible.
  private(set) package var cuts: [UInt64: StateSets.Node]
  /// Events of each cut.
  private(set) package var eventCount = 0
  private(set) package var misfit: Misfit?
  /// Violated in all states that are possible, with the event behind which it is so for the first time.
  private(set) package var firstViolatedEvent: (event: TimedEvent, node: StateSets.Node)?
  private(set) package var history: AlignmentHistory?

  /// Where no state is possible any more.
  package struct Misfit: Sendable {
    /// The events that could have come next, in the order of their times.
    package let events: [TimedEvent]
    /// The states in which they could have come, before what unseen rules do.
    package let nodes: [StateSets.Node]
  }

  /// Events that are held in one word.
  private static let mostPending = 64

  /// - Parameter start: The states that are possible before the log.
  package init(_ sets: StateSets, start: StateSets.Node, window: Int64, keepsHistory: Bool) {
    self.sets = sets
    self.window = window
    cuts = [0: start]
    history = keepsHistory ? AlignmentHistory(start: start) : nil
  }

  /// Goes on by an event.
  ///
  /// - Returns: Whether the log fits so far.
  package mutating func take(_ event: TimedEvent) throws(LogOrderError) -> Bool {
    guard misfit == nil else { return false }
    guard window > 0, let time = event.time else {
      releaseArrivals(before: .max)
      pending.append(event)
      return try advance(isEnd: window == 0)
    }
    let latest = max(latest ?? time, time)
    self.latest = latest
    if time < latest - window { throw .outOfOrder(line: event.line, nanoseconds: latest - time) }
    let position = arrivals.lastIndex { ($0.time ?? .min) <= time }.map { $0 + 1 } ?? 0
    arrivals.insert(event, at: position)
    releaseArrivals(before: latest - window)
    return try advance(isEnd: false)
  }

  /// Takes what still waits for others.
  ///
  /// - Returns: Whether the whole log fits.
  package mutating func finish() throws(LogOrderError) -> Bool {
    releaseArrivals(before: .max)
    return try advance(isEnd: true)
  }

  private mutating func releaseArrivals(before time: Int64) {
    let count = arrivals.firstIndex { ($0.time ?? .min) >= time } ?? arrivals.count
    if count == 0 { return }
    pending.append(contentsOf: arrivals[..<count])
    arrivals.removeFirst(count)
  }

  private mutating func advance(isEnd: Bool) throws(LogOrderError) -> Bool {
    while !pending.isEmpty, misfit == nil {
      guard isEnd || hasLookahead else { return true }
      guard try takeLevel() else { break }
    }
    return misfit == nil
  }

  /// Whether all events are there that could come next in any cut.
  private var hasLookahead: Bool {
    for mask in cuts.keys {
      let first = (~mask).trailingZeroBitCount
      guard first < pending.count else { return false }
      guard let time = pending[first].time, let last = pending[pending.count - 1].time else {
        continue
      }
      if last - time <= window { return false }
    }
    return true
  }

  /// The events that may come next in a cut: of each lane the first that it lacks, within a window from the
  /// first of all.
  private func candidates(_ mask: UInt64) throws(LogOrderError) -> [Int] {
    let first = (~mask).trailingZeroBitCount
    guard first < pending.count else { return [] }
    guard first < Self.mostPending else {
      throw .tooManyAtOnce(line: pending[first].line, limit: Self.mostPending)
    }
    guard window > 0, let time = pending[first].time else { return [first] }
    var found: [Int] = []
    var lanes: Set<Int?> = []
    for position in first..<pending.count {
      guard let own = pending[position].time, own - time <= window else { break }
      guard position < Self.mostPending else {
        throw .tooManyAtOnce(line: pending[position].line, limit: Self.mostPending)
      }
      if mask >> UInt64(position) & 1 != 0 { continue }
      if lanes.insert(pending[position].lane).inserted { found.append(position) }
    }
    return found
  }

  /// Goes on by one event in all cuts.
  ///
  /// - Returns: False where none leads on.
  private mutating func takeLevel() throws(LogOrderError) -> Bool {
    var reached: [UInt64: [StateSets.Node]] = [:]
    var next: Set<Int> = []
    for (mask, node) in cuts {
      for position in try candidates(mask) {
        next.insert(position)
        if let behind = try step(node, pending[position].label) {
          reached[mask | 1 << UInt64(position), default: []].append(behind)
        }
      }
    }
    guard !reached.isEmpty else {
      misfit = Misfit(
        events: next.sorted().map { pending[$0] }, nodes: Array(Set(cuts.values)).sorted())
      return false
    }
    let isOne = cuts.count == 1 && reached.count == 1
    let taken = isOne ? next.first.map { pending[$0] } : nil
    cuts = [:]
    for (mask, nodes) in reached {
      cuts[mask] =
        nodes.count == 1
        ? nodes[0] : sets.node(of: nodes.flatMap { sets.states(of: $0) }) ?? nodes[0]
    }
    eventCount += 1
    noteViolation(taken)
    dropCommon()
    history?.note(cuts, base: eventCount - (cuts.keys.first?.nonzeroBitCount ?? 0))
    return true
  }

  private func step(
    _ node: StateSets.Node, _ label: StateSets.Label
  ) throws(LogOrderError) -> StateSets.Node? {
    do throws(Undecided) {
      return try sets.step(node, label)
    } catch {
      throw .undecided(error)
    }
  }

  /// Leaves the events that all cuts have.
  private mutating func dropCommon() {
    let common = cuts.keys.reduce(UInt64.max, &)
    let count = min((~common).trailingZeroBitCount, pending.count)
    if count == 0 { return }
    history?.note(pending[..<count])
    pending.removeFirst(count)
    var shifted: [UInt64: StateSets.Node] = [:]
    for (mask, node) in cuts { shifted[count == 64 ? 0 : mask >> UInt64(count)] = node }
    cuts = shifted
  }

  private mutating func noteViolation(_ taken: TimedEvent?) {
    guard firstViolatedEvent == nil, let taken, let node = cuts.values.first,
      sets.violation(in: node) != nil
    else { return }
    firstViolatedEvent = (taken, node)
  }

  /// Keeps no more of what is needed to find a run that explains the log.
  package mutating func dropHistory() { history = nil }

  /// Forgets all states but those that are possible now.
  package mutating func forget() throws(LogOrderError) {
    do throws(Undecided) {
      let renamed = try sets.forget(allBut: Array(Set(cuts.values)))
      cuts = cuts.compactMapValues { renamed[$0] }
    } catch {
      throw .undecided(error)
    }
    history = nil
  }
}
