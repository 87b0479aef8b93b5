-- A guard reads a variable that was never assigned.
-- expect: error
-- judge: rumur

var x, y : 0..1;

startstate begin y := 0 end;

rule "flip" begin y := 1 - y end;
rule "read" x = y ==> begin y := 0 end;
