-- A start state may be the deadlock.
-- expect: deadlock
-- judge: rumur

var x : 0..3;

startstate "fine" begin x := 0 end;
startstate "stuck" begin x := 2 end;

rule "flip" x < 2 ==> begin x := 1 - x end;
