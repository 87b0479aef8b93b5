-- Arrays are compared and assigned as a whole.
-- expect: holds
-- states: 12
-- rules: 16
-- judge: rumur

var
  x, y : array [boolean] of 0..1;

startstate begin clear x; y := x end;

ruleset i : boolean do
  rule "change" x = y ==> begin x[i] := 1 - x[i] end;
end;

rule "catch up" x != y ==> begin y := x end;
