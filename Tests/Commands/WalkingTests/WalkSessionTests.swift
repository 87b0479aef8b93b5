import Checking
import Diagnostics
import Evaluation
import Exploration
import Murphi
import Randomness
import Report
import Runs
import TestSupport
import Testing
import Trace
import TransitionSystem
import Walking

/// A model of the repository, to be walked through.
func walkModel(
  _ path: String, patch: String? = nil, _ overrides: [String: Int64] = [:]
) throws -> ModelText {
  try walkModel(RepositoryModel(path, patch: patch).source(), overrides)
}

func walkModel(_ source: SourceText, _ overrides: [String: Int64] = [:]) throws -> ModelText {
  let loaded = MurphiModel.load(source, overrides: overrides)
  let system = try #require(loaded.system)
  return ModelText(system, source, overrides: overrides, dialect: loaded.meaning.dialect)
}

@Suite struct WalkSessionTests {
  /// What follows from a state, by the steps that confirm what a search finds.
  private func successors(
    _ steps: InterpretedSteps, of state: [Int64]
  ) -> (leading: [RuleInstance: [Int64]], failing: Set<RuleInstance>) {
    var leading: [RuleInstance: [Int64]] = [:]
    var failing: Set<RuleInstance> = []
    steps.forEachStep(from: state) { instance, outcome in
      switch outcome {
      case .state(let successor): leading[instance] = successor
      case .failure: failing.insert(instance)
      }
      return true
    }
    return (leading, failing)
  }

  /// At each step of a walk at random what can be taken is what a search takes, and leads to the same.
  @Test(arguments: [
    "Models/handover.m", "Models/hotswap.m", "Models/luo.m", "Models/kexec.m", "Models/cpuhp.m",
    "Models/multikernel.m", "Models/classics/german.m",
  ])
  func aWalkTakesTheStepsOfTheInterpreter(path: String) throws {
    let model = try walkModel(path)
    let session = try WalkSession(model)
    let steps = InterpretedSteps(model.system, stop: StopCondition())
    var starts: [RuleInstance: [Int64]] = [:]
    steps.forEachStart { instance, outcome in
      if case .state(let state) = outcome { starts[instance] = state }
      return true
    }
    var random = SplitMix64(seed: 7)
    var position: Int?
    for _ in 0...200 {
      let choices = try session.choices(behind: position)
      #expect(choices.isComplete)
      let open = choices.list.filter(\.canBeTaken).map(\.instance)
      let expected: [RuleInstance: [Int64]]
      if let position {
        let known = successors(steps, of: session.steps[position].slots)
        expected = known.leading
        let failing = choices.list.filter {
          if case .fails = $0.consequence { true } else { false }
        }
        #expect(Set(failing.map(\.instance)) == known.failing)
      } else {
        expected = starts
      }
      #expect(Set(open) == Set(expected.keys), "step \(position ?? -1)")
      guard let next = open.randomElement(using: &random) else {
        // A dead end: on from the start.
        position = nil
        continue
      }
      try session.take(next, behind: position)
      position = session.steps.count - 1
      #expect(session.steps.last?.slots == expected[next])
      #expect(session.steps.last?.instance == next)
    }
    #expect(session.revision > 100)
  }

  @Test func whoGoesOnFromAnEarlierStepLeavesTheLaterOnes() throws {
    let session = try WalkSession(try walkModel("Models/classics/peterson.m"))
    let start = try #require(try session.choices(behind: nil).list.first)
    try session.take(start.instance, behind: nil)
    for _ in 0..<3 {
      let next = try #require(
        try session.choices(behind: session.steps.count - 1).list.first(where: \.canBeTaken))
      try session.take(next.instance, behind: session.steps.count - 1)
    }
    #expect(session.steps.count == 4)
    let second = session.steps[1]
    let other = try #require(try session.choices(behind: 1).list.last(where: \.canBeTaken))
    try session.take(other.instance, behind: 1)
    #expect(session.steps.count == 3)
    #expect(session.steps[1] == second)
    #expect(session.steps[2].instance == other.instance)
    try session.goBack(to: 0)
    #expect(session.steps.count == 1)
    try session.goBack(to: nil)
    #expect(session.steps.isEmpty)
    #expect(session.run == nil)
  }

  @Test func whatIsNotThereIsRefusedAndChangesNothing() throws {
    let model = try walkModel("Models/handover.m")
    let session = try WalkSession(model)
    #expect(throws: WalkError.self) { try session.choices(behind: 0) }
    #expect(throws: WalkError.self) { try session.choices(behind: -1) }
    let start = try #require(try session.choices(behind: nil).list.first)
    try session.take(start.instance, behind: nil)
    let revision = session.revision
    let absent = [
      RuleInstance(rule: -1, bindings: []), RuleInstance(rule: 9_999, bindings: []),
      RuleInstance(rule: 0, bindings: []), RuleInstance(rule: 0, bindings: [99]),
      RuleInstance(rule: 0, bindings: [.min]),
    ]
    for instance in absent {
      #expect(throws: WalkError.self) { try session.take(instance, behind: 0) }
    }
    #expect(throws: WalkError.self) { try session.take(start.instance, behind: 5) }
    #expect(throws: WalkError.self) { try session.goBack(to: 5) }
    #expect(session.revision == revision)
    #expect(session.steps.count == 1)
  }

  /// In the start state all devices are the old kernel's, and none is quiet for ever: a device cannot be
  /// taken into use because it is in use.
  @Test func aFalseConjunctIsNamedWithItsValues() throws {
    let model = try walkModel("Models/handover.m")
    let session = try WalkSession(model)
    try session.take(RuleInstance(rule: 0, bindings: []), behind: nil)
    let rule = try #require(
      model.system.rules.firstIndex { $0.name == "user: use a device" })
    let lacking = try session.guardParts(of: rule, behind: 0)
    #expect(lacking.count == 3)
    for (instance, parts) in lacking {
      #expect(instance.rule == rule)
      #expect(
        parts.map { model.source.text(of: $0.span) } == [
          "phase = SERVING", "view[OLD][d] = NONE",
        ])
      #expect(parts.map(\.fails) == [false, true])
      guard case .fails(let explanation) = parts[1].truth else { continue }
      #expect(explanation.values.map(\.value) == ["MINE", "device_t_\(instance.bindings[0])"])
    }
    #expect {
      try session.take(RuleInstance(rule: rule, bindings: [0]), behind: 0)
    } throws: { error in
      guard case WalkError.cannotBeTaken(nil, let parts) = error else { return false }
      return parts.map(\.fails) == [false, true]
    }
  }

  @Test func symbolicConstantsAreRefused() throws {
    let source = SourceText(
      path: "m",
      text: """
        symbolic a: address;
        var x: boolean;
        startstate begin x := a > 4096 end;
        rule "r" x ==> begin x := false end;
        """)
    let loaded = MurphiModel.load(source)
    let system = try #require(loaded.system)
    let model = ModelText(system, source, overrides: [:], dialect: loaded.meaning.dialect)
    #expect(throws: WalkError.self) { try WalkSession(model) }
  }

  /// Both guards hold; of two numbers the lesser one goes first.
  @Test func rulesOfALowerPriorityWait() throws {
    let source = SourceText(
      path: "m",
      text: """
        var x: 0 .. 3;
        startstate begin x := 0 end;
        rule 60 "late" true ==> begin x := 3 end;
        rule 40 "first" x = 0 ==> begin x := 1 end;
        """)
    let model = try walkModel(source)
    let session = try WalkSession(model)
    try session.take(RuleInstance(rule: 0, bindings: []), behind: nil)
    let choices = try session.choices(behind: 0).list
    #expect(Set(choices.filter(\.canBeTaken).map(\.instance.rule)) == [1])
    #expect(choices.first { $0.instance.rule == 0 }?.consequence == .outranked)
    #expect {
      try session.take(RuleInstance(rule: 0, bindings: []), behind: 0)
    } throws: { error in
      guard case WalkError.cannotBeTaken(.outranked, _) = error else { return false }
      return true
    }
  }
}
