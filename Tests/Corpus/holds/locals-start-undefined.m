-- A local variable is undefined at each start of its rule.
-- expect: holds
-- states: 3
-- rules: 3
-- judge: rumur

var
  x : 0..2;

startstate begin x := 0 end;

rule "with a local"
var
  l : 0..2;
  r : record f : boolean end;
begin
  assert "fresh local" isundefined(l) & isundefined(r.f);
  l := x;
  r.f := true;
  x := (l + 1) % 3;
end;
