-- A global assumption drops the state, but the transition into it was fired.
-- expect: holds
-- states: 3
-- rules: 6
-- judge: rumur

var x : 0..5;

startstate begin x := 0 end;

rule "up" x < 5 ==> begin x := x + 1 end;
rule "zero" begin x := 0 end;

assume "not three" x != 3;
