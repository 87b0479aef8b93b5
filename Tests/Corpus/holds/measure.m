-- A measure asks for the least and the greatest value of an expression and changes no verdict.
-- expect: holds
-- states: 4
-- rules: 7
-- judge: none, our own addition

-- x goes up to 3 and back to 0: "up" fires in 3 states, "zero" in 4.

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1 end;
rule "zero" begin x := 0 end;

measure "height"
  x * 2;
