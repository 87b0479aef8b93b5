-- An alias reads what was written to its element by another name.
-- expect: violated "old element"
-- judge: rumur

var
  a : array [0..1] of 0..3;

startstate begin clear a end;

rule "write"
begin
  alias z : a[1] do
    a[1] := 3;
    assert "old element" z = 0;
  end;
end;
