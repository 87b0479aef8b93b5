-- A deadlock is reported although a liveness property would fail too.
-- expect: deadlock
-- judge: rumur

var x : 0..2;

startstate begin x := 0 end;

rule "up" x < 2 ==> begin x := x + 1 end;

liveness "back" x = 0;
