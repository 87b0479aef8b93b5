-- An undefined number goes to a variable of another range, too.
-- expect: error
-- judge: rumur
-- in CMurphi: holds 2 2
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

var a : 0..3; b : 5..9;
startstate begin undefine a; b := 5; end;
rule "copy" begin b := a; assert isundefined(b); end;
