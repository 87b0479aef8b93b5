-- A start state has no guard.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate "s" x = 1 ==> begin x := 0 end; -- ^ here
rule "set" begin x := 3 - x end;
