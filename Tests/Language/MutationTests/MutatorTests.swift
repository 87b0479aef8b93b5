import Diagnostics
import Murphi
import Mutation
import Patches
import TestSupport
import Testing
import TransitionSystem

/// What is made of small models, kind by kind, and of all models of the repository.
@Suite struct MutatorTests {
  /// The mutants of a text, each as the lines that it has and the model has not.
  private static func mutants(_ text: String) -> (source: SourceText, mutants: [Mutant]) {
    let source = SourceText(path: "m.m", text: text)
    let (model, diagnostics) = Parser.parse(source)
    #expect(diagnostics.isEmpty)
    return (source, Mutator.mutants(of: model, source))
  }

  /// A model with one rule.
  private static func model(_ rule: String, functions: String = "") -> String {
    """
    type color_t: enum { RED, GREEN, BLUE };
    const MOST: 3;
    type id_t: scalarset(2);
    var
      color: color_t;
      count: 0..MOST;
      busy: array [id_t] of boolean;
    \(functions)
    startstate begin
      color := RED; count := 0; for i: id_t do busy[i] := false; end;
    end;
    \(rule)
    invariant "few" count <= MOST;

    """
  }

  /// The rule as each mutant of a kind has it, in the order of the text, words apart by one blank.
  private static func rules(
    _ kind: MutantKind, _ rule: String, functions: String = ""
  ) -> [String] {
    let (source, mutants) = mutants(model(rule, functions: functions))
    return mutants.filter { $0.kind == kind }.map { mutant in
      let text = String(decoding: mutant.text(of: source).bytes, as: UTF8.self)
      let start = text.range(of: "\nrule")?.lowerBound ?? text.startIndex
      let end = text.range(of: "\ninvariant")?.lowerBound ?? text.endIndex
      return text[start..<end].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }

  @Test func conjunctsAreDroppedAndNegated() {
    let rule = "rule \"r\" color = RED & (count < MOST | count = 0) ==> begin count := 0; end;"
    #expect(
      Self.rules(.dropConjunct, rule) == [
        "rule \"r\" (count < MOST | count = 0) ==> begin count := 0; end;",
        "rule \"r\" color = RED ==> begin count := 0; end;",
        "rule \"r\" color = RED & (count = 0) ==> begin count := 0; end;",
        "rule \"r\" color = RED & (count < MOST) ==> begin count := 0; end;",
      ])
    #expect(
      Self.rules(.negateConjunct, rule) == [
        "rule \"r\" !(color = RED) & (count < MOST | count = 0) ==> begin count := 0; end;",
        "rule \"r\" color = RED & !((count < MOST | count = 0)) ==> begin count := 0; end;",
      ])
    #expect(
      Self.rules(.dropConjunct, "rule \"r\" count = 0 ==> begin count := 1; end;").first
        == "rule \"r\" true ==> begin count := 1; end;")
  }

  @Test func statementsAreDroppedAndSwapped() {
    let rule = """
      rule "r" begin
        count := 1;
        color := count = 1 ? RED : BLUE;
        undefine busy;
      end;
      """
    #expect(
      Self.rules(.dropStatement, rule) == [
        "rule \"r\" begin color := count = 1 ? RED : BLUE; undefine busy; end;",
        "rule \"r\" begin count := 1; undefine busy; end;",
        "rule \"r\" begin count := 1; color := count = 1 ? RED : BLUE; end;",
      ])
    // Nobody sees in which order the last two are done.
    #expect(
      Self.rules(.swapStatements, rule) == [
        "rule \"r\" begin color := count = 1 ? RED : BLUE; count := 1; undefine busy; end;"
      ])
    #expect(
      Self.rules(.dropIf, rule) == [
        "rule \"r\" begin count := 1; color := RED; undefine busy; end;",
        "rule \"r\" begin count := 1; color := BLUE; undefine busy; end;",
      ])
  }

  @Test func valuesAreOthersOfTheirType() {
    let rule = """
      ruleset i: id_t; j: id_t do rule "r" busy[i] & color = BLUE ==> begin busy[j] := true; end; end;
      """
    let (source, mutants) = Self.mutants(Self.model(rule))
    let values = mutants.filter { $0.kind == .otherValue }.map { mutant in
      (source.text(of: mutant.span), mutant.edits.map(\.replacement))
    }
    #expect(values.map(\.0) == ["i", "BLUE", "j", "true"])
    #expect(values.map(\.1) == [["j"], ["RED"], ["i"], ["false"]])
  }

  @Test func numbersAreOffByOne() {
    let rule = "rule \"r\" count < MOST ==> begin count := count + 1; end;"
    #expect(
      Self.rules(.offByOne, rule) == [
        "rule \"r\" count <= MOST ==> begin count := count + 1; end;",
        "rule \"r\" count < (MOST + 1) ==> begin count := count + 1; end;",
        "rule \"r\" count < (MOST - 1) ==> begin count := count + 1; end;",
        "rule \"r\" count < MOST ==> begin count := count + 2; end;",
        "rule \"r\" count < MOST ==> begin count := count + 0; end;",
      ])
  }

  @Test func quantifiersAreTheOther() {
    let rule = """
      rule "r" (forall i: id_t do exists j: id_t do busy[i] = busy[j] endexists end) ==>
      begin count := 0; end;
      """
    #expect(
      Self.rules(.otherQuantifier, rule) == [
        "rule \"r\" (exists i: id_t do exists j: id_t do busy[i] = busy[j] endexists end) ==> begin "
          + "count := 0; end;",
        "rule \"r\" (forall i: id_t do forall j: id_t do busy[i] = busy[j] end end) ==> begin "
          + "count := 0; end;",
      ])
  }

  @Test func anIfIsDropped() {
    let rule = """
      rule "r" begin if count = 0 then color := RED; count := 1; else color := BLUE; end; end;
      """
    #expect(Self.rules(.dropIf, rule) == ["rule \"r\" begin color := RED; count := 1; end;"])
  }

  @Test func callsAreDroppedDoubledAndReordered() {
    let functions = """
      procedure tell(n: 0..MOST); begin count := n; end;
      procedure unused(); begin count := 2; end;
      function property_only(): boolean; begin return count != 2; end;
      """
    let rule = "rule \"r\" begin tell(1); color := RED; end;"
    #expect(
      Self.rules(.dropCall, rule, functions: functions) == ["rule \"r\" begin color := RED; end;"])
    #expect(
      Self.rules(.doubleCall, rule, functions: functions)
        == ["rule \"r\" begin tell(1); tell(1); color := RED; end;"])
    #expect(
      Self.rules(.reorderCall, rule, functions: functions)
        == ["rule \"r\" begin color := RED; tell(1); end;"])
    let (_, mutants) = Self.mutants(Self.model(rule, functions: functions))
    let names = Set(mutants.map(\.declaration.name))
    #expect(names == ["tell", "r"])
    #expect(mutants.filter { $0.declaration.name == "tell" }.allSatisfy { $0.rules == [0] })
  }

  @Test func aRuleIsDroppedByItsGuard() {
    #expect(
      Self.rules(.dropRule, "rule \"r\" count = 0 ==> begin count := 1; end;")
        == ["rule \"r\" false ==> begin count := 1; end;"])
    #expect(
      Self.rules(.dropRule, "rule \"r\" begin count := 1; end;")
        == ["rule \"r\" false ==> begin count := 1; end;"])
  }

  @Test func aRuleIsSplit() throws {
    let rule = """
      ruleset i: id_t do
        rule "r" !busy[i] ==> begin
          count := 1;
          busy[i] := true;
        end;
      end;
      """
    let (source, mutants) = Self.mutants(Self.model(rule))
    let split = try #require(mutants.first { $0.kind == .splitRule })
    #expect(mutants.count { $0.kind == .splitRule } == 1)
    let text = String(decoding: split.text(of: source).bytes, as: UTF8.self)
    #expect(
      text.contains(
        """
        var between: array [id_t] of boolean;

        ruleset i: id_t do
          rule "r" isundefined(between[i]) & (!busy[i]) ==> begin
            count := 1;
            between[i] := true;
          end;
        \("  ")
          rule "r, second half"
            !isundefined(between[i])
          ==>
          begin
            undefine between[i];
            busy[i] := true;
          end;
        end;
        """))
    let loaded = MurphiModel.load(split.text(of: source))
    #expect(loaded.system?.rules.map(\.name) == ["r", "r, second half"], "\(loaded.diagnostics)")
  }

  @Test func whatASecondHalfNeedsIsNotLost() {
    let rule = """
      rule "r" var n: 0..MOST; begin n := count; color := RED; count := n; color := BLUE; end;
      """
    // Only behind the last use of the rule's own variable.
    #expect(Self.rules(.splitRule, rule).count == 1)
  }

  @Test func propertiesStayAsTheyAre() {
    let rule = """
      rule "r" count = 0 ==> begin
        assert "here" color != BLUE;
        if color = BLUE then error "there"; end;
        count := 1;
      end;
      """
    let (source, mutants) = Self.mutants(Self.model(rule))
    for mutant in mutants {
      let text = String(decoding: mutant.text(of: source).bytes, as: UTF8.self)
      #expect(text.contains("assert \"here\" color != BLUE;"))
      #expect(text.contains("invariant \"few\" count <= MOST;"))
      #expect(text.contains("color := RED; count := 0; for i: id_t do busy[i] := false; end;"))
    }
  }

  @Test func aQuestionIsOneLine() {
    let rule = """
      rule "r" count = 0 -- a comment
        & color = RED ==> begin
        if busy[0] then -- why
          count :=
            1;
        end;
      end;
      """
    let text = rule.replacingOccurrences(of: "busy[0]", with: "color = RED")
    for mutant in Self.mutants(Self.model(text)).mutants {
      #expect(!mutant.question.contains("\n") && !mutant.question.contains("--"))
    }
  }

  /// All that is shipped and all that tests have, but what is no model.
  static let models = RepositoryModel.models(
    below: "Models", "Tests/Corpus/holds", "Tests/Corpus/violated")

  /// The same mutants each time, no two the same, none the model, each of one place, and its diff is a
  /// patch that makes it.
  @Test(arguments: models)
  func mutantsOfTheRepository(_ model: RepositoryModel) throws {
    let source = try model.source()
    let rules: LexicalRules =
      Parser.parse(source).diagnostics.isEmpty ? .rumur : .cmurphi
    let (syntax, diagnostics) = Parser.parse(source, rules: rules)
    guard diagnostics.isEmpty else { return }
    let mutants = Mutator.mutants(of: syntax, source, rules: rules)
    #expect(mutants == Mutator.mutants(of: syntax, source, rules: rules))
    var texts: Set<[UInt8]> = [source.bytes]
    for (number, mutant) in mutants.enumerated() {
      let text = mutant.text(of: source)
      #expect(texts.insert(text.bytes).inserted, "\(mutant)")
      guard number % 3 == 0 else { continue }
      // What is not well-typed is said when it is loaded; the grammar is always kept to.
      let (_, mistakes) = Parser.parse(text, rules: rules)
      #expect(mistakes.isEmpty, "\(mutant) \(mistakes)")
      guard number % 9 == 0 else { continue }
      let diff = UnifiedDiff(from: source, to: text).bytes()
      let patch = try Patch(SourceText(path: "mutant.patch", bytes: diff))
      #expect(try patch.applied(to: source).bytes == text.bytes)
    }
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }

  fileprivate func replacingOccurrences(of old: String, with new: String) -> String {
    replacing(old, with: new)
  }
}
