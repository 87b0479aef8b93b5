/// Which entry of a map says what an event is.
package struct EventClassifier {
  private let map: EventMap
  private var names: [String: FieldNames]
  /// The entries that may be about an event, by its name, in order.
  private var entries: [String: [Int]] = [:]

  package enum Answer {
    /// The number of the entry.
    case entry(Int)
    case ignored
    /// Nothing is said of such an event.
    case unknown
    /// Entries are about it, and ask for a field that it lacks.
    case lacks(field: String, entry: Int)
    /// Entries are about it, and none fits.
    case unfit
  }

  /// - Parameter names: What the numbers of fields are called.
  package init(_ map: EventMap, names: [String: FieldNames]) {
    (self.map, self.names) = (map, names)
  }

  /// Whether anything is said of events of a name.
  package mutating func knows(_ name: String) -> Bool {
    !candidates(name).isEmpty || map.ignored.contains { $0.matches(name) }
  }

  private mutating func candidates(_ name: String) -> [Int] {
    if let known = entries[name] { return known }
    let found = map.entries.indices.filter { number in
      map.entries[number].events.contains { $0.matches(name) }
    }
    if entries.count < 4_096 { entries[name] = found }
    return found
  }

  /// Learns what the numbers of fields are called, unless that is known.
  package mutating func learn(_ table: FieldNames, of fields: [String]) {
    for field in fields where names[field]?.isEmpty ?? true { names[field] = table }
  }

  /// Learns how numbers are called; whether that is new, so that answers so far may be others.
  package mutating func learn(_ event: LogEvent) -> Bool {
    var isNew = false
    for field in event.fields where field.remark != nil {
      if names[field.name, default: FieldNames()].learn(field) { isNew = true }
    }
    return isNew
  }

  package mutating func answer(_ event: LogEvent) -> Answer {
    let candidates = candidates(event.name)
    var lacking: (field: String, entry: Int)?
    for number in candidates {
      var fits = true
      for (field, test) in map.entries[number].when where fits {
        if let value = event.value(of: field) {
          fits = test.holds(value, names[field] ?? FieldNames())
        } else {
          lacking = lacking ?? (field, number)
          fits = false
        }
      }
      if fits { return map.entries[number].isIgnored ? .ignored : .entry(number) }
    }
    if map.ignored.contains(where: { $0.matches(event.name) }) { return .ignored }
    if let lacking { return .lacks(field: lacking.field, entry: lacking.entry) }
    return candidates.isEmpty ? .unknown : .unfit
  }
}
