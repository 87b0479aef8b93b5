-- Loops and quantified expressions take several parameters, the last one running fastest.
-- expect: holds
-- states: 2
-- rules: 4
-- judge: none, a spelling of the other dialect

-- x counts 4 pairs or is 0: two rules fire in both states.

var
  x : 0..4;
  digits : 0..99;

startstate begin x := 0; digits := 10 end;

rule "count"
begin
  x := 0;
  for i : 0..1; j : 0..1 do
    x := x + 1;
    digits := i * 10 + j;
    if x = 2 then assert "last runs fastest" digits = 1 end;
  end;
  digits := 10;
end;

rule "zero" begin x := 0 end;

invariant "all pairs" forall i : 0..1; j : 0..1 do i + j <= 2 end;
invariant "some pair" exists i : 0..1; j : boolean do i = 1 & j end;
