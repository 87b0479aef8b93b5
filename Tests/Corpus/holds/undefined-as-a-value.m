-- The word undefined can be assigned and passed by value.
-- expect: holds
-- states: 3
-- rules: 9
-- judge: none, a spelling of the other dialect

-- x is undefined, 0 or 1, each rule fires in each of the three states.

var x : 0..1;

procedure set(v : 0..1);
begin
  if isundefined(v) then x := 1 else x := v end;
end;

startstate begin x := undefined end;

rule "zero" begin set(0) end;
rule "one" begin set(undefined) end;
rule "none" begin x := undefined end;
