-- A boolean is not a number.
-- expect: rejected
-- judge: rumur

var b : boolean;
startstate begin b := false end;
rule "set" begin
  b := 1; -- ^ here
end;
