-- A single comparison is computed where it is asked for.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: rumur
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

var a : 0..3; b, c : boolean;
startstate begin undefine a; b := true; c := true; end;
rule "choose" begin c := b ? true : a = 0; end;
