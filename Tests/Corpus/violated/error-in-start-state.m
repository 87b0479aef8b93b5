-- The error statement in a start state.
-- expect: violated "bad start"
-- judge: rumur

var x : 0..3;

startstate begin x := 0; error "bad start" end;

rule "flip" begin x := 1 - x end;
