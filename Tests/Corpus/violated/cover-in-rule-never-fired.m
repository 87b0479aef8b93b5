-- A cover in a rule that never fires.
-- expect: violated "dead code"
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "flip" begin x := 1 - x end;
rule "dead" x = 3 ==> begin x := 0; cover "dead code" true end;
