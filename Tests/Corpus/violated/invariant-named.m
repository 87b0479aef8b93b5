-- A named invariant fails in a later state.
-- expect: violated "the answer"
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1 end;
rule "zero" begin x := 0 end;

invariant "the answer" x != 3;
