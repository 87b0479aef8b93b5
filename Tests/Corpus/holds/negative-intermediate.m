-- A value below zero on the way is fine although no variable can hold it.
-- expect: holds
-- states: 4
-- rules: 4
-- judge: none, version 2022.08 of the reference tool computes in an unsigned type here

-- x goes round 0..3.

var x : 0..3;

startstate begin x := 0 end;

rule "next" begin x := 3 - (x - 4) % 4 - 3 + (x + 1) % 4 - (4 - x) % 4 end;

invariant "below zero" -x <= 0 & x - 4 < 0;
