import Diagnostics
import Runs

/// Results as a log of static analysis, which code scanning shows beside the lines that it is about.
///
/// Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", to which the
/// numbers of sections in this file belong. What failed is a result with the run as its code flow; what
/// could not be told is a notification. What passed or was not asked is no finding, and not in it.
struct SARIFLog {
  private let list: ResultList
  private let version: String
  /// The kinds of what is violated, in the order in which they appear.
  private let rules: [String]

  /// Of a longer flow, code scanning shows a part, and it refuses one of ten times as many; the run's
  /// beginning and end are kept.
  static let mostSteps = 1000

  init(_ list: ResultList, version: String) {
    self.list = list
    self.version = version
    var seen: Set<String> = []
    rules = list.entries.filter { $0.outcome == .failed }.map(Self.rule)
      .filter { seen.insert($0).inserted }
  }

  var document: JSONValue {
    .object([
      ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      ("version", .string("2.1.0")), ("runs", .array([run])),
    ])
  }

  private var run: JSONValue {
    .object([
      ("tool", .object([("driver", driver)])),
      ("invocations", .array([invocation])),
      ("originalUriBaseIds", .object([(Self.base, .object([("description", Self.baseText)]))])),
      ("columnKind", .string("unicodeCodePoints")),
      ("results", .array(results)),
    ])
  }

  /// The tool, with what it has rules for (3.19, 3.49).
  private var driver: JSONValue {
    .object([
      ("name", .string("swapcheck")), ("version", .string(version)),
      (
        "rules",
        .array(
          rules.map { rule in
            .object([
              ("id", .string(rule)),
              ("shortDescription", Self.message("A model does not keep to its \(rule).")),
              ("defaultConfiguration", .object([("level", .string("error"))])),
            ])
          })
      ),
    ])
  }

  /// Whether everything could be told, and what could not (3.20, 3.58).
  private var invocation: JSONValue {
    let errors = list.entries.filter { $0.outcome == .error }
    return .object([
      ("executionSuccessful", .bool(errors.isEmpty)),
      (
        "toolExecutionNotifications",
        .array(
          errors.map { entry in
            .object([
              ("level", .string("error")),
              ("message", Self.message("\(entry.name): \(entry.verdict): \(entry.message)")),
              ("locations", .array([Self.location(entry.location ?? entry.model)])),
            ])
          })
      ),
    ])
  }

  // MARK: - Results

  /// The kind of what is violated, such as `invariant`; of what is not as expected otherwise, the
  /// verdict.
  private static func rule(_ entry: ResultList.Entry) -> String {
    let rule = entry.run?.finding?.kind ?? entry.verdict
    return rule.isEmpty ? "failed" : rule
  }

  private var results: [JSONValue] {
    let positions = Dictionary(uniqueKeysWithValues: zip(rules, rules.indices))
    return list.entries.filter { $0.outcome == .failed }.map { entry in
      let rule = Self.rule(entry)
      var members: [(String, JSONValue)] = [
        ("ruleId", .string(rule)), ("ruleIndex", .number(positions[rule] ?? 0)),
        ("kind", .string("fail")), ("level", .string("error")),
        ("message", Self.message("\(entry.name): \(entry.message)")),
        ("locations", .array([Self.location(entry.location ?? entry.model)])),
        ("fingerprints", .object([("swapcheck/v1", .string(Self.fingerprint(entry)))])),
      ]
      let related = Self.related(entry.run?.finding?.notes ?? [])
      if !related.isEmpty { members.append(("relatedLocations", .array(related))) }
      if let run = entry.run, !run.steps.isEmpty {
        members.append(("codeFlows", .array([Self.flow(run)])))
      }
      return .object(members)
    }
  }

  /// Other places that help to understand a result, each once (3.27.22).
  private static func related(_ notes: [ShownRun.Finding.Note]) -> [JSONValue] {
    var seen: Set<ShownRun.Finding.Note> = []
    return notes.filter { seen.insert($0).inserted }.map { note in
      .object(members(ofLocation: note.location) + [("message", message(note.message))])
    }
  }

  /// The same for the same property of the same scenario, wherever it stands and however the run goes
  /// (3.27.16). FNV-1a of 64 bits; a zero byte stands between the parts.
  private static func fingerprint(_ entry: ResultList.Entry) -> String {
    let finding = entry.run?.finding
    let parts =
      [entry.model, entry.name, rule(entry), finding?.name ?? finding?.message ?? entry.verdict]
      + (entry.run?.patches ?? [])
    let hash = parts.joined(separator: "\0").utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The steps in their order (3.36 to 3.38).
  private static func flow(_ run: ShownRun) -> JSONValue {
    let marked = Set(run.finding?.reads ?? [])
    let left = max(0, run.steps.count - mostSteps)
    // The start state, and behind what is left out the end.
    let kept = run.steps.indices.filter { $0 == 0 || $0 > left }
    var members: [(String, JSONValue)] = []
    if left > 0 {
      members.append(("message", message("\(left) steps behind the first are left out.")))
    }
    members.append(
      (
        "threadFlows",
        .array([
          .object([("locations", .array(kept.map { step(run, $0, marked) }))])
        ])
      ))
    return .object(members)
  }

  private static func step(_ run: ShownRun, _ number: Int, _ marked: Set<Int>) -> JSONValue {
    let step = run.steps[number]
    let isEssential = step.fails || step.changes.contains { marked.contains($0.place) }
    var place = members(ofLocation: step.location ?? run.model)
    place.append(("message", message("\(number + 1). \(step.title)")))
    var members: [(String, JSONValue)] = [
      ("location", .object(place)), ("executionOrder", .number(number + 1)),
      ("importance", .string(isEssential ? "essential" : "important")),
    ]
    if !step.changes.isEmpty {
      let state = step.changes.map { (run.places[$0.place].name, message($0.new)) }
      members.append(("state", .object(state)))
    }
    return .object(members)
  }

  // MARK: - Parts

  private static let base = "%SRCROOT%"
  private static let baseText = message("Where swapcheck ran.")

  /// Text in which nothing is a placeholder or a link (3.11.5, 3.11.6).
  private static func message(_ text: String) -> JSONValue {
    let text = DisplayText(text).description.replacing("{", with: "{{").replacing("}", with: "}}")
    return .object([("text", .string(text.replacing("](", with: "\\](")))])
  }

  private static func location(_ text: String) -> JSONValue { .object(members(ofLocation: text)) }

  /// A location by `file`, `file:line` or `file:line:column` (3.28 to 3.30).
  private static func members(ofLocation text: String) -> [(String, JSONValue)] {
    var path = text[...]
    var numbers: [Int] = []
    while numbers.count < 2, let colon = path.lastIndex(of: ":"), colon != path.startIndex,
      let number = Int(path[path.index(after: colon)...]), number > 0
    {
      numbers.insert(number, at: 0)
      path = path[..<colon]
    }
    var physical: [(String, JSONValue)] = [("artifactLocation", artifact(String(path)))]
    if !numbers.isEmpty {
      let region = zip(["startLine", "startColumn"], numbers).map { ($0, JSONValue.number($1)) }
      physical.append(("region", .object(region)))
    }
    return [("physicalLocation", .object(physical))]
  }

  /// A path that is relative belongs to where the tool ran. One that leads out of there and in again
  /// does not, because nobody else knows where it ends (3.10.2).
  private static func artifact(_ path: String) -> JSONValue {
    let isAbsolute = path.hasPrefix("/")
    var members: [(String, JSONValue)] = [
      ("uri", .string((isAbsolute ? "file://" : "") + uri(path)))
    ]
    if !isAbsolute, !path.split(separator: "/").contains("..") {
      members.append(("uriBaseId", .string(base)))
    }
    return .object(members)
  }

  /// RFC 3986, section 2.3: whatever is not unreserved is written by its bytes. So no part of a
  /// relative path is taken for a scheme.
  private static func uri(_ path: String) -> String {
    path.utf8.reduce(into: "") { uri, byte in
      let scalar = Unicode.Scalar(byte)
      let isKept =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || (0x30...0x39) ~= byte
          || "-._~/".utf8.contains(byte))
      let digits = String(byte, radix: 16, uppercase: true)
      uri += isKept ? String(Character(scalar)) : (byte < 16 ? "%0" : "%") + digits
    }
  }
}

extension ResultList {
  /// The results as a log of SARIF 2.1.0.
  ///
  /// - Parameter version: Of this program.
  package func sarif(version: String) -> String {
    SARIFLog(self, version: version).document.text + "\n"
  }
}
