-- An alias that cannot be read is one mistake: those behind it and the body are read.
-- expect: rejected
-- judge: rumur

var a : array [0..2] of 0..9;
startstate begin for i : 0..2 do a[i] := 0; end; end;
ruleset k : 0..2 do
  alias
    one a[k]; -- ^ here
    other : a[2 - k];
  do
    rule one < other ==> begin one := other; end;
  end;
end;
rule begin alias x : a[0]; y : a[1]; do x := y; end; end;
