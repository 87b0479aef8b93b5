-- An assumption that fails in a function called by a guard disables the rule.
-- expect: holds
-- states: 3
-- rules: 5
-- judge: rumur

var x : 0..3;

function allowed() : boolean;
begin
  assume "not two" x != 2;
  return true;
end;

startstate begin x := 0 end;

rule "up" allowed() & x < 3 ==> begin x := x + 1 end;
rule "zero" begin x := 0 end;
