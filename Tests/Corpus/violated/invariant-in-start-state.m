-- An invariant is asked about start states too.
-- expect: violated "not at first"
-- judge: rumur

var x : 0..3;

startstate begin x := 3 end;

rule "zero" begin x := 3 - x end;

invariant x != 3 "not at first";
