-- An assertion in a body fails before the assumption after it is asked.
-- expect: violated "came first"
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==>
begin
  x := x + 1;
  assert "came first" x != 3;
  assume "too late" x != 3;
end;
rule "zero" begin x := 0 end;
