-- A negative shift count shifts the other way.
-- expect: holds
-- states: 3
-- rules: 4
-- judge: rumur

var
  x, n : -32..31;

startstate begin x := 8; n := 0 end;

rule "count" n < 1 ==> begin n := n + 1 end;
rule "count back" n > -1 ==> begin n := n - 1 end;

invariant "left" x << n = (n = 1 ? 16 : (n = 0 ? 8 : 4));
invariant "right" x >> n = (n = 1 ? 4 : (n = 0 ? 8 : 16));
invariant "sign stays" -7 >> 1 = -4;
