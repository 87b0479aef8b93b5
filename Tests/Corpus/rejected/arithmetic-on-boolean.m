-- No arithmetic on booleans.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  x := true + 1; -- ^ here
end;
