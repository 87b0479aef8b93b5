-- A variable is not a type.
-- expect: rejected
-- judge: rumur

var
  x : 0..3;
  y : x; -- ^ here
startstate begin x := 0 end;
rule "set" begin x := 3 - x end;
