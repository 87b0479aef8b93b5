-- A number has no elements.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  x[0] := 1; -- ^ here
end;
