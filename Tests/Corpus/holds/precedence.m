-- How tightly the operators bind.
-- expect: holds
-- states: 8
-- rules: 24
-- judge: rumur

var
  p, q : boolean;
  x : -20..20;

startstate begin p := false; q := false; x := 0 end;

rule "p" begin p := !p end;
rule "q" begin q := !q end;
rule "x" begin x := x = 0 ? 5 : 0 end;

invariant "not is weaker than equal" (!p = q) = (p != q);
invariant "arithmetic" 2 + 3 * 4 - -1 = 15 & -7 % 4 = -3 & 2 - 3 - 4 = -5 & 100 / 10 / 5 = 2;
invariant "shift" 1 + 1 << 2 = 8 & ~1 + 1 = -1;
invariant "bits" (6 | 1 ^ 3 & 2) = 7 & (5 & 3 + 1) = 4;
invariant "implication" p & q -> p | q;
invariant "conditional in the middle" (p ? q ? 1 : 2 : 3) > 0;
invariant "quantifier" !exists i : 0..1 do i = 2 end & forall i : 0..1 do i < 2 end;
