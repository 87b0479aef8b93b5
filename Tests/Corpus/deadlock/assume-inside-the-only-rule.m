-- A transition taken away by an assumption inside its rule does not save its state from deadlock.
-- expect: deadlock
-- judge: rumur

var x : 0..5;

startstate begin x := 0 end;

rule "up" x < 5 ==> begin assume "not from two" x != 2; x := x + 1 end;
