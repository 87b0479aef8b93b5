-- Records of two names but of the same fields are assignable and comparable.
-- expect: holds
-- states: 24
-- rules: 48
-- judge: rumur

type
  one : record a : 0..2; b : boolean end;
  two : record a : 0..2; b : boolean end;

var
  x : one;
  y : two;

startstate begin clear x; y := x end;

rule "x" begin x.a := (x.a + 1) % 3; x.b := x != y end;
rule "y" begin y := x end;
