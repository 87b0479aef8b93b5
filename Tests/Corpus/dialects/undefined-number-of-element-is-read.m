-- CMurphi asks a variable whether it is undefined before it is copied, and not an element: a
-- number is then read.
-- expect: error
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var a : array [0..1] of 0..3; b : 0..3;
startstate begin undefine a; b := 0; end;
rule "copy" begin b := a[0]; end;
