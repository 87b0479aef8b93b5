-- A state whose rules all lead back to itself is a deadlock.
-- expect: deadlock
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" begin if x < 3 then x := x + 1 end end;
rule "same" begin x := x end;
