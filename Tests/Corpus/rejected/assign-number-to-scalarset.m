-- Scalarset elements have no literals.
-- expect: rejected
-- judge: rumur

type node : scalarset(3);
var n : node;
startstate begin undefine n end;
rule "set" begin
  n := 0; -- ^ here
end;
