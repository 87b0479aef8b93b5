-- A scalarset has at least one element.
-- expect: rejected
-- judge: rumur

var x : scalarset(0); -- ^ here
startstate begin undefine x end;
rule "set" begin undefine x end;
