-- Assumptions drop start states, from outside and from inside their bodies.
-- expect: holds
-- states: 4
-- rules: 4
-- judge: rumur

var x : 0..5;

ruleset i : 0..3 do
  startstate "any" begin x := i; assume "not one" i != 1 end;
end;

rule "down" x > 0 ==> begin x := x - 1 end;
rule "up" x = 0 ==> begin x := 5 end;

assume "not two" x != 2;
