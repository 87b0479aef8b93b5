-- An assertion in a start state fails.
-- expect: violated "start"
-- judge: rumur

var x : 0..3;

startstate begin x := 0; assert x = 1 "start" end;

rule "flip" begin x := 1 - x end;
