import Foundation
import RunFormats
import Runs
import Testing

@Suite struct InformalTraceTests {
  /// The definition, of ADR 015: what a trace, a state and an expression are. Truth values, which its
  /// text forgets, are those of JSON in what Apalache and Quint write.
  private static let definition =
    Judge.readJSON + """
      import re
      def expression(value, place):
          if isinstance(value, (bool, str)): return
          if isinstance(value, int):
              if abs(value) >= 2 ** 53: print(place, "is too large")
          elif isinstance(value, list):
              for part in value: expression(part, place)
          elif isinstance(value, dict):
              if not any(name.startswith("#") for name in value):
                  for name, part in value.items(): expression(part, place + "." + name)
                  return
              if len(value) != 1: print(place, "mixes a form and a record")
              (form, inner), = value.items()
              if form == "#bigint":
                  if not re.fullmatch("-?[0-9]+", inner): print(place, "is no big integer")
              elif form in ("#tup", "#set"):
                  for part in inner: expression(part, place)
              elif form == "#map":
                  keys = []
                  for pair in inner:
                      if len(pair) != 2: print(place, "has no pair")
                      for part in pair: expression(part, place)
                      keys.append(json.dumps(pair[0]))
                  if len(set(keys)) != len(keys): print(place, "has a key twice")
              else: print(place, "has the form", form)
          else: print(place, "is", value)

      def strings(value, place):
          if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
              print(place, "is no list of strings")
          if len(set(value)) != len(value): print(place, "has a name twice")

      allowed = {"#meta", "params", "vars", "states", "loop"}
      if not set(document) <= allowed or not {"vars", "states"} <= set(document):
          print("members", sorted(document))
      strings(document["vars"], "vars")
      strings(document.get("params", []), "params")
      if not isinstance(document.get("#meta", {}), dict): print("#meta")
      for number, state in enumerate(document["states"]):
          names = set(document["vars"]) | ({"#meta"} if "#meta" in state else set())
          if number == 0: names |= set(document.get("params", []))
          if set(state) != names: print("state", number, "has", sorted(state))
          if not isinstance(state.get("#meta", {}), dict): print("#meta of", number)
          for name, value in state.items():
              if name.startswith("#") and name != "#meta": print("the variable", name)
              if name != "#meta": expression(value, name)

      """

  private static func states(_ run: ShownRun) throws -> [[String: Any]] {
    let document = try JSONSerialization.jsonObject(with: Data(RunFormat.itf.write(run).utf8))
    return ((document as? [String: Any])?["states"] as? [[String: Any]]) ?? []
  }

  /// Whether a value is the one that a text of JSON says.
  private static func expect(
    _ value: Any?, _ json: String, _ location: SourceLocation = #_sourceLocation
  ) throws {
    let other = try JSONSerialization.jsonObject(
      with: Data(json.utf8), options: .fragmentsAllowed)
    let one = try #require(value as? NSObject, sourceLocation: location)
    #expect(one == other as? NSObject, "\(one)", sourceLocation: location)
  }

  @Test func runsKeepToTheDefinition() throws {
    for run in [SampleRun.run, HostileRun.run, HostileRun.empty, HostileRun.failed, Self.kinds] {
      let text = RunFormat.itf.write(run)
      #expect(try Judge.complaints(Self.definition, text) == "", "\(text)")
    }
  }

  /// The judge has to be able to say no.
  @Test(arguments: [
    ("\"RUNS_NEW\"", "null", "exec is None"),
    ("[\"cpu_t_1\", \"RUNS_NEW\"]", "[\"cpu_t_1\"]", "exec has no pair"),
    ("\"tries\": 0", "\"tries\": 9007199254740992", "tries is too large"),
    ("\"tries\", ", "", "state 0 has"),
  ])
  func whatDoesNotKeepToItIsSeen(old: String, new: String, complaint: String) throws {
    let text = RunFormat.itf.write(SampleRun.run).replacing(old, with: new)
    #expect(try Judge.complaints(Self.definition, text).contains(complaint))
  }

  /// A value of each kind, and none at all.
  private static let kinds: ShownRun = {
    let places: [(String, ShownPlace.Kind, String)] = [
      ("lit", .boolean, "true"), ("low", .number, "-3"), ("high", .number, "18446744073709551616"),
      ("edge", .number, "9007199254740991"), ("beyond", .number, "9007199254740992"),
      ("word", .name, "GO"), ("gone", .number, "undefined"),
      ("grid[OLD][1]", .number, "1"), ("grid[OLD][2]", .number, "undefined"),
      ("grid[NEW][1]", .number, "undefined"), ("grid[NEW][2]", .number, "undefined"),
      ("is[false]", .boolean, "false"), ("is[true]", .boolean, "true"),
      ("pair.left", .name, "A"), ("pair.right[0]", .name, "B"), ("pair.lost", .name, "undefined"),
      ("mail{0}.word", .name, "undefined"), ("mail{0}.to", .name, "undefined"),
      ("mail{1}.word", .name, "STOP"), ("mail{1}.to", .name, "undefined"),
      ("bag{0}", .number, "7"), ("bag{1}", .number, "7"), ("none{0}", .number, "undefined"),
    ]
    return ShownRun(
      model: "kinds.m", constants: [.init("N", "3"), .init("word", "true")],
      layout: [.init(name: "base", value: "18446744073709551615", text: "the end")],
      places: places.map { ShownPlace(name: $0.0, kind: $0.1) },
      steps: [
        .init(
          rule: "start",
          changes: places.enumerated().filter { $1.2 != "undefined" }.map {
            .init(place: $0, old: "undefined", new: $1.2)
          })
      ])
  }()

  @Test(
    arguments: [
      ("lit", "true"), ("low", "-3"), ("high", ##"{"#bigint": "18446744073709551616"}"##),
      ("edge", "9007199254740991"), ("beyond", ##"{"#bigint": "9007199254740992"}"##),
      ("word", #""GO""#), ("gone", #""undefined""#),
      ("grid", ##"{"#map": [["OLD", {"#map": [[1, 1]]}]]}"##),
      ("is", ##"{"#map": [[false, false], [true, true]]}"##),
      ("pair", ##"{"left": "A", "right": {"#map": [[0, "B"]]}}"##),
      ("mail", #"[{"word": "STOP"}]"#), ("bag", "[7, 7]"), ("none", "[]"),
      // Constants are parameters; one that is called as a variable is has another name.
      ("N", "3"), ("_word", "true"), ("base", ##"{"#bigint": "18446744073709551615"}"##),
      ("action", #""start""#),
    ])
  func valuesAreExpressions(variable: String, json: String) throws {
    try Self.expect(Self.states(Self.kinds).first?[variable], json)
  }

  /// The step that fails leads to no state, and what a step leaves alone is as it was.
  @Test func stepsLeadToStates() throws {
    let states = try Self.states(SampleRun.run)
    #expect(states.count == 2)
    guard states.count == 2 else { return }
    try Self.expect(
      states[0]["exec"], ##"{"#map": [["cpu_t_0", "RUNS_OLD"], ["cpu_t_1", "RUNS_OLD"]]}"##)
    try Self.expect(
      states[1]["exec"], ##"{"#map": [["cpu_t_0", "RUNS_OLD"], ["cpu_t_1", "RUNS_NEW"]]}"##)
    try Self.expect(states[1]["phase"], #""IDLE""#)
    try Self.expect(
      states[1]["queue"],
      ##"{"#map": [["OLD", {"#map": [[1, {"word": "NOTHING"}]]}], "##
        + ##"["NEW", {"#map": [[1, {"word": "GO"}]]}]]}"##)
    try Self.expect(states[1]["action"], #""old: give a CPU (c = …) (c = cpu_t_1)""#)
    let meta = states[1]["#meta"] as? [String: Any]
    try Self.expect(meta?["actor"], #""old""#)
    try Self.expect(meta?["parameters"], #"{"c": "cpu_t_1"}"#)
    #expect(RunFormat.itf.write(SampleRun.run).contains(#""failing": {"index": 2"#))
  }

  /// Places that speak of one thing as two kinds, and names that belong to the format.
  @Test func hostileNamesAreVariables() throws {
    let first = try #require(Self.states(HostileRun.run).first)
    let name = HostileRun.name
    // By position: `#meta`, the name up to the first bracket, the queue, `r.#set`, `r[0]`, `action`.
    for variable in ["_#meta", "queue", "r", "r[0]", "action"] {
      #expect(first[variable] != nil, "\(variable) of \(first.keys.sorted())")
    }
    // `action` is a variable of the model, so that of the rule has another name.
    #expect(first["action"] as? String == "first \(name)")
    #expect(first["_action"] as? String == "start \(name)")
    #expect((first["r"] as? [String: String])?["_#set"] == "first \(name)")
  }
}
