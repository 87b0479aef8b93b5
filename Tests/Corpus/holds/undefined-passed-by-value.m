-- An undefined actual parameter is allowed, and isundefined sees it inside.
-- expect: holds
-- states: 4
-- rules: 12
-- judge: rumur

var
  x : 0..2;
  seen : boolean;

function missing(v : 0..2) : boolean;
begin
  return isundefined(v);
end;

startstate
begin
  seen := false;
end;

rule "look" begin seen := missing(x) end;
rule "set" begin x := 2 end;
rule "unset" begin undefine x end;
