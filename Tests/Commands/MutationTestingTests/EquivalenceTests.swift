import Diagnostics
import Evaluation
import Murphi
import Mutation
import MutationTesting
import Randomness
import Scenarios
import Testing
import TransitionSystem

/// That a mutant is the model again is so by enumerating runs, too, of small random models.
@Suite struct EquivalenceTests {
  private static let guards = [
    "a", "!a", "b", "!b", "c = 0", "c < 2", "c > 0 & a", "a = b", "true",
  ]
  private static let statements = [
    "a := !a", "a := true", "b := a", "b := false", "c := 0", "c := (c + 1) % 3", "c := 2",
    "if a then c := 1; else c := 0; end", "b := c > 1",
  ]

  private static func model(_ seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    func word(_ words: [String]) -> String { words[Int.random(in: words.indices, using: &random)] }
    var text = """
      var a: boolean; b: boolean; c: 0..2;
      startstate begin a := false; b := false; c := 0; end;

      """
    for number in 0..<3 {
      text += "rule \"\(number)\" \(word(guards)) ==> begin\n"
      for _ in 0..<Int.random(in: 1...3, using: &random) { text += "  \(word(statements));\n" }
      text += "end;\n"
    }
    return text
  }

  /// All runs up to a length as an onlooker sees them, and the values behind each from which no step
  /// leads on that nobody sees.
  private struct Runs {
    let system: TransitionSystem
    let hidden: String?
    /// Of these slots are the values.
    let slotCount: Int
    let interpreter: Interpreter

    init(_ system: TransitionSystem, hiding hidden: String?, slotCount: Int) {
      (self.system, self.hidden, self.slotCount) = (system, hidden, slotCount)
      interpreter = Interpreter(system: system)
    }

    func ends(upTo length: Int) throws -> [[String]: Set<[Int64]>] {
      var all: [[String]: Set<[Int64]>] = [:]
      interpreter.reset()
      try interpreter.fire(system.startStates[0])
      var level: [[String]: Set<[Int64]>] = [[]: [state]]
      for _ in 0...length {
        var next: [[String]: Set<[Int64]>] = [:]
        for (run, begun) in level {
          let states = try closure(begun)
          all[run] = []
          for state in states {
            var canRest = true
            for rule in system.rules {
              guard let end = try end(of: rule, from: state) else { continue }
              if rule.name == hidden {
                canRest = false
              } else {
                next[run + [rule.name], default: []].insert(end)
              }
            }
            if canRest { all[run]?.insert(Array(state.prefix(slotCount))) }
          }
        }
        level = next
      }
      return all
    }

    private var state: [Int64] { (0..<system.slotCount).map { interpreter.slots[$0] } }

    private func end(of rule: Rule, from state: [Int64]) throws -> [Int64]? {
      for slot in state.indices { interpreter.slots[slot] = state[slot] }
      guard try interpreter.guardHolds(rule, []) else { return nil }
      try interpreter.fire(rule)
      return self.state
    }

    private func closure(_ states: Set<[Int64]>) throws -> Set<[Int64]> {
      var all = states
      var open = Array(states)
      while let state = open.popLast() {
        for rule in system.rules where rule.name == hidden {
          if let end = try end(of: rule, from: state), all.insert(end).inserted { open.append(end) }
        }
      }
      return all
    }
  }

  /// - Parameter mostStates: With none, all are compared by their runs.
  @Test(arguments: [0, 50_000])
  func runsAreEnumerated(_ mostStates: Int) throws {
    var found: [String: Int] = [:]
    let size = MutationSize(try ScenarioFile.scenario("    deadlock: off\n"))
    var plan = MutationPlan()
    plan.mostInterpretedStates = mostStates
    for seed in UInt64(1)...16 {
      let source = SourceText(path: "m.m", text: Self.model(seed))
      let model = try #require(MurphiModel.load(source).system)
      let runs = try Runs(model, hiding: nil, slotCount: model.slotCount).ends(upTo: 6)
      for result in try MutationReport.of(source, [size], plan: plan).results {
        guard result.outcome?.word == "survived" || result.outcome == .equivalent else { continue }
        let mutant = try #require(MurphiModel.load(result.mutant.text(of: source)).system)
        let others = try Runs(
          mutant, hiding: result.mutant.secondHalf, slotCount: model.slotCount
        ).ends(upTo: 6)
        let isSame = result.outcome == .equivalent
        #expect(isSame == (runs == others), "\(seed): \(result.mutant.question)")
        let kind = result.mutant.kind == .splitRule ? "split" : "other"
        found["\(kind) \(isSame)", default: 0] += 1
      }
    }
    // Each of the four is tested.
    for kind in ["split", "other"] {
      #expect(found["\(kind) true", default: 0] > 5 && found["\(kind) false", default: 0] > 5)
    }
  }
}
