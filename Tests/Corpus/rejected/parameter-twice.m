-- Two parameters of one name.
-- expect: rejected
-- judge: rumur

var x : 0..3;
function f(a : 0..3; a : 0..3) : 0..3; -- ^ here
begin
  return 1;
end;
startstate begin x := f(1, 2) end;
rule "set" begin x := 1 end;
