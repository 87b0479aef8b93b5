-- The digit 8 is not octal.
-- expect: rejected
-- judge: rumur

const n : 08; -- ^ here
var x : 0..n;
startstate begin x := 0 end;
rule "set" begin x := 3 - x end;
