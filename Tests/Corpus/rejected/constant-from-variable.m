-- A constant is made of constants.
-- expect: rejected
-- judge: rumur

var x : 0..3;
const n : x; -- ^ here
startstate begin x := 0 end;
rule "set" begin x := 3 - x end;
