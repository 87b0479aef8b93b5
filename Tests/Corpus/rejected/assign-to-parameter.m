-- A parameter by value cannot be assigned.
-- expect: rejected
-- judge: rumur

var x : 0..3;
procedure p(a : 0..3);
begin
  a := 1; -- ^ here
end;
startstate begin x := 0 end;
rule "set" begin p(x) end;
