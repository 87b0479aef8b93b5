-- A member of an enumeration is copied between variables of one type without being read.
-- expect: error
-- judge: rumur
-- in CMurphi: holds 2 2
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

type colour : enum { red, green };
var a : array [0..1] of colour; b : colour;
startstate begin undefine a; b := red; end;
rule "copy" begin b := a[0]; assert isundefined(b); end;
