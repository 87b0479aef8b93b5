-- An undefined number is copied from a variable; reading it is the error in Rumur.
-- expect: error
-- judge: rumur
-- in CMurphi: holds 2 2
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

var a, b : 0..3;
startstate begin undefine a; b := 0; end;
rule "copy" begin b := a; assert isundefined(b); end;
