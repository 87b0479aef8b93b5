-- Constant bounds that run downwards need a negative step.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  for i := 3 to 2 do x := i end; -- ^ here
end;
