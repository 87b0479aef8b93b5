-- A state without any enabled rule is a deadlock.
-- expect: deadlock
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1 end;
