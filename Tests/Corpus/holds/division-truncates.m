-- Division rounds towards zero and the remainder has the sign of the dividend.
-- expect: holds
-- states: 30
-- rules: 60
-- judge: rumur

var
  a, b : -7..7;

startstate begin a := -7; b := 2 end;

rule "a up" a < 7 ==> begin a := a + 1 end;
rule "a low" a = 7 ==> begin a := -7 end;
rule "b flips" begin b := -b end;

invariant "law" (a / b) * b + a % b = a;
invariant "small" a > 0 -> a % b >= 0;
invariant "small too" a < 0 -> a % b <= 0;
invariant "rounding" a = -7 & b = 2 -> a / b = -3 & a % b = -1;
