-- An alias of an array element keeps its element when the index changes inside the alias.
-- expect: holds
-- states: 48
-- rules: 96
-- judge: rumur

var
  a : array [0..2] of 0..3;
  i : 0..2;

startstate
begin
  clear a;
  i := 0;
end;

rule "step"
begin
  alias z : a[i] do
    i := (i + 1) % 3;
    if z = 3 then z := 0 else z := z + 1 end;
  end;
end;

rule "hold index"
begin
  alias z : a[0] do
    if z < 3 then z := z + 1 end;
  end;
end;
