-- A quantifier that cannot be read is one mistake: those behind it and the rules are read.
-- expect: rejected
-- judge: rumur

var a : array [0..2] of 0..9;
startstate begin for i : 0..2 do a[i] := 0; end; end;
ruleset k 0..2; l : 0..2 do -- ^ here
  alias one : a[k] do
    rule one < 3 ==> begin one := one + l; end;
  end;
end;
rule a[0] = 1 ==> begin a[0] := 0; end;
