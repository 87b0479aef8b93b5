-- Values move between ranges of different bounds as long as they fit.
-- expect: holds
-- states: 160
-- rules: 444
-- judge: rumur

var
  x : 0..9;
  y : 5..12;
  r : record z : 8..9 end;

startstate begin x := 5; y := 8; r.z := 8 end;

rule "y to x" y <= 9 ==> begin x := y end;
rule "x to y" x >= 5 ==> begin y := x end;
rule "x to z" x >= 8 ==> begin r.z := x end;
rule "count" begin x := (x + 1) % 10 end;
rule "sum" x + y <= 12 ==> begin y := x + y end;
