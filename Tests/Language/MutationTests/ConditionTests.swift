import Diagnostics
import Murphi
import Mutation
import Testing

/// Which conditions a model asks for, whatever joins them.
@Suite struct ConditionTests {
  private static func conditions(_ text: String) -> [Condition] {
    let source = SourceText(path: "m.m", text: text)
    let (model, diagnostics) = Parser.parse(source)
    #expect(diagnostics.isEmpty)
    return Condition.all(of: model, source)
  }

  private static let model = """
    type id_t: scalarset(2); record_t: record a: boolean; end;
    var busy: array [id_t] of record_t; count: 0..2; at: array [id_t] of id_t;
    startstate begin count := 0; end;
    ruleset a: id_t do
      rule "one" busy[a].a & !(count = 0 | -- A comment.
        count   < 2) ==> begin count := 1; end;
      ruleset j: id_t do
        rule "two" at[a] = j -> busy[j].a ==> begin count := 0; end;
        alias one: busy[j] do rule "three" one.a & count > 1 ==> begin count := 0; end; end;
      end;
    end;
    ruleset k := 0 to 2 by 1 do rule "four" count = k ==> begin count := 0; end; end;
    invariant "none" true & forall i: id_t do exists j: id_t do at[i] = j end end;
    measure "count" count;
    """

  @Test func conditionsAreTakenApart() {
    let conditions = Self.conditions(Self.model)
    #expect(
      conditions.map { $0.text($0.names) } == [
        // The field is no parameter.
        "busy[a].a", "count = 0", "count < 2", "at[a] = j", "count > 1",
        "forall i: id_t do exists j: id_t do at[i] = j end end",
        "exists j: id_t do at[i] = j end",
      ])
    #expect(
      conditions.map(\.types) == [["id_t"], [], [], ["id_t", "id_t"], [], [], ["id_t"]])
    #expect(conditions.map(\.isPrimary) == [true, false, false, false, false, false, false])
  }

  @Test func parametersHaveAnyNames() {
    let condition = Self.conditions(Self.model)[3]
    #expect(condition.text(["b", "c"]) == "at[b] = c")
  }
}
