-- Identifiers differ by case, keywords and the boolean literals do not.
-- expect: holds
-- states: 8
-- rules: 20
-- judge: rumur

VAR
  x, X : 0..1;
  b : BOOLEAN;

StartState Begin x := 0; X := 1; b := TRUE End;

RULE "x" X = 1 ==> BEGIN x := 1 - x END;
Rule "X" Begin X := 1 - X; b := False EndRule;
rule "b" begin b := tRuE end;
