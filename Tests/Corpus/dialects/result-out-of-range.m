-- A number that is returned has to be in the range of the result; in Rumur what it is assigned to
-- bounds it.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var a : 0..9;
function next() : 0..3;
begin
  return a + 1;
end;
startstate begin a := 3; end;
rule "step" begin a := next(); a := 3; end;
