-- A name that was never declared.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  y := 1; -- ^ here
end;
