-- A value of one range does not fit into another.
-- expect: error
-- judge: rumur

var
  x : 0..9;
  y : 4..5;

startstate begin x := 4; y := 4 end;

rule "up" x < 9 ==> begin x := x + 1 end;
rule "copy" begin y := x end;
