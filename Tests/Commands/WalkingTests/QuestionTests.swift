import Checking
import Diagnostics
import Evaluation
import Exploration
import Report
import Runs
import TestSupport
import Testing
import Trace
import TransitionSystem
import Walking

/// What is asked in a state of a walk, and where a way leads.
@Suite struct QuestionTests {
  private func started(_ model: ModelText) throws -> WalkSession {
    let session = try WalkSession(model)
    let start = try #require(try session.choices(behind: nil).list.first)
    try session.take(start.instance, behind: nil)
    return session
  }

  // MARK: - Expressions

  /// The start state of handover.m as its text says it.
  @Test(arguments: [
    ("phase", "SERVING"), ("faults", "0"), ("phase = GIVING", "false"),
    ("exists d: device_t do irq[d] = TO_OLD end", "true"),
    ("forall d: device_t do view[NEW][d] = NONE end", "true"), ("1 + 2", "3"), ("FAULTS", "1"),
    ("1 = 1", "true"), ("NEW", "NEW"), ("true", "true"), ("DEVICES * 2", "6"),
    ("phase = SERVING ? TO_NEW : MASKED", "TO_NEW"),
    ("forall d: device_t do isundefined(used[d]) end", "true"),
  ])
  func anExpressionHasItsValue(text: String, value: String) throws {
    let session = try started(try walkModel("Models/handover.m"))
    #expect(try session.evaluate(text, behind: 0) == .value(value))
  }

  @Test func aVariableHasItsParts() throws {
    let session = try started(try walkModel("Models/handover.m"))
    let value = try session.evaluate("view[OLD]", behind: 0)
    #expect(
      value
        == .parts([0, 1, 2].map { .init(name: "[device_t_\($0)]", value: "MINE") }))
    #expect(
      try session.evaluate("used", behind: 0)
        == .parts([0, 1, 2].map { .init(name: "[device_t_\($0)]", value: "undefined") }))
  }

  @Test func whatHasNoValueSaysWhy() throws {
    let session = try started(try walkModel("Models/handover.m"))
    #expect(
      try session.evaluate("exists d: device_t do used[d] end", behind: 0)
        == .interrupted(.runtimeError(.undefinedRead)))
    #expect(
      try session.evaluate("1 / faults", behind: 0) == .interrupted(.runtimeError(.divisionByZero)))
  }

  /// The place is a character of the text.
  @Test(
    arguments: [
      ("phse = SERVING", 0), ("phase = SRVING", 8), ("", nil), ("   ", nil),
      ("true); rule true ==> begin end; invariant (true", nil), ("phase = ", nil),
      ("/* ", nil), ("faults) = (faults", nil), ("faults := 1", nil), ("{", nil),
    ] as [(String, Int?)])
  func whatIsNoExpressionIsRefused(text: String, offset: Int?) throws {
    let session = try started(try walkModel("Models/handover.m"))
    #expect {
      _ = try session.evaluate(text, behind: 0)
    } throws: { error in
      guard case WalkError.noExpression(let mistake) = error else { return false }
      return offset == nil || mistake.offset == offset
    }
  }

  @Test func aLongExpressionIsRefused() throws {
    let session = try started(try walkModel("Models/handover.m"))
    let text = "true" + String(repeating: " & true", count: 1_000)
    #expect(throws: WalkError.self) { try session.evaluate(text, behind: 0) }
  }

  // MARK: - Properties

  /// All that handover.m says holds in its start state, and its measure of faults is one of them.
  @Test func propertiesHaveTheirParts() throws {
    let model = try walkModel("Models/classics/peterson.m")
    let session = try started(model)
    let truths = try session.properties(behind: 0)
    #expect(truths.count >= model.system.properties.count)
    for truth in truths where model.system.properties[truth.instance.property].kind == .invariant {
      #expect(truth.value == .condition(true))
      #expect(!truth.parts.contains { $0.role == .conjunct && $0.fails })
    }
  }

  /// The conjunct that is false, and neither the one before nor the one behind it.
  @Test func theFalsePartOfAnInvariantIsTold() throws {
    let source = SourceText(
      path: "m",
      text: """
        var x: 0 .. 3; var y: 0 .. 3;
        startstate begin x := 1; y := 2 end;
        rule "r" x < 3 ==> begin x := x + 1 end;
        invariant "three" x > 0 & y < 2 & x != y;
        invariant "arrow" x = 1 -> y = 3;
        invariant "aside" x = 2 -> y = 3;
        """)
    let session = try started(try walkModel(source))
    let truths = try session.properties(behind: 0)
    #expect(truths.map(\.value) == [.condition(false), .condition(false), .condition(true)])
    #expect(truths[0].parts.map(\.fails) == [false, true, false])
    #expect(truths[1].parts.map(\.role) == [.premise, .conclusion])
    #expect(truths[1].parts.map(\.fails) == [false, true])
    #expect(truths[2].parts.map(\.fails) == [true, true])
  }

  // MARK: - Ways

  private var limits: ShortestWay.Limits {
    ShortestWay.Limits(options: ExplorationOptions(), stop: StopCondition(seconds: 60))
  }

  /// A shortest way to where an invariant does not hold is as long as the counterexample of `check`.
  @Test(arguments: [
    ("Models/handshake.m", "Models/handshake/exit-unheard.patch"),
    ("Models/hotswap.m", "Models/hotswap/early-free.patch"),
    ("Models/luo.m", "Models/luo/header-rwsem.patch"),
    ("Models/multikernel.m", "Models/multikernel/forget-added.patch"),
    ("Models/kexec.m", "Models/kexec/once.patch"),
  ])
  func aShortestWayIsAsLongAsTheCounterexample(path: String, patch: String) throws {
    let model = try walkModel(path, patch: patch)
    var request = CheckRequest(model.system)
    request.options.deadlock = .off
    guard case .violated(let counterexample) = try Checking.check(request).verdict,
      case .invariant(let number, let bindings) = counterexample.violation.kind, bindings.isEmpty
    else {
      Issue.record("no invariant without parameters is violated")
      return
    }
    let invariant = model.source.text(of: model.system.properties[number].expression.span)
    let session = try WalkSession(model)
    let way = try session.shortestWay(to: "!(\(invariant))", behind: nil, limits)
    guard case .found(let execution) = way else {
      Issue.record("\(way)")
      return
    }
    #expect(execution.steps.count == counterexample.execution.steps.count)
    try session.take(execution, behind: nil)
    #expect(session.steps == execution.steps)
    let last = session.steps.count - 1
    #expect(try session.evaluate(invariant, behind: last) == .value("false"))
    // It is a walk like any other.
    for (position, step) in session.steps.enumerated().dropFirst() {
      let open = try session.choices(behind: position - 1).list.filter(\.canBeTaken)
      #expect(open.contains { $0.instance == step.instance })
    }
  }

  private let counter = SourceText(
    path: "m",
    text: """
      var x: 0 .. 9;
      startstate begin x := 0 end;
      rule "one" x < 9 ==> begin x := x + 1 end;
      rule "two" x < 8 ==> begin x := x + 2 end;
      """)

  /// Seven is three steps of two and one of one from 0, and from 1 three steps.
  @Test func aWayBeginsWhereTheWalkIs() throws {
    let session = try started(try walkModel(counter))
    guard case .found(let way) = try session.shortestWay(to: "x = 7", behind: nil, limits) else {
      Issue.record("no way")
      return
    }
    #expect(way.steps.count == 5)
    try session.take(RuleInstance(rule: 0, bindings: []), behind: 0)
    guard case .found(let rest) = try session.shortestWay(to: "x = 7", behind: 1, limits) else {
      Issue.record("no way")
      return
    }
    #expect(rest.steps.count == 4)
    try session.take(rest, behind: 1)
    #expect(session.steps.count == 5)
    #expect(try session.evaluate("x", behind: 4) == .value("7"))
    #expect(try session.evaluate("x", behind: 1) == .value("1"))
    // The state where it begins.
    guard case .found(let none) = try session.shortestWay(to: "x = 7", behind: 4, limits) else {
      Issue.record("no way")
      return
    }
    #expect(none.steps.count == 1)
  }

  @Test func aWayHasAClearEnd() throws {
    let session = try started(try walkModel(counter))
    guard case .nowhere(let count) = try session.shortestWay(to: "x > 9", behind: 0, limits) else {
      Issue.record("there is a way")
      return
    }
    #expect(count == 10)
    #expect(throws: WalkError.self) { try session.shortestWay(to: "x", behind: 0, limits) }
    let ended = ShortestWay.Limits(
      options: ExplorationOptions(), stop: StopCondition(isCancelled: { true }))
    guard case .undecided = try session.shortestWay(to: "x = 7", behind: nil, ended) else {
      Issue.record("it has not been ended")
      return
    }
  }

  // MARK: - Graphs

  /// Ten states; one to nine is reached by a step of one, two to nine by one of two.
  @Test func theGraphHasAllStatesAndSteps() throws {
    let session = try started(try walkModel(counter))
    let graph = try session.graph(by: nil, current: 0, stop: StopCondition())
    #expect(graph.isComplete)
    #expect(graph.nodes.count == 10)
    #expect(graph.edges.count == 9 + 8)
    #expect(graph.nodes.map(\.isCurrent) == [true] + Array(repeating: false, count: 9))
    #expect(graph.nodes.map(\.depth).max() == 5)
    let grouped = try session.graph(by: "x > 4", current: 0, stop: StopCondition())
    #expect(grouped.nodes.map(\.label) == ["false", "true"])
    #expect(grouped.nodes.map(\.stateCount) == [5, 5])
    // 4 to 5; 3 to 5 and 4 to 6.
    #expect(grouped.edges.map(\.count).sorted() == [1, 2])
  }

  @Test func aLargeGraphEnds() throws {
    let session = try started(try walkModel("Models/hotswap.m"))
    let graph = try session.graph(by: nil, current: 0, stop: StopCondition())
    #expect(graph.nodes.count == StateGraph.maximumNodeCount)
    #expect(!graph.isComplete)
  }

  // MARK: - Replays

  @Test func aKeptWalkIsWalkedAgain() throws {
    let model = try walkModel("Models/handshake.m")
    let session = try started(model)
    for _ in 0..<30 {
      let last = session.steps.count - 1
      guard let next = try session.choices(behind: last).list.last(where: \.canBeTaken) else {
        break
      }
      try session.take(next.instance, behind: last)
    }
    let kept = try #require(session.run)
    let runs = try ShownRun.read(Array(kept.document.text.utf8))
    let other = try WalkSession(model)
    let replay = try other.load(try #require(runs.first))
    #expect(replay.end == .taken)
    #expect(replay.difference == nil)
    #expect(other.steps == session.steps)
    #expect(other.run == kept)
  }

  /// `exit unheard` leaves a conjunct out: its run stops there in the model that has it.
  @Test func aRunThatNoLongerGoesThroughNamesTheConjunct() throws {
    let source = { (guardText: String) in
      SourceText(
        path: "m",
        text: """
          var x: 0 .. 9; var y: boolean;
          startstate "begin" begin x := 0; y := false end;
          ruleset k: 1 .. 2 do
          rule "add" x < 5 ==> begin x := x + k end;
          end;
          rule "end" x = 4 \(guardText) ==> begin x := 0 end;
          """)
    }
    let before = try started(try walkModel(source("")))
    for bindings: [Int64] in [[2], [2]] {
      try before.take(
        RuleInstance(rule: 0, bindings: bindings), behind: before.steps.count - 1)
    }
    try before.take(RuleInstance(rule: 1, bindings: []), behind: 2)
    let run = try #require(before.run)
    let after = try walkModel(source("& y"))
    let replay = RunReplay(run, in: Wording(system: after.system, source: after.source))
    #expect(replay.execution.steps.count == 3)
    guard case .stopped(let step, .notEnabled(let instance, let parts)) = replay.end else {
      Issue.record("\(replay.end)")
      return
    }
    #expect(step == 3)
    #expect(instance == RuleInstance(rule: 1, bindings: []))
    #expect(parts.map { after.source.text(of: $0.span) } == ["x = 4", "y"])
    #expect(parts.map(\.fails) == [false, true])
  }

  @Test func whatTheModelHasNotIsNamed() throws {
    let session = try started(try walkModel(counter))
    try session.take(RuleInstance(rule: 1, bindings: []), behind: 0)
    var run = try #require(session.run)
    run.steps[1].rule = "three"
    let model = try walkModel(counter)
    let wording = Wording(system: model.system, source: model.source)
    #expect(RunReplay(run, in: wording).end == .stopped(step: 1, .unknownRule("three")))
    run.steps[1].rule = "one"
    let other = RunReplay(run, in: wording)
    #expect(other.end == .taken)
    let difference = try #require(other.difference)
    #expect((difference.step, difference.place) == (1, "x"))
    #expect((difference.kept, difference.now) == ("2", "1"))
    run.steps[1].parameters = [.init("k", "1")]
    guard case .stopped(1, .unknownParameters) = RunReplay(run, in: wording).end else {
      Issue.record("it has been taken")
      return
    }
  }

  /// A run to a step that fails ends with it, and where it no longer fails it is a step.
  @Test func aStepThatFailsFailsAgain() throws {
    let source = { (limit: Int) in
      SourceText(
        path: "m",
        text: """
          var x: 0 .. \(limit);
          startstate "begin" begin x := 0 end;
          rule "add" true ==> begin x := x + 4 end;
          """)
    }
    let model = try walkModel(source(3))
    guard
      case .violated(let counterexample) = try Checking.check(CheckRequest(model.system)).verdict
    else {
      Issue.record("nothing is violated")
      return
    }
    let wording = Wording(system: model.system, source: model.source)
    let run = ShownRuns(wording).run(
      counterexample, ViolationText(counterexample, wording))
    guard case .fails(let instance, _) = RunReplay(run, in: wording).end else {
      Issue.record("it does not fail")
      return
    }
    #expect(instance.rule == 0)
    let wider = try walkModel(source(9))
    let replay = RunReplay(run, in: Wording(system: wider.system, source: wider.source))
    #expect(replay.end == .taken)
    #expect(replay.execution.steps.count == 2)
  }
}
