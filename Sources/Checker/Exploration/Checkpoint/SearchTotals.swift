import TransitionSystem

/// What a search has counted beside its states, summed over its threads and over the processes that it
/// has gone through.
struct SearchTotals {
  /// How often each rule has fired, by number.
  var ruleFirings: [Int]
  /// How often each cover has been hit, by number.
  var coverHits: [Int]
  /// For each instance of a measure.
  var measures: [MeasureExtremes]
  /// For each of the system's `Antecedents`, whether it has been true.
  var antecedentsHeld: [Bool]
  /// For each of the system's remarks, whether it has been met.
  var remarksMet: [Bool]
  var digest = StateSetDigest()
  var stepDigest = StateSetDigest()

  /// Of a search in which nothing has happened.
  ///
  /// - Parameter interpreter: Of the search; what it has met counts.
  init(_ shared: SharedSearch, _ interpreter: InterpreterGenerator) {
    ruleFirings = Array(repeating: 0, count: shared.space.system.rules.count)
    coverHits = Array(repeating: 0, count: shared.space.system.covers.count)
    measures = Array(repeating: MeasureExtremes(), count: shared.properties.measures.count)
    antecedentsHeld = interpreter.antecedentsHeld
    remarksMet = interpreter.remarksMet
  }

  /// Forgets values of measures, which are added to when counts are read.
  mutating func removeMeasures() {
    measures = Array(repeating: MeasureExtremes(), count: measures.count)
  }

  mutating func add(_ worker: SearchWorker) {
    coverHits.add(worker.found.propertyCoverHits)
    coverHits.add(worker.generator.coverHits)
    ruleFirings.add(worker.found.ruleFirings)
    for (position, extremes) in worker.found.measures.enumerated() {
      measures[position].add(extremes)
    }
    antecedentsHeld.note(worker.generator.antecedentsHeld)
    remarksMet.note(worker.generator.remarksMet)
    digest.add(worker.found.digest)
    stepDigest.add(worker.found.stepDigest)
  }

  /// Takes what another process has counted.
  mutating func add(_ other: SearchTotals) {
    coverHits.add(other.coverHits)
    ruleFirings.add(other.ruleFirings)
    for (position, extremes) in other.measures.enumerated() { measures[position].add(extremes) }
    antecedentsHeld.note(other.antecedentsHeld)
    remarksMet.note(other.remarksMet)
    digest.add(other.digest)
    stepDigest.add(other.stepDigest)
  }

  /// Takes back what will be counted again.
  mutating func subtract(_ step: AbandonedStep) {
    ruleFirings.subtract(step.ruleFirings)
    coverHits.subtract(step.coverHits)
  }
}

/// What was counted of a step that will be taken again, since it did not come to its end.
struct AbandonedStep {
  var ruleFirings: [Int] = []
  /// Hits within the bodies of rules.
  var coverHits: [Int] = []
  var firedCount = 0
  var expandedCount = 0
}

extension [Int] {
  fileprivate mutating func add(_ other: [Int]) {
    for position in indices { self[position] += other[position] }
  }

  /// - Parameter other: Empty where there is nothing to take back.
  fileprivate mutating func subtract(_ other: [Int]) {
    for position in other.indices { self[position] -= other[position] }
  }
}

extension [Bool] {
  fileprivate mutating func note(_ other: [Bool]) {
    for position in other.indices where other[position] { self[position] = true }
  }
}
