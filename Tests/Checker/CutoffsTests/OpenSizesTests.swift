import Checking
import Diagnostics
import Evaluation
import Exploration
import Murphi
import Proving
import Testing
import Trace
import TransitionSystem

/// One circuit of all sizes up to some: of each of them it says what the circuit of that size alone says,
/// and what it finds is a state of that size, by the interpreter.
@Suite struct OpenSizesTests {
  private static let head = """
    const N: 2; M: 2;
    type p_t: scalarset(N); q_t: scalarset(M); s_t: enum { A, B };

    """

  /// Models in which something looks at all elements, or at what is of them.
  private static let models: [(name: String, text: String)] = [
    (
      "whole arrays",
      """
      var a, b: array [p_t] of s_t; same: boolean;
      startstate begin for p: p_t do a[p] := A; b[p] := A; end; same := true; end;
      ruleset p: p_t do rule "a" true ==> begin a[p] := B; same := a = b; end; end;
      ruleset p: p_t do rule "b" true ==> begin b := a; b[p] := A; same := a = b; end; end;
      rule "c" true ==> begin b := a; same := false; end;
      invariant "same" same = (a = b);
      invariant "not all" same | exists p: p_t do a[p] != b[p] end;
      """
    ),
    (
      "arrays that functions return, and one of two",
      """
      var a, b: array [p_t] of s_t; r: array [q_t] of array [p_t] of s_t; x: boolean;
      function pick(f: boolean): array [p_t] of s_t; begin if f then return a; end; return b; end;
      startstate begin
        for p: p_t do a[p] := A; b[p] := B; for q: q_t do r[q][p] := A; end; end; x := false;
      end;
      ruleset q: q_t do rule "r" true ==> begin r[q] := pick(x); x := r[q] = a; end; end;
      rule "x" true ==> begin x := pick(x) = pick(!x); end;
      ruleset p: p_t do rule "p" true ==> begin b[p] := A; end; end;
      invariant "x" !x;
      invariant "r" forall q: q_t do r[q] = a end;
      """
    ),
    (
      "names of elements",
      """
      var o, u: p_t; w: array [q_t] of p_t; x: boolean;
      ruleset p: p_t do startstate begin
        o := p; for q: q_t do w[q] := p; end; x := false;
      end; end;
      ruleset q: q_t do rule "o" true ==> begin o := w[q]; end; end;
      ruleset p: p_t do rule "u" o != p ==> begin u := p; x := true; end; end;
      rule "none" true ==> begin undefine u; end;
      rule "swap" !isundefined(u) ==> var l: p_t; begin l := u; u := o; o := l; end;
      invariant "one" forall q: q_t do w[q] = o end;
      invariant "more" x -> exists p: p_t do p != o end;
      invariant "u" isundefined(u) | u != o;
      """
    ),
    (
      "unions",
      """
      type b_t: union { p_t, s_t, q_t };
      var o: b_t; h: array [p_t] of b_t; x: boolean;
      ruleset p: p_t do startstate begin
        o := p; for e: p_t do h[e] := A; end; x := false;
      end; end;
      ruleset p: p_t do rule "p" true ==> begin o := p; h[p] := o; end; end;
      ruleset q: q_t do rule "q" o = A | o = B ==> begin o := q; end; end;
      rule "s" true ==> begin x := o = B; o := B; end;
      ruleset p: p_t do rule "h" true ==> begin h[p] := o; end; end;
      invariant "p" exists p: p_t do o = p end;
      invariant "not q" (forall q: q_t do o != q end) | !x;
      invariant "all" exists p: p_t do h[p] != B end;
      """
    ),
    (
      "multisets",
      """
      var m: multiset [2] of p_t; n: array [p_t] of multiset [1] of s_t; c: 0 .. 2; x: boolean;
      startstate begin undefine m; for p: p_t do undefine n[p]; end; c := 0; x := false; end;
      ruleset p: p_t do
        rule "add" multisetcount(i: m, true) < 2 ==> begin multisetadd(p, m); c := c + 1; end;
        rule "n" multisetcount(i: n[p], true) = 0 ==> begin multisetadd(B, n[p]); end;
        rule "gone" true ==> begin multisetremovepred(i: m, m[i] = p); end;
        rule "x" true ==> begin x := multisetcount(i: m, m[i] = p) = 2; end;
      end;
      choose i: m do rule "take" true ==> begin multisetremove(i, m); c := c - 1; end; end;
      invariant "c" c = multisetcount(i: m, true);
      invariant "n" exists p: p_t do multisetcount(i: n[p], true) = 0 end;
      invariant "x" !x;
      """
    ),
    (
      "what goes wrong, and what comes to no end",
      """
      var a: array [p_t] of 1 .. 3; x: boolean;
      function least(): 1 .. 3;
      begin for p: p_t do if a[p] = 1 then return 1; end; end; end;
      startstate begin for p: p_t do a[p] := 1; end; x := false; end;
      ruleset p: p_t do
        rule "up" true ==> begin a[p] := a[p] + 1; end;
        rule "others" a[p] = 1 ==> begin
          for e: p_t do if e != p then a[e] := a[e] - 1; end; end;
        end;
      end;
      rule "least" true ==> begin x := least() = 1; end;
      rule "any" exists p: p_t do a[p] = 2 end ==> begin
        for p: p_t do assert "not three" a[p] != 3; end;
      end;
      invariant "small" forall p: p_t do a[p] < 3 end;
      """
    ),
    (
      "counts, and rounds after another",
      """
      var a: array [p_t] of boolean; c: 0 .. 9; l: p_t;
      ruleset e: p_t do startstate begin
        for p: p_t do a[p] := true; end; c := 0; l := e;
      end; end;
      rule "count" true ==> begin
        c := 0; for p: p_t do if a[p] then c := c + 1; l := p; end; end;
      end;
      ruleset p: p_t do rule "a" true ==> begin a[p] := !a[p]; end; end;
      rule "next" true ==> var n: 0 .. 9; begin
        n := 0; while n < 4 & exists p: p_t do a[p] end do
          n := n + 1; for p: p_t do if a[p] then a[p] := false; end; end;
        end;
        c := n;
      end;
      invariant "two" c < 3;
      invariant "l" a[l];
      """
    ),
    (
      "properties with parameters, and assumptions",
      """
      var a: array [p_t] of array [q_t] of s_t; o: q_t;
      ruleset q: q_t do startstate begin
        for p: p_t do for e: q_t do a[p][e] := A; end; end; o := q;
      end; end;
      ruleset p: p_t; q: q_t do rule "a" a[p][o] = A ==> begin a[p][q] := B; end; end;
      ruleset q: q_t do rule "o" true ==> begin o := q; end; end;
      ruleset p: p_t; q: q_t do
        invariant "a" a[p][q] = A | o = q;
        assume "few" forall e: p_t do a[e][q] = B -> e = p | a[p][q] = B end;
      end;
      invariant "o" exists p: p_t do a[p][o] = A end;
      """
    ),
    (
      "records, and places without a value",
      """
      type r_t: record who: p_t; f: array [q_t] of boolean; n: 2 .. 4; end;
      var r: array [p_t] of r_t; s: r_t;
      startstate begin
        for p: p_t do undefine r[p]; r[p].who := p; end; undefine s; clear s.n;
      end;
      ruleset p: p_t do
        rule "s" true ==> begin s := r[p]; end;
        rule "r" !isundefined(s.who) ==> begin r[s.who] := s; r[p].n := 2; end;
        rule "f" true ==> begin for q: q_t do r[p].f[q] := true; end; end;
        rule "read" !isundefined(s.who) ==> begin if r[s.who].n = 4 then s.n := 3; end; end;
      end;
      invariant "who" forall p: p_t do r[p].who = p end;
      invariant "n" forall p: p_t do isundefined(r[p].n) | r[p].n < 4 end;
      invariant "f" forall p: p_t do r[p] != s | exists q: q_t do !isundefined(s.f[q]) end end;
      """
    ),
  ]

  @Test(arguments: models.indices)
  func eachSizeIsAsAlone(number: Int) throws {
    let (name, text) = Self.models[number]
    let seen = try compare(Self.head + text, upTo: (3, 3), name)
    #expect(seen.so > 3 && seen.notSo > 3, "\(name): \(seen)")
  }

  @Test func randomModelsAreAsAlone() throws {
    var (so, notSo) = (0, 0)
    for seed in UInt64(1)...150 {
      var random = RandomElements(seed: seed)
      let seen = try compare(random.text(), upTo: (3, 2), "seed \(seed)")
      (so, notSo) = (so + seen.so, notSo + seen.notSo)
    }
    #expect(so > 500 && notSo > 500, "\(so) and \(notSo)")
  }

  /// What is asked of all sizes at once has the answer that they have one by one.
  @Test(arguments: [[], ["M"], ["N", "M"]]) func allSizesAreAsOneByOne(numbers: [String]) throws {
    let text =
      Self.head + """
        var a: array [p_t] of boolean; b: array [q_t] of boolean;
        startstate begin
          for p: p_t do a[p] := false; end; for q: q_t do b[q] := false; end;
        end;
        ruleset p: p_t; q: q_t do
          rule "take" !(exists e: p_t do a[e] end) ==> begin a[p] := true; b[q] := true; end;
        end;
        invariant "one" forall p: p_t do forall e: p_t do a[p] & a[e] -> p = e end end;
        """
    guard case .proved = try prove(text, areNumbers: numbers) else {
      Issue.record("it is not proved")
      return
    }
    let broken = text.replacing("!(exists e: p_t do a[e] end)", with: "!a[p]")
    guard case .open(let sizes, _) = try prove(broken, areNumbers: numbers) else {
      Issue.record("nothing is found")
      return
    }
    #expect(sizes == ["N": 2, "M": 1])
  }

  /// - Parameter numbers: Constants each of whose values is asked about by itself.
  private func prove(
    _ text: String, areNumbers numbers: [String]
  ) throws -> AnySizeCheck.Outcome {
    let dimensions = [("p_t", "N"), ("q_t", "M")].map { scalarset, constant in
      AnySizeCheck.Dimension(
        scalarset: scalarset, constant: constant, least: 1,
        isNumber: numbers.contains(constant))
    }
    let check = AnySizeCheck(dimensions, stop: StopCondition(), memoryByteCount: nil)
    return try check.prove(try check.cutoffs(try system(text, 2, 2))) { sizes in
      try system(text, sizes["N"] ?? 1, sizes["M"] ?? 1)
    }
  }

  /// How much was so at a size, and how much was not.
  private typealias Seen = (so: Int, notSo: Int)

  private func compare(
    _ text: String, upTo most: (n: Int64, m: Int64), _ name: String
  ) throws -> Seen {
    let whole = try system(text, most.n, most.m)
    let least = Dictionary(
      whole.scalarsets.map { ($0.identity, Int64(1)) }, uniquingKeysWith: max)
    var undefinable: Set<Int> = []
    var systems: [(counts: [Int: Int64], system: TransitionSystem)] = []
    for n in 1...most.n {
      for m in 1...most.m {
        let small = try system(text, n, m)
        systems.append(
          (
            Dictionary(
              small.scalarsets.map { ($0.identity, Int64($0.valueCount ?? 0)) },
              uniquingKeysWith: max), small
          ))
        undefinable.formUnion(
          SearchSpace(small.askingSafetyAlone, symmetry: .off, stop: StopCondition())
            .undefinableVariables)
      }
    }
    var open = LemmaProof(
      try Encoding.make(
        whole.askingSafetyAlone, deadlock: .off, StopCondition(), undefinable: undefinable,
        atLeast: least), ProofLimits())
    var seen: Seen = (0, 0)
    for (counts, small) in systems {
      let asked = small.askingSafetyAlone
      var alone = LemmaProof(
        try Encoding.make(asked, deadlock: .off, StopCondition(), undefinable: undefinable),
        ProofLimits())
      let judge = StepJudge(asked)
      for obligation in asked.properties.indices.map({ LemmaProof.Obligation.property($0) })
        + [.rest]
      {
        for isStart in [true, false] {
          let one = alone.ask(obligation, isStart: isStart)
          let all = open.ask(
            obligation, isStart: isStart, among: counts.mapValues { $0...$0 })
          let words = "\(name): \(obligation), start: \(isStart), \(counts)"
          switch (one, all) {
          case (.none, .none): seen.so += 1
          case (.obstacle, .obstacle(let obstacle, _, let found)):
            seen.notSo += 1
            #expect(found == counts, "\(words)")
            #expect(judge.confirms(obstacle, obligation), "\(words): \(obstacle)")
          default: Issue.record("\(words): alone \(one), among all \(all)\n\(text)")
          }
        }
      }
    }
    return seen
  }

  private func system(_ text: String, _ n: Int64, _ m: Int64) throws -> TransitionSystem {
    let source = SourceText(path: "test.m", bytes: Array(text.utf8))
    let loaded = MurphiModel.load(source, overrides: ["N": n, "M": m])
    return try #require(
      loaded.system, "\(loaded.diagnostics.map(\.message).joined(separator: "\n")) in\n\(text)")
  }
}

/// What the interpreter says of what keeps something from being inductive.
private struct StepJudge {
  private let system: TransitionSystem
  private let steps: InterpretedSteps

  init(_ system: TransitionSystem) {
    self.system = system
    steps = InterpretedSteps(system, stop: StopCondition())
  }

  func confirms(_ obstacle: LemmaProof.Obstacle, _ obligation: LemmaProof.Obligation) -> Bool {
    switch (obstacle, obligation) {
    case (.stopped, _): return false
    case (.start(let instance), _):
      var isFound = false
      steps.forEachStart { start, outcome in
        guard start == instance else { return true }
        isFound = isWrong(outcome, obligation)
        return false
      }
      return isFound
    case (.step(let before, let instance, let after), .property):
      guard holdsAll(before), let found = steps.fire(instance, from: before) else { return false }
      return found == after && isWrong(.state(after), obligation)
    case (.state(let before), .rest):
      guard holdsAll(before) else { return false }
      var isFound = false
      steps.forEachStep(from: before) { _, outcome in
        if case .failure = outcome { isFound = true }
        return !isFound
      }
      return isFound
    case (.step, .rest), (.state, .property): return false
    }
  }

  private func isWrong(
    _ outcome: InterpretedSteps.Outcome, _ obligation: LemmaProof.Obligation
  ) -> Bool {
    switch (outcome, obligation) {
    case (.failure, .rest): return true
    case (.state(let state), .property(let number)):
      steps.load(state)
      return !holds(number)
    case (.failure, .property), (.state, .rest): return false
    }
  }

  private func holdsAll(_ state: [Int64]) -> Bool {
    guard state.count == system.slotCount else { return false }
    steps.load(state)
    return steps.keepsAssumptions() && system.properties.indices.allSatisfy { holds($0) }
  }

  /// In the interpreter's state.
  private func holds(_ number: Int) -> Bool {
    let property = system.properties[number]
    guard property.kind == .invariant || property.kind == .assumption else { return true }
    return TransitionSystem.bindings(of: property.parameters).allSatisfy { bindings in
      do throws(Interruption) {
        return try steps.interpreter.evaluate(property, bindings) != 0
      } catch {
        return false
      }
    }
  }
}
