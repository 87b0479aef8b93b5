import Checking
import Diagnostics
import Foundation
import Murphi
import Report
import TestSupport
import Testing
import TransitionSystem

/// The page in a browser, by clicks and keys: what it says is what the interpreter does.
@Suite struct PageTests {
  /// What the page shows of a step.
  struct Look: Decodable, Equatable {
    let position: String
    let title: String?
    let values: [String: String]
    /// The rule's number, and its parameters' values.
    let choices: [Choice]
    /// Lines of the model.
    let fired: [Int]
    let changed: [[String]]
    /// Of the list of steps: its lanes, and the dots in the row that is shown.
    let lanes, dots: Int

    struct Choice: Decodable, Hashable {
      let rule: Int
      let bindings: [Int64]

      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        rule = try list.decode(Int.self)
        bindings = try list.decode(String.self).split(separator: " ").compactMap { Int64($0) }
      }
    }
  }

  struct Seen: Decodable {
    let heading, phase, mistake, earlierPhase, way, current, loaded, dark: String
    let steps: [Look]
    let earlier, home, end, restarted, again: Look
    let found: [String]
    let why: [[[String]]]
    let graph, unnamed, complaints: [String]
    let overflow: Int
  }

  private static let hasBrowser = FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")

  private func seen(_ address: String) throws -> Seen {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let script = Repository.root.appendingPathComponent(
      "Tests/Commands/WalkServerTests/walk-page.py")
    let run = try OtherProgram.run(["python3", script.path, address, folder.path])
    try #require(run.code == 0, "\(run.errors)")
    return try JSONDecoder().decode(Seen.self, from: Data(run.output.utf8))
  }

  @Test(.enabled(if: hasBrowser), .timeLimit(.minutes(2)))
  func thePageShowsWhatTheInterpreterDoes() throws {
    let server = try RunningServer("Models/handover.m")
    defer { server.end() }
    let seen = try seen(server.address)
    let source = try RepositoryModel("Models/handover.m").source()
    let system = try #require(MurphiModel.load(source).system)
    let steps = InterpretedSteps(system, stop: StopCondition())
    let shown = ShownRuns(Wording(system: system, source: source))
    #expect(seen.heading == "Models/handover.m")
    #expect(seen.complaints == [])

    // A lane for each actor, whoever has acted.
    let actors = Set((system.startStates + system.rules).compactMap(\.actor))
    #expect(seen.steps.allSatisfy { $0.lanes == actors.count })

    // The walk: the page's choices are the interpreter's, and lead where it says.
    var state: [Int64] = []
    steps.forEachStart { _, outcome in
      if case .state(let start) = outcome { state = start }
      return true
    }
    for (number, look) in seen.steps.enumerated() {
      #expect(look.position == "\(number + 1) of \(number + 1)")
      #expect(look.values == shown.values(of: state), "step \(number)")
      var successors: [[Int64]: [Int64]] = [:]
      steps.forEachStep(from: state) { instance, outcome in
        if case .state(let successor) = outcome {
          successors[[Int64(instance.rule)] + instance.bindings] = successor
        }
        return true
      }
      let choices = look.choices.map { [Int64($0.rule)] + $0.bindings }
      #expect(Set(choices) == Set(successors.keys))
      guard number + 1 < seen.steps.count, !choices.isEmpty else { break }
      let taken = choices[number * 7 % choices.count]
      let rule = system.rules[Int(taken[0])]
      let next = seen.steps[number + 1]
      #expect(next.title?.hasPrefix(rule.name) == true)
      #expect(next.fired.first == source.line(of: rule.span.start))
      #expect(next.dots == (rule.actor == nil ? 0 : 1))
      let (before, after) = (
        shown.values(of: state), shown.values(of: try #require(successors[taken]))
      )
      let changed = after.filter { before[$0.key] != $0.value }
        .map { [$0.key, before[$0.key] ?? "", $0.value] }
      #expect(Set(next.changed) == Set(changed))
      state = try #require(successors[taken])
    }

    // Along it.
    #expect(seen.phase == seen.steps[12].values["phase"])
    #expect(seen.mistake.contains("phse"))
    #expect(seen.earlier.values == seen.steps[9].values)
    #expect(Set(seen.earlier.choices) == Set(seen.steps[9].choices))
    #expect(seen.earlierPhase == seen.steps[9].values["phase"])
    #expect(seen.home.values == seen.steps[0].values)
    #expect(seen.home.position == "1 of 13")

    // Questions. In the start state only one rule is about a hand-over, and no device can be taken
    // into use, because each is in use.
    #expect(seen.found == ["user: ask for a hand-over"])
    #expect(
      seen.why
        == Array(
          repeating: [["true", "phase = SERVING"], ["false", "view[OLD][d] = NONE"]], count: 3))
    let length = try self.length(toPhase: "COMPLETE", system)
    #expect(seen.way == "a shortest way has \(length) steps")
    #expect(seen.end.position == "\(length + 1) of \(length + 1)")
    #expect(seen.end.values["phase"] == "COMPLETE")
    #expect(
      Set(seen.graph.map { String($0.prefix { $0 != " " }) })
        == ["SERVING", "GIVING", "UNDOING", "ROLLED_BACK", "COMPLETE"])
    #expect(seen.current.hasPrefix("COMPLETE"))

    // Kept and walked again.
    #expect(seen.restarted.position == "0 of 0")
    #expect(seen.loaded == "all \(length + 1) steps go through")
    #expect(seen.again == seen.end)

    // Seen by everybody.
    #expect(seen.dark == "rgb(13, 17, 23)")
    #expect(seen.overflow <= 0)
    #expect(seen.unnamed == [])
  }

  /// Steps to the nearest state in which `phase` has a value, level by level.
  private func length(toPhase name: String, _ system: TransitionSystem) throws -> Int {
    let variable = try #require(system.variables.first { $0.name == "phase" })
    let type = try #require(variable.type.asScalar)
    let steps = InterpretedSteps(system, stop: StopCondition())
    var level: Set<[Int64]> = []
    steps.forEachStart { _, outcome in
      if case .state(let state) = outcome { level.insert(state) }
      return true
    }
    var seen = level
    for length in 0..<1_000 {
      if level.contains(where: { type.describe($0[variable.slot]) == name }) { return length }
      var next: Set<[Int64]> = []
      for state in level {
        steps.forEachStep(from: state) { _, outcome in
          if case .state(let successor) = outcome, seen.insert(successor).inserted {
            next.insert(successor)
          }
          return true
        }
      }
      level = next
    }
    Issue.record("no state has the phase \(name)")
    return 0
  }
}
