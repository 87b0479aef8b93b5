package import Runs

/// What of a run is drawn as what: what its picture says, and a guess by names for the rest.
///
/// Words are compared by their parts, without case: `RUNS_OLD` and `cpu_old` both name the lane `old`.
package struct Drawing: Sendable {
  /// The actors, in the order of their lanes.
  package let lanes: [String]
  /// Things with a value that is drawn along the run, such as who executes on a CPU.
  package let tracks: [Track]
  /// Places in which a word that appears is a message, with the lane of who gets it.
  private let receivers: [Int: Int?]
  /// For each place the value in the start state: that no message is there.
  private let atRest: [String]

  /// A thing, and the places that speak of it.
  package struct Track: Sendable, Hashable {
    /// The place's name without the variable, such as `cpu_t_0`; the whole name where no index is.
    package let name: String
    /// The variable whose value it is drawn by.
    package let variable: String
    package let place: Int
    /// What each lane that is an owner believes of it: by lane, the place.
    package let beliefs: [Int: Int]
  }

  /// A word from one to another.
  package struct Message: Sendable, Hashable {
    package let word: String
    /// The lane of who says it; nil where the step has no actor.
    package let from: Int?
    /// The lane of who gets it; nil where the model does not say.
    package let to: Int?
  }

  package init(_ run: ShownRun) {
    let picture = run.picture ?? Picture()
    let named = picture.lanes.filter { !$0.isEmpty }
    lanes = named + run.actors.filter { !named.contains($0) }
    var start = [String](repeating: ShownRun.undefined, count: run.places.count)
    for change in run.steps.first?.changes ?? [] { start[change.place] = change.new }
    atRest = start
    receivers = Self.receivers(run, picture.messages, lanes)
    tracks = Self.tracks(run, picture, lanes)
  }

  // MARK: - Steps

  /// The lane of a step's actor.
  package func lane(of step: ShownRun.Step) -> Int? {
    step.actor.flatMap { lanes.firstIndex(of: $0) }
  }

  /// The words that a step says.
  ///
  /// A word that only moves among the places of one who gets it, as in a queue that closes up, is not
  /// said anew.
  package func messages(of step: ShownRun.Step) -> [Message] {
    let from = lane(of: step)
    var moved: [Message: Int] = [:]
    for change in step.changes where isWord(change.old, at: change.place) {
      moved[message(change.old, from, change.place), default: 0] += 1
    }
    var messages: [Message] = []
    for change in step.changes where isWord(change.new, at: change.place) {
      let message = message(change.new, from, change.place)
      if let count = moved[message], count > 0 {
        moved[message] = count - 1
      } else if !messages.contains(message) {
        messages.append(message)
      }
    }
    return messages
  }

  /// Whether a value is a word at a place of messages, and not that none is there.
  package func isWord(_ value: String, at place: Int) -> Bool {
    receivers[place] != nil && value != atRest[place] && value != ShownRun.undefined
  }

  /// Who puts something into a queue of its own, or into one that names nobody, says it to the other
  /// of two.
  private func message(_ word: String, _ from: Int?, _ place: Int) -> Message {
    let receiver = receivers[place] ?? nil
    guard receiver == nil || receiver == from else {
      return Message(word: word, from: from, to: receiver)
    }
    let others = lanes.indices.filter { $0 != from }
    let to = from != nil && others.count == 1 ? others[0] : nil
    return Message(word: word, from: from, to: to)
  }

  /// The lane that a value names, such as `old` by `RUNS_OLD`.
  package func owner(_ value: String) -> Int? { Self.lane(named: value, lanes) }

  // MARK: - Guesses

  /// The words of a text, without case.
  static func parts(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func lane(named text: String, _ lanes: [String]) -> Int? {
    let parts = parts(text)
    return lanes.firstIndex { lane in
      let name = self.parts(lane)
      return !name.isEmpty && (parts == name || name.allSatisfy(parts.contains))
    }
  }

  private static let words = [
    "queue", "mail", "inbox", "channel", "message", "msg", "wire", "said",
  ]

  /// The places of messages; of variables that are guessed, those with a receiver go before others.
  private static func receivers(
    _ run: ShownRun, _ given: [String], _ lanes: [String]
  ) -> [Int: Int?] {
    var addressed: [Int: Int?] = [:]
    var open: [Int: Int?] = [:]
    for (number, place) in run.places.enumerated() where place.kind == .name {
      let variable = place.variable
      let isMeant =
        given.isEmpty
        ? words.contains { variable.lowercased().contains($0) } : given.contains(variable)
      guard isMeant else { continue }
      let receiver = place.path.lazy.compactMap { part -> Int? in
        guard case .index(let index) = part else { return nil }
        return lane(named: index, lanes)
      }.first
      if let receiver { addressed[number] = receiver } else { open[number] = .some(nil) }
    }
    if addressed.isEmpty { return open }
    return given.isEmpty ? addressed : addressed.merging(open) { first, _ in first }
  }

  /// Arrays with one index of which some value names a lane; those that the picture names if it does.
  private static func tracks(
    _ run: ShownRun, _ picture: Picture, _ lanes: [String]
  ) -> [Track] {
    let naming = self.naming(run, lanes)
    let beliefs = self.beliefs(run, picture, lanes)
    return run.places.enumerated().compactMap { number, place in
      let (variable, path) = (place.variable, place.path)
      let isMeant =
        picture.tracks.isEmpty
        ? naming.contains(variable) && place.kind == .name : picture.tracks.contains(variable)
      guard isMeant, path.count == 1 || !picture.tracks.isEmpty else { return nil }
      let name = path.map { part -> String in
        if case .index(let index) = part { return index }
        return part.text
      }.joined(separator: " ")
      return Track(
        name: name.isEmpty ? variable : name, variable: variable, place: number,
        beliefs: beliefs[name] ?? [:])
    }
  }

  /// The variables of which some value names a lane.
  private static func naming(_ run: ShownRun, _ lanes: [String]) -> Set<String> {
    let variables = run.places.map(\.variable)
    var seen: [String: Bool] = [:]
    var naming: Set<String> = []
    for change in run.steps.lazy.flatMap(\.changes) {
      let names = seen[change.new] ?? (lane(named: change.new, lanes) != nil)
      seen[change.new] = names
      if names { naming.insert(variables[change.place]) }
    }
    return naming
  }

  /// By thing and lane, the place that says what the lane believes of the thing.
  private static func beliefs(
    _ run: ShownRun, _ picture: Picture, _ lanes: [String]
  ) -> [String: [Int: Int]] {
    var beliefs: [String: [Int: Int]] = [:]
    for (number, place) in run.places.enumerated() {
      let isMeant =
        picture.beliefs.isEmpty
        ? ["view", "owner", "owns", "believes"].contains(place.variable.lowercased())
        : picture.beliefs.contains(place.variable)
      guard isMeant, place.path.count == 2, case .index(let owner) = place.path[0],
        case .index(let thing) = place.path[1], let lane = lane(named: owner, lanes)
      else { continue }
      beliefs[thing, default: [:]][lane] = number
    }
    return beliefs
  }
}
