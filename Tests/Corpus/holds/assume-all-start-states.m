-- When every start state is dropped there is nothing to explore and nothing fails.
-- expect: holds
-- states: 0
-- rules: 0
-- judge: rumur

var x : 0..3;

startstate begin x := 1 end;

rule "up" x < 3 ==> begin x := x + 1 end;

assume "never one" x != 1;
