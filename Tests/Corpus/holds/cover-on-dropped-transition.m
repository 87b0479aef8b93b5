-- A cover inside a rule counts even when the state is then dropped.
-- expect: holds
-- states: 3
-- rules: 6
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1; cover "three" x = 3 end;
rule "zero" begin x := 0 end;

assume "not three" x != 3;
