-- An alias of an expression is a value taken once, on entry.
-- expect: holds
-- states: 64
-- rules: 128
-- judge: rumur

var
  x, y : 0..7;

startstate
begin
  x := 0;
  y := 0;
end;

rule "swap through a stale value"
begin
  alias old : x + 1 do
    x := y;
    y := old % 8;
  end;
end;

rule "reset" begin x := 0 end;
