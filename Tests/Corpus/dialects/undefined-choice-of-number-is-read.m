-- A choice of two numbers is read.
-- expect: error
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

type value : 0..3;
var a, b : value; first : boolean;
startstate begin undefine a; b := 0; first := true; end;
rule "copy" begin b := first ? a : a; end;
