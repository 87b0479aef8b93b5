-- A model without rules is stuck at once.
-- expect: deadlock
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;
