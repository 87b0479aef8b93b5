-- A number has no fields.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  x.a := 1; -- ^ here
end;
