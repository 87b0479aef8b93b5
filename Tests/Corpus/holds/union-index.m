-- A union indexes arrays and runs loops.
-- expect: holds
-- states: 8
-- rules: 24
-- judge: none, the reference tool builds no checker for unions

-- Three independent booleans, each of which can flip in each of the 8 states.

type
  node : scalarset(2);
  any : union { node, enum { Home } };

var a : array [any] of boolean;

startstate begin for i : any do a[i] := false end end;

ruleset i : any do
  rule "flip" begin a[i] := !a[i] end;
end;
