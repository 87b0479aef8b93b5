-- A choice of two variables is copied as they are, if they are of an enumeration.
-- expect: error
-- judge: rumur
-- in CMurphi: holds 2 2
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

type colour : enum { red, green };
var a, b : colour;
startstate begin undefine a; b := red; end;
rule "copy" begin b := true ? a : a; assert isundefined(b); end;
