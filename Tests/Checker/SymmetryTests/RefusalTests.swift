import Diagnostics
import Exploration
import Murphi
import Symmetry
import Testing

/// Scalarsets whose elements a model treats differently are not reduced.
@Suite struct RefusalTests {
  private static let first = """
    function first(): p_t;
    begin
      for x: p_t do if b[x] then return x; end; end;
    end;
    """

  private func refusals(_ action: String, properties: String = "") throws -> [SymmetryRefusal
    .Reason]
  {
    let text = """
      type p_t: scalarset(3); q_t: scalarset(3); u_t: union { p_t, enum { NIL } };
      var a: array [p_t] of 0 .. 3; b: array [p_t] of boolean; n: 0 .. 9; f: boolean; g: p_t; h: u_t;
      m: array [p_t] of array [p_t] of boolean; s: multiset [3] of p_t; k: q_t; d: array [q_t] of 0 .. 3;
      \(action.contains("first()") ? Self.first : "")
      function any(): boolean;
      begin
        for x: p_t do if b[x] then return true; end; end;
        return false;
      end;
      procedure set(x: p_t; var v: boolean);
      begin v := true; a[x] := 1; end;
      procedure raise(); begin n := n + 1; end;
      startstate begin
        for x: p_t do a[x] := 0; b[x] := false; for y: p_t do m[x][y] := false; end; end;
        n := 0; f := false; h := NIL;
      end;
      ruleset i: p_t do rule true ==> var l: 0 .. 3; begin \(action) end; end;
      \(properties)
      """
    let loaded = MurphiModel.load(SourceText(path: "m.m", text: text))
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    return SearchSpace(try #require(system, "\(diagnostics)")).symmetry.refusals.map(\.reason)
  }

  @Test(arguments: [
    "for x: p_t do a[x] := 1; end;",
    "for x: p_t do if a[x] = 1 & x != i then a[x] := 0; b[x] := true; end; end;",
    "for x: p_t do n := n + a[x]; end;",
    "for x: p_t do f := f | b[x]; end;",
    "for x: p_t do if b[x] then f := true; end; end;",
    "for x: p_t do l := a[x]; a[x] := 3 - l; end;",
    "for x: p_t do set(x, b[x]); end;",
    "for x: p_t do for y: p_t do m[x][y] := x = y; end; end;",
    "for x: p_t do raise(); end;",
    "for x: p_t do alias v: a[x] do v := 2; end; end;",
    "multisetremovepred(e: s, s[e] = i); for x: p_t do multisetadd(x, s); end;",
    "if any() then f := true; end;",
    "g := i; undefine g; clear a; clear n; h := i;",
  ])
  func symmetryHolds(action: String) throws {
    #expect(try refusals(action) == [])
  }

  @Test(arguments: [
    "for x: p_t do g := x; end;",
    "for x: p_t do h := x; end;",
    "for x: p_t do if !f then f := true; b[x] := true; end; end;",
    "for x: p_t do a[x] := n; if n < 9 then n := n + 1; end; end;",
    "for x: p_t do a[i] := a[x]; end;",
    "for x: p_t do m[x][i] := m[i][x]; end;",
    "for x: p_t do n := n + 1; n := n * 2; end;",
    "for x: p_t do l := a[x]; end; a[i] := l;",
    "for x: p_t do if b[x] then return; end; a[x] := 1; end;",
    "for x: p_t do set(x, f); b[x] := f; end;",
    "for x: u_t do h := x; end;",
    "g := first();",
  ])
  func loopsThatDependOnTheirOrder(action: String) throws {
    #expect(try refusals(action) == [.orderedLoop], "\(action)")
  }

  @Test func clearChoosesAnElement() throws {
    #expect(try refusals("clear g;") == [.clearedElement])
  }

  /// As Rumur has it, scalarsets of one size agree.
  @Test(arguments: ["k := i;", "if k = i then f := true; end;", "a := d;", "h := k;"])
  func scalarsetsThatStandForOneAnother(action: String) throws {
    #expect(try refusals(action).contains(.mixedElements), "\(action)")
  }

  /// As Rumur has it, an element that a loop runs from or to is a number.
  @Test(arguments: [
    "for k := i to i do n := k; end;", "for k := 0 to g do n := k; end;",
    "for k := 0 to 2 by i do n := k; end;", "f := exists k := i to i do k = 1 end;",
    "for k := (f ? g : i) to 2 do n := k; end;",
  ])
  func elementsThatAreNumbers(action: String) throws {
    #expect(try refusals(action) == [.elementsAsNumbers], "\(action)")
  }

  @Test(arguments: [
    "ruleset i: p_t do liveness \"comes\" b[i] end;", "ruleset i: p_t do measure \"a\" a[i]; end;",
  ])
  func propertiesByName(property: String) throws {
    #expect(try refusals("b[i] := true;", properties: property) == [.namedElement])
  }
}
