-- Ranges may lie below zero.
-- expect: holds
-- states: 12
-- rules: 28
-- judge: rumur

const
  n : 3;

var
  x : -n..-1;
  y : -n - 1..n - 4;

startstate begin x := -1; y := -4 end;

rule "x down" x > -3 ==> begin x := x - 1 end;
rule "x up" x < -1 ==> begin x := x + 1 end;
rule "y up" y < -1 ==> begin y := y + 1 end;
rule "y low" y = -1 ==> begin y := -4 end;
