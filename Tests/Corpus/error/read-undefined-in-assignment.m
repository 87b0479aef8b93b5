-- The right side of an assignment is undefined.
-- expect: error
-- judge: rumur

var x, y : 0..1;

startstate begin y := 0 end;

rule "flip" begin y := 1 - y end;
rule "copy" begin y := x end;
