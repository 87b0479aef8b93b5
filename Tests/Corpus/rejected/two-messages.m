-- A property has one message.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin x := 3 - x end;
invariant "before" x < 4 "after"; -- ^ here
