-- A guard that changes the state hands its change to the body.
-- expect: holds
-- states: 5
-- rules: 9
-- judge: rumur

var
  x : 0..4;

function bump() : boolean;
begin
  if x < 4 then
    x := x + 1;
    return true;
  end;
  return false;
end;

startstate begin x := 0 end;

rule "bump in the guard" bump() ==> begin assert "seen" x > 0 end;
rule "reset" begin x := 0 end;
