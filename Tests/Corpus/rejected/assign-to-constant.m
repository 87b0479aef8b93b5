-- A constant cannot be assigned.
-- expect: rejected
-- judge: rumur

const n : 3;
var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  n := 1; -- ^ here
end;
