-- A call with too few arguments.
-- expect: rejected
-- judge: rumur

var x : 0..3;
function f(a, b : 0..3) : 0..3;
begin
  return a;
end;
startstate begin x := 0 end;
rule "set" begin
  x := f(1); -- ^ here
end;
