-- A parameter by value cannot be cleared.
-- expect: rejected
-- judge: rumur

var x : 0..3;
procedure p(a : 0..3);
begin
  clear a; -- ^ here
end;
startstate begin x := 0 end;
rule "set" begin p(x) end;
