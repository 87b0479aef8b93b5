-- An array index is of a simple type.
-- expect: rejected
-- judge: rumur

var a : array [array [0..1] of boolean] of boolean; -- ^ here
startstate begin clear a end;
rule "set" begin undefine a end;
