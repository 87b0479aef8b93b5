-- Assigning the loop variable changes this iteration only.
-- expect: holds
-- states: 2
-- rules: 4
-- judge: rumur

var
  n : 0..9;

startstate begin n := 0 end;

rule "three rounds"
begin
  n := 0;
  for i := 1 to 3 do
    i := 3;
    n := n + i;
  end;
end;

rule "zero" begin n := 0 end;
