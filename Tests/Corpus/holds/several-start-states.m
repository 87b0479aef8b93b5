-- Start states in rulesets and alone, one of them twice, count once each.
-- expect: holds
-- states: 16
-- rules: 44
-- judge: rumur

var
  x, y : 0..3;

ruleset i : 0..3; j : 0..1 do
  startstate "grid" begin x := i; y := j end;
end;

startstate "again" begin x := 0; y := 0 end;
startstate begin x := 3; y := 3 end;

rule "y" y < 3 ==> begin y := y + 1 end;
rule "x" begin x := 3 - x end;
rule "both" begin x := 0; y := 0 end;
