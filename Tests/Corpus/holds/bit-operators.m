-- The bit operators work on numbers in two's complement, and bind as documented.
-- expect: holds
-- states: 256
-- rules: 957
-- judge: rumur

const
  low : 1 << 4 - 1;
  mask : (1 << 4) - 1;

var
  x : -128..127;

startstate begin x := 1 end;

rule "shift" x < 64 & x > 0 ==> begin x := x << 1 end;
rule "back" x > 1 ==> begin x := x >> 1 end;
rule "invert" begin x := ~x end;
rule "flip low bits" begin x := x ^ 3 end;
rule "mask" begin x := x & mask | 1 end;

invariant "not is minus one minus" ~x = -x - 1;
invariant "far inside the integers" x < 100000;
invariant "halves" x >= 0 -> x >> 1 = x / 2;
invariant "constants" low = 8 & mask = 15 & (12 & 10) = 8 & (12 | 10) = 14 & (12 ^ 10) = 6;
