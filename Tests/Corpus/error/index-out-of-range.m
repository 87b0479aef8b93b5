-- An index is out of the range of its array.
-- expect: error
-- judge: rumur

var
  i : 0..3;
  a : array [0..2] of boolean;

startstate begin clear a; i := 0 end;

rule "next" i < 3 ==> begin i := i + 1 end;
rule "set" begin a[i] := !a[i] end;
