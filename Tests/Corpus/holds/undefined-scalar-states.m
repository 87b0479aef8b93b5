-- A variable that was never assigned is a value of its own and makes a state of its own.
-- expect: holds
-- states: 6
-- rules: 18
-- judge: rumur

var
  x, y : 0..1;

startstate
begin
  x := 0;
end;

rule "flip" begin x := 1 - x end;
rule "copy" begin y := x end;
rule "forget" begin undefine y end;
