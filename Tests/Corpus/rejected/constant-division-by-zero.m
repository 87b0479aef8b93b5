-- A constant divided by zero.
-- expect: rejected
-- judge: none, version 2022.08 of the reference tool crashes

const n : 3 / 0; -- ^ here
var x : 0..3;
startstate begin x := 0 end;
rule "set" begin x := 3 - x end;
