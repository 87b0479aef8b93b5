-- An alias may carry the name of a global variable and hides it.
-- expect: holds
-- states: 10
-- rules: 20
-- judge: rumur

var
  x, y : 0..4;

startstate
begin
  x := 1;
  y := 2;
end;

rule "write y under the name x"
begin
  alias x : y do
    x := (x + 1) % 5;
  end;
end;

rule "write x"
begin
  x := 4 - x;
end;

invariant "x is never touched by the alias" x = 1 | x = 3;
