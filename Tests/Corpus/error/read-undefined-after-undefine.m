-- Undefine takes a value away that is then read.
-- expect: error
-- judge: rumur

var r : record a : array [0..1] of boolean end;

startstate begin clear r end;

rule "flip" begin r.a[1] := !r.a[1] end;
rule "forget" begin undefine r end;
