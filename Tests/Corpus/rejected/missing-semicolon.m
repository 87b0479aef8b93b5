-- Statements are separated by semicolons.
-- expect: rejected
-- judge: rumur

var x, y : 0..3;
startstate begin x := 0; y := 0 end;
rule "set" begin
  x := 1 y := 2; -- ^ here
end;
