-- An alias is evaluated on entry, so a bad index fails even if the alias is not used.
-- expect: error
-- judge: rumur

var
  i : 0..3;
  a : array [0..2] of boolean;

startstate begin clear a; i := 3 end;

rule "alias" begin alias z : a[i] do i := 0 end end;
