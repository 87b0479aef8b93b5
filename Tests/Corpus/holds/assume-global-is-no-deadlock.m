-- A state whose only successor is dropped by a global assumption is not a deadlock.
-- expect: holds
-- states: 3
-- rules: 3
-- judge: rumur

var x : 0..5;

startstate begin x := 0 end;

rule "up" x < 5 ==> begin x := x + 1 end;

assume "not three" x != 3;
