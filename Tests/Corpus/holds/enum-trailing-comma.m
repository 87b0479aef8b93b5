-- Lists may end in a comma.
-- expect: holds
-- states: 4
-- rules: 8
-- judge: rumur

type
  colour : enum { red, green, };

var
  x, y, : colour;

function other(c : colour;) : colour;
begin
  return c = red ? green : red;
end;

startstate begin x := red; y := green end;

rule "x" begin x := other(x,) end;
rule "y" begin y := x end;
