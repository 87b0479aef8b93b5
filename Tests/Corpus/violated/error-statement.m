-- The error statement ends the search with its message.
-- expect: violated "boom"
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1; if x = 3 then error "boom" end end;
rule "zero" begin x := 0 end;
