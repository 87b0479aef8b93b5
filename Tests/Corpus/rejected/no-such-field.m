-- A field that the record does not have.
-- expect: rejected
-- judge: rumur

var r : record a : 0..3 end;
startstate begin clear r end;
rule "set" begin
  r.b := 1; -- ^ here
end;
