-- The guards of all rules are evaluated, whichever fires.
-- expect: error
-- judge: none, Rumur does not read it
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var a : 0..3; b : boolean;
startstate begin undefine a; b := true; end;
rule 1 "first" begin b := !b; end;
rule 2 "second" a = 0 ==> begin b := true; end;
