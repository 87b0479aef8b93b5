-- A constant step that leads away from the end.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  for i := 1 to 3 by -1 do x := i end; -- ^ here
end;
