-- One instance of an invariant in a ruleset fails.
-- expect: violated "each element"
-- judge: rumur

var a : array [0..2] of 0..3;

startstate begin clear a end;

ruleset i : 0..2 do
  rule "up" a[i] < 3 - i ==> begin a[i] := a[i] + 1 end;
  rule "zero" begin a[i] := 0 end;
  invariant "each element" a[i] < 3;
end;
