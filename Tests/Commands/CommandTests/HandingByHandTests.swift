import Foundation
import TestSupport
import Testing

/// The kept forms of the run of `handing.m` against its states as a person works them out from the model: what
/// a file that the program wrote itself cannot tell.
@Suite struct HandingByHandTests {
  /// Each variable by its name in a trace. `cpu_t_1` is given first; which of the two that is, nobody can tell.
  private static let states: [[String: String]] = [
    start,
    start.merging(given: 1, "cpu_t_1", "WAITS", queued: "YOURS"),
    start.merging(given: 1, "cpu_t_1", "RUNS_NEW", queued: "NOTHING")
      .merging(["view[NEW][cpu_t_1]": "MINE"]) { $1 },
    start.merging(given: 1, "cpu_t_1", "RUNS_NEW", queued: "NOTHING")
      .merging(["view[NEW][cpu_t_1]": "MINE"]) { $1 }
      .merging(given: 2, "cpu_t_0", "WAITS", queued: "YOURS"),
  ]

  private static let start = [
    "exec[cpu_t_0]": "RUNS_OLD", "exec[cpu_t_1]": "RUNS_OLD",
    "view[OLD][cpu_t_0]": "MINE", "view[OLD][cpu_t_1]": "MINE",
    "view[NEW][cpu_t_0]": "FOREIGN", "view[NEW][cpu_t_1]": "FOREIGN",
    "queue[OLD]": "NOTHING", "queue[NEW]": "NOTHING", "given": "0",
  ]

  private static let actions = [
    "the old kernel has both", "old: give a CPU", "new: take it", "old: give a CPU",
  ]

  private func document(_ name: String) throws -> [String: Any] {
    let path = "Tests/Commands/CommandTests/Golden/forms/\(name)"
    let bytes = try Data(contentsOf: Repository.root.appendingPathComponent(path))
    return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
  }

  @Test func statesOfTheInformalTrace() throws {
    let found = try #require(try document("run.itf.json")["states"] as? [[String: Any]])
    #expect(found.map { Self.values(of: $0) } == Self.states)
    let rules = found.map { ($0["#meta"] as? [String: Any])?["rule"] as? String }
    #expect(rules == Self.actions)
  }

  /// A map is a list of pairs in `#map`.
  private static func values(of state: [String: Any]) -> [String: String] {
    var values: [String: String] = [:]
    func note(_ name: String, _ value: Any) {
      guard let pairs = (value as? [String: Any])?["#map"] as? [[Any]] else {
        values[name] = "\(value)"
        return
      }
      for pair in pairs { note("\(name)[\(pair[0])]", pair[1]) }
    }
    for name in ["exec", "view", "queue", "given"] {
      if let value = state[name] { note(name, value) }
    }
    return values
  }

  @Test func changesOfTheKeptRun() throws {
    let steps = try #require(try document("run.json")["steps"] as? [[String: Any]])
    #expect(steps.map { $0["rule"] as? String } == Self.actions)
    for (number, step) in steps.enumerated().dropFirst() {
      let changes = try #require(step["changes"] as? [[String: Any]])
      var after = Self.states[number - 1]
      for change in changes {
        let place = try #require(change["place"] as? String)
        #expect(after[place] == "\(try #require(change["from"]))")
        after[place] = "\(try #require(change["to"]))"
      }
      #expect(after == Self.states[number])
    }
  }
}

extension [String: String] {
  /// A CPU goes to a phase, of which the old kernel knows, and a word waits for the new one or none does.
  fileprivate func merging(
    given: Int, _ cpu: String, _ phase: String, queued word: String
  ) -> [String: String] {
    merging([
      "exec[\(cpu)]": phase, "view[OLD][\(cpu)]": "FOREIGN", "queue[NEW]": word,
      "given": "\(given)",
    ]) { $1 }
  }
}
