-- The operator ^ is for numbers only.
-- expect: rejected
-- judge: rumur

var b : boolean;
startstate begin b := false end;
rule "set" begin
  b := b ^ true; -- ^ here
end;
