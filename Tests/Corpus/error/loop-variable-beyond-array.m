-- A loop's variable has more values than its array has elements.
-- expect: error
-- judge: rumur

var
  a : array [0..2] of boolean;
  b : boolean;

startstate begin clear a; b := false end;

rule "set" begin
  for i : 0..2 do a[i] := true end;
  for i : 0..3 do b := a[i] end;
end;
