-- A call with an argument of another type.
-- expect: rejected
-- judge: rumur

var x : 0..3;
function f(a : boolean) : 0..3;
begin
  return a ? 1 : 2;
end;
startstate begin x := 0 end;
rule "set" begin
  x := f(1); -- ^ here
end;
