-- An assertion in a function fails while a guard is evaluated.
-- expect: violated "asked at two"
-- judge: rumur

var x : 0..3;

function fine() : boolean;
begin
  assert "asked at two" x != 2;
  return true;
end;

startstate begin x := 0 end;

rule "up" x < 3 & fine() ==> begin x := x + 1 end;
rule "zero" begin x := 0 end;
