-- Rulesets run over every simple type, several at once.
-- expect: holds
-- states: 17
-- rules: 1088
-- judge: rumur

type
  colour : enum { red, green };
  node : scalarset(2);

var
  c : colour;
  n : node;
  b : boolean;
  x : 0..1;

startstate begin c := red; b := false; x := 0 end;

ruleset i : colour; j : boolean; k : node; l : 0..1; m : enum { once, twice }; o : scalarset(2) do
  rule "set"
  begin
    c := i;
    b := j;
    n := k;
    x := l;
  end;
end;
