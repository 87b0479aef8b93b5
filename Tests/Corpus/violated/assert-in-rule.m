-- An assertion in a rule fails.
-- expect: violated "not two"
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1; assert "not two" x != 2 end;
rule "zero" begin x := 0 end;
