-- A ruleset runs over a simple type.
-- expect: rejected
-- judge: none, version 2022.08 of the reference tool crashes

var x : 0..3;
startstate begin x := 0 end;
ruleset i : array [0..1] of boolean do -- ^ here
  rule "set" begin x := 3 - x end;
end;
