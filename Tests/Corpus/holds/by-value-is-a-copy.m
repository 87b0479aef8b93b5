-- A parameter by value keeps its value when the actual changes.
-- expect: holds
-- states: 4
-- rules: 8
-- judge: rumur

type
  cell : record v : 0..3 end;

var
  x : 0..3;
  c : cell;

procedure number(k : 0..3);
begin
  x := 0;
  assert "copy of a number" k = 3;
end;

procedure whole(k : cell);
begin
  c.v := 0;
  assert "copy of a record" k.v = 3;
end;

startstate begin x := 3; c.v := 3 end;

rule "number" x = 3 ==> begin number(x) end;
rule "record" c.v = 3 ==> begin whole(c) end;
rule "again" begin x := 3; c.v := 3 end;
