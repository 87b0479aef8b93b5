-- Real literals are not supported.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  x := 1.5; -- ^ here
end;
