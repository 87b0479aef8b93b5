-- A function called as a statement does its side effects and drops its result.
-- expect: holds
-- states: 5
-- rules: 10
-- judge: rumur

var
  n : 0..4;

function bump() : boolean;
begin
  if n < 4 then
    n := n + 1;
    return true;
  end;
  n := 0;
  return false;
end;

startstate begin n := 0 end;

rule "call" begin bump() end;
rule "call twice" begin if bump() then bump() end end;
