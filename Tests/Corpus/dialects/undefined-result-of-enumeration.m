-- A function may return an undefined member of an enumeration, and an assignment copies it.
-- expect: error
-- judge: rumur
-- in CMurphi: holds 2 2
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

type colour : enum { red, green };
var a, b : colour;
function get() : colour;
begin
  return a;
end;
startstate begin undefine a; b := red; end;
rule "copy" begin b := get(); assert isundefined(b); end;
