-- A type must be declared before it is used.
-- expect: rejected
-- judge: rumur

var x : t; -- ^ here
type t : 0..3;
startstate begin x := 0 end;
rule "set" begin x := 3 - x end;
