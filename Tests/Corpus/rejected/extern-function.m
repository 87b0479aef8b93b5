-- Functions in C++ are not supported.
-- expect: rejected
-- judge: none, a construct of the other dialect

externfun f() : 0..3; -- ^ here
var x : 0..3;
startstate begin x := 0 end;
rule "set" begin x := 3 - x end;
