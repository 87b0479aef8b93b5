-- A rule returns no value.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  return 1; -- ^ here
end;
