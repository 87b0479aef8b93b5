-- Liveness is a property of the model, not a statement.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  x := 3 - x;
  liveness "back" x = 0; -- ^ here
end;
