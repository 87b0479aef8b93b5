-- The bounds of a range are constants.
-- expect: rejected
-- judge: rumur

var
  x : 0..3;
  y : 0..x; -- ^ here
startstate begin x := 0 end;
rule "set" begin x := 3 - x end;
