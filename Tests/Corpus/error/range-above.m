-- A value above the range is written.
-- expect: error
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" begin x := x + 1 end;
