-- Remainder of a division by zero.
-- expect: error
-- judge: rumur

var x, y : -4..4;

startstate begin x := 4; y := 2 end;

rule "divide" begin x := x % y; y := y - 1 end;
