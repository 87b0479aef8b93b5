-- A function returns a value of its type.
-- expect: rejected
-- judge: rumur

var b : boolean;
function f() : boolean;
begin
  return 1; -- ^ here
end;
startstate begin b := f() end;
rule "set" begin b := !b end;
