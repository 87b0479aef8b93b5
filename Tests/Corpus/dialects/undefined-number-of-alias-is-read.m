-- An alias of an element is no variable of its own.
-- expect: error
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var a : array [0..1] of 0..3; b : 0..3;
startstate begin undefine a; b := 0; end;
rule "copy" begin alias c : a[1] do b := c; end; end;
