-- A loop whose first bound is the larger one runs downwards when the bounds are not constant.
-- expect: holds
-- states: 7
-- rules: 14
-- judge: rumur

var
  from : 0..3;
  sum : 0..40;

startstate begin from := 0; sum := 0 end;

rule "sum from..1"
begin
  sum := 0;
  for i := from to 1 do
    sum := sum * 3 + i;
  end;
  from := (from + 1) % 4;
end;

rule "back" begin from := 0 end;
