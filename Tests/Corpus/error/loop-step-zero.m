-- The step of a loop turns out to be zero.
-- expect: error
-- judge: rumur

var x : -3..3;

startstate begin x := 1 end;

rule "loop" begin for i := 1 to 3 by x do x := 0 end end;
