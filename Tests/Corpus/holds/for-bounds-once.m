-- The bounds and the step of a loop are evaluated once, before its first iteration.
-- expect: holds
-- states: 3
-- rules: 6
-- judge: rumur

var
  top, step, n : 0..9;

startstate begin top := 3; step := 1; n := 0 end;

rule "count"
begin
  n := 0;
  for i := 1 to top by step do
    top := 5;
    step := 2;
    n := n + 1;
  end;
end;

rule "reset" begin top := 3; step := 1 end;
