import Foundation
import Randomness
import SMT
import TestSupport
import Testing

/// Scripts say what was asked: ours is read again, and other solvers have the same answer.
@Suite struct ScriptTests {
  @Test func aScriptIsReadable() throws {
    let (base, size) = (IntTerm(unknown: "new_base"), IntTerm(unknown: "need[proc_t_0]"))
    let query = try Query(
      [
        Assertion(
          base.remainder(by: 0x20_0000, rounding: .euclidean).equals(0),
          named: "the image lies at 2 MiB", comment: "boot.rst: kernel_alignment\nmust be kept"),
        Assertion(base >= -5 && BoolTerm(unknown: "low") || base + size < 0x10_0000),
      ], comment: "Does it fit?", expectation: .satisfiable)
    #expect(
      query.script == """
        ; Does it fit?
        (set-info :smt-lib-version 2.6)
        (set-info :status sat)
        (set-logic QF_LIA)

        (declare-const new_base Int)
        (declare-const low Bool)
        (declare-const |need[proc_t_0]| Int)

        ; boot.rst: kernel_alignment
        ; must be kept
        (assert (! (= (mod new_base 2097152) 0)
          :named |the image lies at 2 MiB|))

        (assert (or (and (<= (- 5) new_base) low) (< (+ new_base |need[proc_t_0]|) 1048576)))

        (check-sat)

        """)
  }

  private static func random(_ seed: UInt64, depth: Int) throws -> Query {
    var random = RandomTerm(seed: seed)
    let bounds = RandomTerm.bounds.map { Assertion($0) }
    let formulas = (0..<4).map {
      Assertion(random.formula(depth: depth), named: "formula \($0)", comment: "number \($0)")
    }
    return try Query(bounds + formulas)
  }

  @Test(arguments: 0..<60)
  func whatIsReadIsWhatWasWritten(seed: UInt64) throws {
    let query = try Self.random(seed, depth: 2 + Int(seed % 4))
    let again = try Query(script: query.script)
    #expect(again.assertions.map(\.name) == query.assertions.map(\.name))
    var random = RandomTerm(seed: seed)
    for _ in 0..<20 {
      let model = random.model()
      #expect(try again.isSatisfied(by: model) == query.isSatisfied(by: model))
    }
    #expect(try again.decide() == query.decide())
    // Comments are not kept, so the second script is compared with the third.
    #expect(try Query(script: again.script).script == again.script)
  }

  /// Other programs, where they are installed.
  @Test(arguments: ["cvc5", "z3"])
  func otherSolversAgree(solver: String) throws {
    guard let path = Program.path(of: solver) else { return }
    var answers: [Answer: Int] = [:]
    for seed in 1000..<1060 {
      let query = try Self.random(UInt64(seed), depth: 3)
      let answer = try query.decide()
      #expect(try Program.answer(of: path, to: query.script) == answer, "\(query.script)")
      answers[answer, default: 0] += 1
    }
    #expect(answers[.satisfiable, default: 0] > 3 && answers[.unsatisfiable, default: 0] > 3)
  }

  /// Names that SMT-LIB keeps for itself, or that need bars, mean no more than other names.
  @Test(arguments: ["cvc5", "z3"])
  func strangeNames(solver: String) throws {
    let names = [
      "abs", "mod", "mod'", "div", "true", "not", "xor", "let", "forall", "_", "as", "!", "Int",
      "assert", "part1", "@x", ".x", "'@x'", "1x", "x y", " ", "need[proc_t_0]", "-", "a\"b", "a;b",
      "(a", ":named", "select", "store",
    ]
    let unknowns = names.map { IntTerm(unknown: $0) }
    let increasing = zip(unknowns, unknowns.dropFirst()).map { $0 < $1 }
    var assertions = zip(names, increasing).map {
      Assertion($1, named: $0, comment: "; (check-sat)")
    }
    let span = unknowns[names.count - 1] - unknowns[0]
    for (slack, answer) in [(0, Answer.satisfiable), (-1, .unsatisfiable)] {
      assertions.append(Assertion(span <= IntTerm(names.count - 1 + slack)))
      let query = try Query(assertions)
      #expect(try query.decide() == answer)
      #expect(try Query(script: query.script).decide() == answer)
      guard let path = Program.path(of: solver) else { continue }
      #expect(try Program.answer(of: path, to: query.script) == answer)
    }
  }

  /// A long term is folded and shared, and still means the same.
  @Test func sharedParts() throws {
    let (x, y) = (IntTerm(unknown: "x"), IntTerm(unknown: "part1"))
    let term = (0..<60).reduce(x) { term, number in
      IntTerm.ifThenElse(term < IntTerm(number * 3), term + 1, term - y)
    }
    let query = try Query([Assertion(term.equals(7) && x.equals(3) && y.equals(2), named: "long")])
    #expect(query.script.split(separator: "\n").allSatisfy { $0.utf8.count <= 100 })
    let answer = try query.decide()
    #expect(try Query(script: query.script).decide() == answer)
    for solver in ["cvc5", "z3"] {
      guard let path = Program.path(of: solver) else { continue }
      #expect(try Program.answer(of: path, to: query.script) == answer)
    }
  }

  @Test func verification() throws {
    let x = IntTerm(unknown: "x")
    let contradiction = [Assertion(x > 0), Assertion(x < 1)]
    func verify(_ assertions: [Assertion], _ expectation: Query.Expectation?) throws -> Verification
    {
      let query = try Query(assertions, expectation: expectation)
      return try Query(script: query.script).verify()
    }
    #expect(try verify(contradiction, .unsatisfiable) == .confirmed)
    #expect(try verify(contradiction, .satisfiable) == .refuted)
    #expect(try verify([contradiction[0]], .satisfiable) == .confirmed)
    #expect(try verify([contradiction[0]], .unsatisfiable) == .refuted)
    #expect(throws: SMTError.noExpectation) { try verify(contradiction, nil) }
  }

  /// What is not of our form is refused, with its line.
  @Test(arguments: [
    ("", 1), ("(check-sat)", 0), ("(set-logic QF_LIA)\n", 2), ("(set-logic QF_NIA)(check-sat)", 1),
    ("(set-logic QF_LIA)\n(assert true)\n(check-sat)\n(check-sat)", 4),
    ("(set-logic QF_LIA)\n(assert x)(check-sat)", 2),
    ("(set-logic QF_LIA)\n(declare-const x Int)\n(declare-const x Bool)(check-sat)", 3),
    ("(set-logic QF_LIA)(declare-const x Int)\n(assert x)(check-sat)", 2),
    ("(set-logic QF_LIA)(declare-const x Int)\n(assert (= (* x x) 1))(check-sat)", 2),
    ("(set-logic QF_LIA)(declare-const x Int)\n(assert (= (div x 0) 1))(check-sat)", 2),
    ("(set-logic QF_LIA)(declare-const x Int)\n(assert (= (mod x x) 1))(check-sat)", 2),
    ("(set-logic QF_LIA)(declare-const x Int)\n(assert (< x true))(check-sat)", 2),
    ("(set-logic QF_LIA)\n(assert ())(check-sat)", 2), ("(set-logic QF_LIA)(assert\n(not))", 2),
    ("(set-logic QF_LIA)\n(assert (! true :named |a))", 2), ("(set-logic QF_LIA)(assert 1.5)", 1),
    ("(set-logic QF_LIA)(push 1)(check-sat)", 1), ("(assert true)(check-sat)", 1),
    ("(set-logic QF_LIA)(define-fun f () Int 1)(check-sat)", 1), ("(set-info :status", 1),
    ("(set-info :status maybe)", 1), ("(set-info :status sat)\n(set-info :status unsat)", 2),
    ("(set-logic QF_LIA)(assert (let ((a true) (b a)) b))(check-sat)", 1),
    ("(set-logic QF_LIA)(assert (and (let ((a true)) a) a))(check-sat)", 1),
    ("(set-logic QF_LIA)(assert " + String(repeating: "(not ", count: 50_000), 1),
    (String(repeating: "(", count: 50_000), 1), (")", 1),
  ])
  func refusals(script: String, line: Int) {
    // A script of one (check-sat) alone is a question without assertions.
    guard line > 0 else {
      #expect(throws: Never.self) { try Query(script: script) }
      return
    }
    let error = #expect(throws: SMTError.self) { try Query(script: script) }
    guard case .unreadableScript(let found, _) = error else {
      Issue.record("\(script.prefix(100)): \(String(describing: error))")
      return
    }
    #expect(found == line, "\(script.prefix(100)): \(String(describing: error))")
  }

  /// Damage is an error or another question, never a crash.
  @Test func damagedScripts() throws {
    var random = SplitMix64(seed: 9)
    let bytes = Array(try Self.random(77, depth: 3).script.utf8)
    for _ in 0..<3000 {
      var damaged = bytes
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let position = Int.random(in: 0..<damaged.count, using: &random)
        if Bool.random(using: &random) {
          damaged.remove(at: position)
        } else {
          damaged[position] = Array("()|; \n0x:\"".utf8).randomElement(using: &random) ?? 0
        }
      }
      _ = try? Query(script: String(decoding: damaged, as: UTF8.self))
    }
  }
}
