import Analysis
import Diagnostics
import Murphi
import Testing
import TransitionSystem

/// Which functions call which, and what spreads along calls.
@Suite struct CallGraphTests {
  private func functions(_ text: String) throws -> [Function] {
    let source = SourceText(path: "m", text: text + "\nvar x: 0..9;\nstartstate begin x := 0; end;")
    return try #require(MurphiModel.load(source).system).functions
  }

  /// `leaf` is called by both others, `middle` by `top`.
  private static let chain = """
    function leaf(): 0..9; begin return 1; end;
    function middle(): 0..9; begin return leaf(); end;
    function top(): 0..9; begin return middle() + leaf() - 1; end;
    """

  @Test func calleesComeFirst() throws {
    let calls = CallGraph(try functions(Self.chain))
    #expect(calls.callees == [[], [0], [0, 1]])
    #expect(calls.callers == [[1, 2], [2], []])
    #expect(calls.calleesFirst == [0, 1, 2])
  }

  @Test func aFunctionThatCallsItselfHasNoOrder() throws {
    let calls = CallGraph(
      try functions(
        Self.chain
          + "\nfunction again(n: 0..9): 0..9; begin return n = 0 ? 0 : again(n - 1); end;"))
    #expect(calls.calleesFirst == nil)
    #expect(calls.spreadToCallers([false, false, false, true]) == [false, false, false, true])
  }

  @Test func whatIsSoInACalleeSpreadsToItsCallers() throws {
    let calls = CallGraph(try functions(Self.chain))
    #expect(calls.spreadToCallers([true, false, false]) == [true, true, true])
    #expect(calls.spreadToCallers([false, true, false]) == [false, true, true])
    #expect(calls.spreadToCallers([false, false, true]) == [false, false, true])
  }

  @Test func whatIsCalledIsWalkedThroughOnce() throws {
    let functions = try functions(Self.chain)
    var results = 0
    functions.forEachPart(calledFrom: [2]) { part in
      if case .statement(let statement) = part, case .result = statement.kind { results += 1 }
    }
    #expect(results == 3)
    results = 0
    functions.forEachPart(calledFrom: [1]) { part in
      if case .statement(let statement) = part, case .result = statement.kind { results += 1 }
    }
    #expect(results == 2)
  }
}

/// The slots that a place may be.
@Suite struct PlaceSlotsTests {
  private func place(_ value: Expression) -> Place {
    let index = Place.Index(value: value, lower: 2, count: 3, stride: 4, span: .none)
    let type = ValueType.scalar(.boolean)
    return Place(base: .state, offset: 1, indices: [index], type: type, span: .none)
  }

  private func slots(ofIndex value: Int64?) -> [Int] {
    var list: [Int] = []
    place(Expression(.literal(value ?? 0), at: .none))
      .slots(inStateOf: 16) { _ in value }.forEach { list.append($0) }
    return list
  }

  @Test func anIndexThatIsKnownIsOneElement() {
    #expect(slots(ofIndex: 2) == [1])
    #expect(slots(ofIndex: 4) == [9])
  }

  @Test(arguments: [nil, 1, 5, Int64.max, Int64.min] as [Int64?])
  func anyOtherStandsForAllElements(value: Int64?) {
    #expect(slots(ofIndex: value) == [1, 5, 9])
  }
}
