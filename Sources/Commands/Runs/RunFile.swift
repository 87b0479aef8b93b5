import FoundationEssentials

/// Why a file is no kept run.
package enum RunFileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is no JSON, or lacks what a run has: where, and what is wrong there.
  case malformed(String)
  /// It is a document of another kind, which it names.
  case otherFormat(String)
  /// It was written by a later release, in a format that is not known here.
  case laterVersion(Int)
  /// It holds a report in which nothing is violated.
  case noRun
  /// A step tells of a place that the run does not list, or of a change of another value than is
  /// there.
  case inconsistent(step: Int, String)

  package var description: String {
    switch self {
    case .malformed(let reason): "is no kept run: \(reason)"
    case .otherFormat(let format): "is no kept run, but a document of format \(format)"
    case .laterVersion(let version):
      "is a kept run of version \(version); this release reads version \(ShownRun.formatVersion)"
    case .noRun: "holds a report in which nothing is violated: there is no run in it"
    case .inconsistent(let step, let reason): "is no run: step \(step) \(reason)"
    }
  }
}

extension ShownRun {
  /// Reads kept runs: a file that holds one, or what `check --format json` writes.
  ///
  /// - Parameter bytes: The file.
  /// - Returns: At least one run.
  package static func read(_ bytes: [UInt8]) throws(RunFileError) -> [ShownRun] {
    let data = Data(bytes)
    let header: Header = try decode(data)
    switch header.format {
    case "swapcheck-trace":
      if header.version > formatVersion { throw .laterVersion(header.version) }
      let members: Members = try decode(data)
      return [try members.run()]
    case "swapcheck-check":
      let report: Report = try decode(data)
      var runs: [ShownRun] = []
      for members in report.models.flatMap({ $0.counterexamples ?? [] }) {
        runs.append(try members.run())
      }
      if runs.isEmpty { throw .noRun }
      return runs
    default: throw .otherFormat(header.format)
    }
  }

  private static func decode<T: Decodable>(_ data: Data) throws(RunFileError) -> T {
    do {
      return try JSONDecoder().decode(T.self, from: data)
    } catch let error as DecodingError {
      throw .malformed(words(for: error))
    } catch {
      throw .malformed("\(error)")
    }
  }

  private static func words(for error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      let keys = context.codingPath.map { key in
        key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
      }
      return keys.isEmpty ? "the document" : "`\(keys.joined().drop { $0 == "." })`"
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "\(place(context)) has no `\(key.stringValue)`"
    case .valueNotFound(_, let context): return "\(place(context)) is null"
    case .typeMismatch(_, let context): return "\(place(context)) is of another type"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "it is not JSON" : "\(place(context)) cannot be read"
    @unknown default: return "it cannot be read"
    }
  }
}

/// What every document begins with.
private struct Header: Decodable {
  let format: String
  let version: Int
}

/// What is of interest in a report of `check`.
private struct Report: Decodable {
  struct Model: Decodable { let counterexamples: [Members]? }
  let models: [Model]
}

/// A run as it stands in a file.
private struct Members: Decodable {
  struct Value: Decodable { let name, value: String }
  struct Layout: Decodable { let name, value, text: String }
  struct Place: Decodable {
    let name: String
    let kind: String
    let type: String?
  }
  struct Change: Decodable { let place, from, to: String }
  struct Step: Decodable {
    let rule: String
    let actor: String?
    let parameters: [Value]
    let location: String?
    let fails: Bool
    let changes: [Change]
    let output: [String]
  }
  struct Finding: Decodable {
    let kind: String
    let name: String?
    let message: String
    let location: String?
    let part: String?
    let values: [Value]
    let reads: [String]
    let notes: [Note]

    struct Note: Decodable { let location, part, message: String }
  }

  let model: String
  let patches: [String]
  let without: [String]
  let constants: [Value]
  let layout: [Layout]
  let finding: Finding?
  let picture: [String: [String]]?
  let places: [Place]
  let steps: [Step]

  /// The run, looked at.
  func run() throws(RunFileError) -> ShownRun {
    if steps.isEmpty { throw .malformed("`steps` is empty") }
    let table = try placeTable()
    var run = ShownRun(
      model: model, patches: patches, without: without, constants: named(constants),
      layout: layout.map { .init(name: $0.name, value: $0.value, text: $0.text) },
      places: table.places, steps: [])
    if let picture {
      run.picture = Picture()
      for key in Picture.Key.allCases { run.picture?[key] = picture[key.rawValue] ?? [] }
    }
    if let finding {
      run.finding = ShownRun.Finding(
        kind: finding.kind, name: finding.name, message: finding.message,
        location: finding.location, part: finding.part, values: named(finding.values),
        reads: finding.reads.compactMap { table.numbers[$0] },
        notes: finding.notes.map {
          .init(location: $0.location, part: $0.part, message: $0.message)
        })
    }
    var state = [String](repeating: ShownRun.undefined, count: places.count)
    for (number, step) in steps.enumerated() {
      run.steps.append(try self.step(step, number + 1, table.numbers, &state))
    }
    return run
  }

  private func placeTable() throws(RunFileError) -> (
    places: [ShownPlace], numbers: [String: Int]
  ) {
    var list: [ShownPlace] = []
    var numbers: [String: Int] = [:]
    for (number, place) in places.enumerated() {
      guard let kind = ShownPlace.Kind(rawValue: place.kind) else {
        throw .malformed("`places[\(number)].kind` is `\(place.kind)`, which is no kind")
      }
      guard numbers.updateValue(number, forKey: place.name) == nil else {
        throw .malformed("two places are called `\(place.name)`")
      }
      list.append(ShownPlace(name: place.name, kind: kind, type: place.type))
    }
    return (list, numbers)
  }

  private func step(
    _ step: Step, _ number: Int, _ numbers: [String: Int], _ state: inout [String]
  ) throws(RunFileError) -> ShownRun.Step {
    var changes: [ShownRun.Change] = []
    for change in step.changes {
      guard let place = numbers[change.place] else {
        throw .inconsistent(
          step: number, "changes `\(change.place)`, which is not among the places")
      }
      guard state[place] == change.from else {
        throw .inconsistent(
          step: number,
          "changes `\(change.place)` from \(change.from), and it is \(state[place])")
      }
      state[place] = change.to
      changes.append(.init(place: place, old: change.from, new: change.to))
    }
    return ShownRun.Step(
      actor: step.actor, rule: step.rule, parameters: named(step.parameters),
      location: step.location, changes: changes, output: step.output, fails: step.fails)
  }

  private func named(_ values: [Value]) -> [ShownRun.NamedValue] {
    values.map { .init($0.name, $0.value) }
  }
}
