-- The operators ampersand and bar are logical on booleans and bitwise on numbers.
-- expect: holds
-- states: 4
-- rules: 16
-- judge: rumur

var
  b, c : boolean;
  x, y : 0..15;

startstate begin b := true; c := false; x := 12; y := 10 end;

rule "logical" begin b := b & c | !c end;
rule "bitwise" begin x := x & y | 1 end;
rule "c" begin c := !c end;
rule "back" begin x := 12 end;

invariant "both" (x & y) >= 8 & (x | y) <= 15;
