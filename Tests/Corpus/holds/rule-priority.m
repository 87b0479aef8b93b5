-- A number before a rule's name is a priority: of the enabled rules the least number alone fires.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: none, a spelling of the other dialect
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired

-- x is 0 or 1; "flip" is enabled in both states, so "zero" never fires.

var x : 0..1;

startstate begin x := 0 end;

rule 5 "flip" begin x := 1 - x end;
rule 10 "zero" true ==> begin x := 0 end;
