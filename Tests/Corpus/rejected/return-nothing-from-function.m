-- A function returns a value.
-- expect: rejected
-- judge: rumur

var x : 0..3;
function f() : 0..3;
begin
  return; -- ^ here
end;
startstate begin x := 0 end;
rule "set" begin x := f() end;
