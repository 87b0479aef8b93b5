-- The result of a call is no designator.
-- expect: rejected
-- judge: rumur

type pair : record a : 0..3 end;
var p : pair;
function f() : pair;
begin
  return p;
end;
startstate begin clear p end;
rule "set" begin
  p.a := f().a; -- ^ here
end;
