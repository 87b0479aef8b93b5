-- The Unicode signs for minus, times and division.
-- expect: holds
-- states: 7
-- rules: 7
-- judge: none, version 2022.08 of the reference tool does not know them

-- 0 -> 6 -> 5 -> 4 -> 3 -> 2 -> 1 -> 0, one rule in each state.

var x : 0..6;

startstate begin x := 0 end;

rule "down" x > 0 ==> begin x := x − 1 end;
rule "up" x = 0 ==> begin x := 2 × 6 ÷ 2 ∕ 1 end;
