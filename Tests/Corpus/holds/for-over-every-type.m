-- Loops run over booleans, enums, ranges and scalarsets, named and anonymous.
-- expect: holds
-- states: 16
-- rules: 16
-- judge: rumur

type
  colour : enum { red, green, blue };
  node : scalarset(2);

var
  n : 0..20;
  c : colour;
  owner : node;
  b : boolean;

startstate
begin
  n := 0;
  for i : colour do n := n + 1; c := i end;
  for i : node do n := n + 1; owner := i end;
  for i : boolean do n := n + 1; b := i end;
  for i : -1..1 do n := n + 1 end;
  for i : enum { here, there } do
    if i = there then n := n + 2 end;
  end;
  for i : scalarset(3) do n := n + 1 end;
end;

rule "down" n > 0 ==> begin n := n - 1 end;
rule "up" n = 0 ==> begin n := 15 end;

invariant "last ones" c = blue & b;
invariant "fifteen" n <= 15;
