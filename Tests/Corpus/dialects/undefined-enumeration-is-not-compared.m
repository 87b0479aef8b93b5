-- So is comparing undefined members of an enumeration.
-- expect: error
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

type colour : enum { red, green };
var a, b : colour;
startstate begin undefine a; undefine b; end;
rule "compare" a = b ==> begin a := red; end;
