-- Strings take straight and curly quotes, escapes and characters that are not ASCII.
-- expect: holds
-- states: 2
-- rules: 4
-- judge: rumur

var x : 0..1;

startstate "s" begin x := 0; end;

rule "say \"x\"" begin x := 1 - x; put "é ≤ \t“"; end;
rule "" begin x := 0; end;

invariant “curly” x < 2;
