-- Loops take a step, negative ones too, and the last value need not be hit.
-- expect: holds
-- states: 5
-- rules: 20
-- judge: rumur

var
  digits : 0..999;

startstate begin digits := 0 end;

rule "up by two" begin digits := 0; for i := 2 to 7 by 2 do digits := digits * 10 + i end end;
rule "down by three" begin digits := 0; for i := 9 to 1 by -3 do digits := digits * 10 + i end end;
rule "once" begin digits := 0; for i := 5 to 5 by -1 do digits := digits * 10 + i end end;
rule "too far" begin digits := 0; for i := 1 to 3 by 100 do digits := digits * 10 + i end end;
