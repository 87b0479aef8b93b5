-- Locals, parameters and loop variables hide globals and enum members of the same name.
-- expect: holds
-- states: 4
-- rules: 8
-- judge: rumur

type
  side : enum { left, right };

var
  x : 0..9;
  s : side;

procedure p(x : 0..3);
begin
  assert "parameter" x = 2;
end;

startstate
var
  left : 0..3;
begin
  left := 2;
  x := 7;
  s := right;
  p(left);
  for x : 0..1 do
    assert "loop variable" x < 2;
  end;
  assert "global again" x = 7;
end;

rule "hide x"
var
  x : 0..1;
begin
  x := 1;
  s := left;
end;

rule "flip" begin x := 9 - x; s := right end;
