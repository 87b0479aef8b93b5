-- A ruleset takes a first and a last value instead of a type.
-- expect: holds
-- states: 5
-- rules: 25
-- judge: none, version 2022.08 of the reference tool crashes

-- x is 0 or 3..6; four instances of "set" and "zero" fire in each of the 5 states.

const n : 3;

var x : 0..9;

startstate begin x := 0 end;

ruleset i := n to 2 * n do
  rule "set" begin x := i end;
end;

rule "zero" begin x := 0 end;
