-- Comparing undefined numbers is an error in both.
-- expect: error
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var a, b : 0..3;
startstate begin undefine a; undefine b; end;
rule "compare" a = b ==> begin a := 0; end;
