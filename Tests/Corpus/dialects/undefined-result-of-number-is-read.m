-- An undefined number that a function returns is read where it is assigned.
-- expect: error
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

type value : 0..3;
var a, b : value;
function get() : value;
begin
  return a;
end;
startstate begin undefine a; b := 0; end;
rule "copy" begin b := get(); end;
