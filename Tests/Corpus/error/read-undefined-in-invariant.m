-- An invariant reads an undefined variable.
-- expect: error
-- judge: rumur

var x, y : 0..1;

startstate begin y := 0 end;

rule "flip" begin y := 1 - y end;

invariant "reads" x = 0;
