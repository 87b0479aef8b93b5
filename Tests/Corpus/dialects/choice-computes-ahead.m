-- Conditions that consist of several are computed ahead, on both sides of a choice.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var a : 0..3; b, c : boolean;
startstate begin undefine a; b := true; c := true; end;
rule "choose" begin c := b ? true : (a = 0 & a = 0); end;
