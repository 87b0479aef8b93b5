-- The step of a loop leads away from its end.
-- expect: error
-- judge: rumur

var x : -3..3;

startstate begin x := 1 end;

rule "loop" begin for i := 1 to 3 by x do end; x := -x end;
