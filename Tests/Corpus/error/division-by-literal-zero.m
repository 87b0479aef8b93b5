-- Division by the literal zero is an error when it happens.
-- expect: error
-- judge: rumur

var x : -4..4;

startstate begin x := 4 end;

rule "divide" begin x := x / 0 end;
