-- A cover in a rule whose condition never holds there.
-- expect: violated "not in this rule"
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 2 ==> begin x := x + 1; cover "not in this rule" x = 0 end;
rule "zero" begin x := 0 end;
