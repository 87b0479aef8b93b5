-- Real numbers are not supported.
-- expect: rejected
-- judge: rumur

var x : real(3, 10); -- ^ here
startstate begin undefine x end;
rule "set" begin undefine x end;
