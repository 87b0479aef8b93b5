-- An assumption that fails inside a rule takes the transition away, and it is not counted as fired.
-- expect: holds
-- states: 3
-- rules: 5
-- judge: rumur

var x : 0..5;

startstate begin x := 0 end;

rule "up" x < 5 ==> begin x := x + 1; assume "not three" x != 3 end;
rule "zero" begin x := 0 end;
