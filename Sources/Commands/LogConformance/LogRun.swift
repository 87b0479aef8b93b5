import Conformance
package import Diagnostics
import Evaluation
package import EventLogs
package import Exploration
import Report
import Trace
import TransitionSystem

/// Follows a log through a model, as it is read.
package struct LogRun {
  package let meaning: MapInModel
  private let space: SearchSpace
  private let options: ExplorationOptions
  private let sets: StateSets
  private let source: StepSource
  private var alignment: LogAlignment?
  private var reader = LogReader()
  private var classifier: EventClassifier
  private var names: ElementNames
  private var known = KnownTails()
  private var recent = RecentLines()
  private let lookedAtTask: Bool
  private let table: (_ file: String, _ line: Int) throws(LogError) -> FieldNames
  private var figures = LogFigures()
  private var limit: ExplorationLimit?
  /// Events between two looks at time and memory.
  private static let eventsBetweenLooks = 256

  /// - Parameters:
  ///   - options: Who executes rules, and the memory that may be taken.
  ///   - names: What the numbers of fields are called.
  ///   - table: Reads a file of such names that the head of the log speaks of.
  package init(
    _ meaning: MapInModel, names: [String: FieldNames], _ options: ExplorationOptions,
    stop: StopCondition,
    table: @escaping (_ file: String, _ line: Int) throws(LogError) -> FieldNames
  ) throws(MapError) {
    self.meaning = meaning
    self.table = table
    self.names = ElementNames(fixed: meaning.fixed)
    self.options = options
    space = SearchSpace(
      meaning.model.system, exceptNamed: meaning.named, stop: stop)
    guard space.instances.count <= StateSets.maximumInstanceCount else {
      throw MapError(
        "the model has \(space.instances.count) rule instances, and a log is followed through at"
          + " most \(StateSets.maximumInstanceCount)")
    }
    source = StepSource(space, options)
    sets = StateSets(
      source, judge: meaning.judge, conditions: meaning.conditions, unseen: meaning.unseen)
    classifier = EventClassifier(meaning.map, names: names)
    lookedAtTask = meaning.map.entries.contains { entry in
      entry.when.contains { $0.field.hasPrefix("@") }
        || entry.with.contains { $0.value.text.hasPrefix("@") }
    }
    try begin()
  }

  private mutating func begin() throws(MapError) {
    try meaning.reserveElements(in: &names)
    let conditions = try meaning.startConditions(&names)
    do throws(Undecided) {
      let node =
        switch meaning.map.start.among {
        case .startStates: try sets.start(conditions)
        case .reachableStates: try sets.reachable(conditions, while: { !isOver })
        }
      guard let node else {
        if space.stop.isDue() {
          limit = .ended(space.stop)
          return
        }
        if let bytes = options.memoryByteCount, sets.byteCount > bytes {
          limit = .bytes(bytes)
          return
        }
        throw Undecided.unasked
      }
      alignment = LogAlignment(
        sets, start: node, window: meaning.map.window, keepsHistory: true)
    } catch {
      if error == .stopped || space.stop.isDue() {
        limit = .ended(space.stop)
      } else if error == .unasked {
        throw MapError(
          line: meaning.map.start.holds.first?.text.line,
          "no state of the model is one that a log may begin in")
      } else {
        limit = .undecided(error)
      }
    }
  }

  /// Whether nothing more is to be read.
  package var isOver: Bool {
    limit != nil || alignment?.misfit != nil || space.stop.isDue()
      || options.memoryByteCount.map { sets.byteCount > $0 } ?? false
  }

  /// Reads on.
  ///
  /// - Returns: Whether more is wanted.
  package mutating func read(_ block: UnsafeBufferPointer<UInt8>) throws(LogError) -> Bool {
    var reader = reader
    defer { self.reader = reader }
    guard limit == nil else { return false }
    let outcome = Result { try reader.read(block) { try take($0) } }
    return try Self.value(outcome)
  }

  /// Reads what is left, and finds out what has come of it.
  ///
  /// - Parameter isComplete: Whether all of the log has been read.
  package mutating func finish(isComplete: Bool = true) throws(LogError) -> LogFinding {
    if !isComplete, limit == nil, alignment?.misfit == nil {
      limit =
        space.stop.isDue()
        ? .ended(space.stop) : options.memoryByteCount.map { .bytes($0) } ?? .noMemory
    }
    if limit == nil, alignment?.misfit == nil {
      var reader = reader
      let outcome = Result { try reader.finish { try take($0) } }
      self.reader = reader
      if try Self.value(outcome), limit == nil {
        do throws(LogOrderError) {
          _ = try alignment?.finish()
        } catch {
          try note(error)
        }
      }
    }
    figures.lineCount = reader.lineCount
    figures.passedCount += reader.passedCount
    return LogFinding(
      meaning: meaning, sets: sets, alignment: alignment, elements: names, figures: figures,
      recent: recent, limit: limit, compilationFailure: source.compilationFailure)
  }

  /// Of a closure that throws nothing but errors of the log.
  private static func value(_ outcome: Result<Bool, any Error>) throws(LogError) -> Bool {
    switch outcome {
    case .success(let isMore): return isMore
    case .failure(let error):
      throw error as? LogError ?? LogError(line: 0, "\(error)")
    }
  }

  // MARK: - Events

  private mutating func take(_ entry: LogReader.Entry) throws -> Bool {
    switch entry {
    case .lost(let line):
      throw LogError(
        line: line, "events have been lost here, so that nobody knows what happened",
        hint: "record again with a larger buffer: buffer_size_kb of tracefs, trace-cmd -b")
    case .remark(let text, let line):
      try note(remark: text, line: line)
      return true
    case .json(let event):
      recent.note(event.line, event.name)
      return try take(event, isCertain: true, tail: nil)
    case .line(let text):
      recent.note(text.line, text.bytes)
      if !lookedAtTask, let answer = known[text.tail] {
        return try take(answer, line: text.line, time: text.time, cpu: text.cpu)
      }
      return try take(text.event, isCertain: text.isCertain, tail: lookedAtTask ? nil : text.tail)
    }
  }

  /// `# names step, state: states-6.12.txt`
  private mutating func note(remark: String, line: Int) throws(LogError) {
    let words = remark.drop { $0 == " " }
    guard words.hasPrefix("names "), let colon = words.firstIndex(of: ":") else { return }
    let fields = words[..<colon].dropFirst(6).split { $0 == "," || $0 == " " }.map(String.init)
    let file = words[words.index(after: colon)...].split(separator: " ").joined(separator: " ")
    classifier.learn(try table(file, line), of: fields)
    known.removeAll()
  }

  private mutating func take(
    _ event: LogEvent, isCertain: Bool, tail: UnsafeBufferPointer<UInt8>?
  ) throws -> Bool {
    if classifier.learn(event) { known.removeAll() }
    let answer = try self.answer(event, isCertain: isCertain)
    if let tail { known[tail] = answer }
    return try take(answer, line: event.line, time: event.time, cpu: event.cpu)
  }

  private mutating func answer(
    _ event: LogEvent, isCertain: Bool
  ) throws(LogError) -> KnownTails.Answer {
    switch classifier.answer(event) {
    case .ignored: return .ignored
    case .entry(let number):
      let observed = try meaning.meaning(of: event, entry: number, &names)
      return .label(sets.label(of: observed), entry: number)
    case .unknown:
      // Lines of a kernel's log have the form of events.
      guard isCertain else { return .noEvent }
      throw LogError(
        line: event.line, "the map says nothing of event `\(event.name)`",
        hint: "list it under `ignore`, or say what it means by an entry of `events`")
    case .lacks(let field, let entry):
      throw LogError(
        line: event.line, "event `\(event.name)` has no field `\(field)`",
        hint: "the entry in line \(meaning.map.entries[entry].line) of the map asks for it; is the"
          + " line cut off?")
    case .unfit:
      let fields = event.fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
      throw LogError(
        line: event.line, "no entry of the map fits event `\(event.name)` (\(fields))",
        hint: "an entry with `ignore: true` behind the others says that the rest does not matter")
    }
  }

  private mutating func take(
    _ answer: KnownTails.Answer, line: Int, time: Int64?, cpu: Int?
  ) throws -> Bool {
    switch answer {
    case .noEvent:
      figures.passedCount += 1
      return true
    case .ignored:
      figures.ignoredCount += 1
      return true
    case .label(let label, let entry):
      figures.count(entry: entry)
      return try take(TimedEvent(line: line, time: time, lane: cpu, label: label))
    }
  }

  private mutating func take(_ event: TimedEvent) throws(LogError) -> Bool {
    figures.eventCount += 1
    if figures.eventCount % Self.eventsBetweenLooks == 0 {
      try look()
      if limit != nil { return false }
    }
    do throws(LogOrderError) {
      return try alignment?.take(event) ?? false
    } catch {
      try note(error)
      return false
    }
  }

  /// Ends where time is up; forgets what need not be known where memory is short.
  private mutating func look() throws(LogError) {
    if space.stop.isDue() {
      limit = .ended(space.stop)
      return
    }
    guard let bytes = options.memoryByteCount, sets.byteCount > bytes / 2 else {
      if figures.eventCount > Self.mostRememberedEvents { alignment?.dropHistory() }
      return
    }
    do throws(LogOrderError) {
      try alignment?.forget()
    } catch {
      try note(error)
    }
    if sets.byteCount > bytes / 2 { limit = .bytes(bytes) }
  }

  /// Events of which a run is found that explains them.
  private static let mostRememberedEvents = 1 << 20

  private mutating func note(_ error: LogOrderError) throws(LogError) {
    switch error {
    case .outOfOrder(let line, let nanoseconds):
      throw LogError(
        line: line,
        "this is \(nanoseconds / 1_000) us earlier than an event before it, and clocks may disagree"
          + " by \(meaning.map.window / 1_000) us",
        hint: "`window` of the map says by how much they may")
    case .tooManyAtOnce(let line, let limit):
      throw LogError(
        line: line, "more than \(limit) events lie within one window",
        hint: "`window` of the map is larger than clocks disagree")
    case .undecided(let undecided):
      limit = space.stop.isDue() ? .ended(space.stop) : .undecided(undecided)
    }
  }
}

/// The text of the lines that were read last, for who shows the one that does not fit.
struct RecentLines {
  private var lines: [(number: Int, bytes: [UInt8])] = []
  /// Events that wait for others are of these.
  private static let most = 256
  private static let mostBytes = 512

  mutating func note(_ number: Int, _ bytes: some Sequence<UInt8>) {
    let position = number % Self.most
    while lines.count <= position { lines.append((0, [])) }
    lines[position].number = number
    lines[position].bytes.removeAll(keepingCapacity: true)
    lines[position].bytes.append(contentsOf: bytes.prefix(Self.mostBytes))
  }

  mutating func note(_ number: Int, _ text: String) { note(number, text.utf8) }

  subscript(number: Int) -> String? {
    let position = number % Self.most
    guard lines.indices.contains(position), lines[position].number == number else { return nil }
    return String(decoding: lines[position].bytes, as: UTF8.self)
  }
}

/// What was counted on the way through a log.
package struct LogFigures: Sendable {
  package var lineCount = 0
  /// Lines that are no events.
  package var passedCount = 0
  /// Events that mean something.
  package var eventCount = 0
  /// Events that do not matter.
  package var ignoredCount = 0
  /// By the number of an entry, its events.
  package private(set) var entryCounts: [Int: Int] = [:]

  mutating func count(entry: Int) { entryCounts[entry, default: 0] += 1 }
}

/// What events come to, by their text, so that what comes again is not taken apart again.
struct KnownTails {
  enum Answer {
    case noEvent
    case ignored
    case label(StateSets.Label, entry: Int)
  }

  private struct Entry {
    let bytes: [UInt8]
    let answer: Answer
  }

  private var entries: [Int: Entry] = [:]

  /// Texts that are kept.
  private static let mostEntries = 1 << 16

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash)
  }

  subscript(bytes: UnsafeBufferPointer<UInt8>) -> Answer? {
    get {
      guard let entry = entries[Self.hash(bytes)], entry.bytes.elementsEqual(bytes) else {
        return nil
      }
      return entry.answer
    }
    set {
      guard let newValue else { return }
      if entries.count >= Self.mostEntries { entries.removeAll(keepingCapacity: true) }
      entries[Self.hash(bytes)] = Entry(bytes: Array(bytes), answer: newValue)
    }
  }

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }
}
