-- A number before a rule's name is a priority and changes no count.
-- expect: holds
-- states: 2
-- rules: 4
-- judge: none, a spelling of the other dialect

-- x is 0 or 1, both rules fire in both states.

var x : 0..1;

startstate begin x := 0 end;

rule 5 "flip" begin x := 1 - x end;
rule 10 "zero" true ==> begin x := 0 end;
