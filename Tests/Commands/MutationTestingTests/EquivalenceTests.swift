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
    /// Whether a step that changes nothing is one.
    let seesIdleSteps: Bool
    /// Of these slots are the values.
    let slotCount: Int
    let interpreter: Interpreter

    init(
      _ system: TransitionSystem, hiding hidden: String?, seesIdleSteps: Bool = true, slotCount: Int
    ) {
      (self.system, self.hidden, self.slotCount) = (system, hidden, slotCount)
      self.seesIdleSteps = seesIdleSteps
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
              if !seesIdleSteps, end == state { continue }
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

  /// Where no rule that is enabled is a deadlock, whether one is counts.
  private struct Way: Sendable, CustomTestStringConvertible {
    let deadlock: String
    /// With none, all are compared by their runs.
    let mostStates: Int
    /// Whether an idle step is a step of a mutant whose rules are whole.
    let seesIdleSteps: Bool
    /// Of models, some of which have a deadlock themselves and are left out.
    var count: UInt64 = 16

    var testDescription: String { "\(deadlock), \(mostStates) states" }
  }

  private static let ways = [
    Way(deadlock: "off", mostStates: 0, seesIdleSteps: true),
    Way(deadlock: "off", mostStates: 50_000, seesIdleSteps: false),
    Way(deadlock: "stuttering", mostStates: 50_000, seesIdleSteps: false, count: 60),
    Way(deadlock: "stuck", mostStates: 50_000, seesIdleSteps: true, count: 32),
  ]

  @Test(arguments: ways)
  private func runsAreEnumerated(_ way: Way) throws {
    var found: [String: Int] = [:]
    let size = MutationSize(try ScenarioFile.scenario("    deadlock: \(way.deadlock)\n"))
    var plan = MutationPlan()
    plan.mostInterpretedStates = way.mostStates
    for seed in 1...way.count {
      let source = SourceText(path: "m.m", text: Self.model(seed))
      let model = try #require(MurphiModel.load(source).system)
      func runs(
        _ system: TransitionSystem, hiding hidden: String?, _ seesIdleSteps: Bool
      ) throws -> [[String]: Set<[Int64]>] {
        try Runs(
          system, hiding: hidden, seesIdleSteps: seesIdleSteps, slotCount: model.slotCount
        ).ends(upTo: 6)
      }
      guard let report = try? MutationReport.of(source, [size], plan: plan) else { continue }
      for result in report.results {
        guard result.outcome?.word == "survived" || result.outcome == .equivalent else { continue }
        let mutant = try #require(MurphiModel.load(result.mutant.text(of: source)).system)
        let half = result.mutant.secondHalf
        let isSame = result.outcome == .equivalent
        let sees = way.seesIdleSteps || half != nil
        let areSame = try runs(model, hiding: nil, sees) == runs(mutant, hiding: half, sees)
        #expect(isSame == areSame, "\(seed): \(result.mutant.question)")
        let kind = half == nil ? "other" : "split"
        found["\(kind) \(isSame)", default: 0] += 1
        if isSame, half == nil,
          try runs(model, hiding: nil, true) != runs(mutant, hiding: nil, true)
        {
          found["idle", default: 0] += 1
        }
      }
    }
    // Each of them is tested.
    for kind in ["split", "other"] {
      #expect(found["\(kind) true", default: 0] > 5 && found["\(kind) false", default: 0] > 5)
    }
    #expect((found["idle", default: 0] > 5) == !way.seesIdleSteps, "\(found)")
  }

  /// A rule with a higher priority keeps the others back, whatever it changes.
  @Test(arguments: [(["", ""], "equivalent"), (["1 ", "2 "], "survived")])
  func anIdleStepOfHigherPriorityIsAStep(_ numbers: [String], _ word: String) throws {
    let source = SourceText(
      path: "m.m",
      text: """
        var x: 0..2; y: boolean;
        startstate begin x := 0; y := false; end;
        rule \(numbers[0])"rest" x = 1 & y ==> begin x := 1; y := true; end;
        rule \(numbers[1])"go" begin x := (x + 1) % 3; y := !y; end;
        """)
    var plan = MutationPlan()
    plan.usesCache = false
    let size = MutationSize(try ScenarioFile.scenario("    deadlock: off\n"))
    let run = try MutationRun(source, [size], plan) { constants, _ in
      (
        try #require(
          MurphiModel.load(source, overrides: constants, dialect: .cmurphi).system), .cmurphi
      )
    }
    let report = try run.report { _ in }
    #expect(report.outcome("it never happens", in: "rest")?.word == word)
  }
}
