-- The Unicode spellings of the operators.
-- expect: holds
-- states: 4
-- rules: 6
-- judge: rumur

var
  x : 0..9;
  b : boolean;

startstate begin x ≔ 6; b ≔ true end;

rule "a" x ≤ 9 ⇒ begin x := 9 - x end;
rule "b" x ≥ 5 ∧ b ∨ x ≠ 3 ⇒ begin b := ¬b end;

invariant "implies" b → ∃ i : 0..9 do i = x end;
invariant "all" ∀ i : 0..9 do x = i → x ≤ i end;
