-- From every state the goals can be reached.
-- expect: holds
-- states: 4
-- rules: 4
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1 end;
rule "zero" x = 3 ==> begin x := 0 end;

ruleset i : 0..3 do
  liveness "each value" x = i;
end;
liveness x >= 2 "late message";
