-- The bounds of a range are in order.
-- expect: rejected
-- judge: rumur

var x : 5..3; -- ^ here
startstate begin undefine x end;
rule "set" begin clear x end;
