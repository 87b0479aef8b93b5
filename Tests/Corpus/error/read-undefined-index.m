-- An undefined value is used as an index.
-- expect: error
-- judge: rumur

var
  i : 0..1;
  a : array [0..1] of boolean;

startstate begin clear a end;

rule "flip" begin a[i] := true end;
