-- A value below the range is written.
-- expect: error
-- judge: rumur

var x : -3..3;

startstate begin x := 0 end;

rule "down" begin x := x - 1 end;
