-- A guard ends with an arrow.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" x = 0 begin x := 1 end; -- ^ here
