-- A parameter by value is not passed on as a var parameter.
-- expect: rejected
-- judge: rumur

var x : 0..3;
procedure inner(var a : 0..3);
begin
  a := 1;
end;
procedure outer(a : 0..3);
begin
  inner(a); -- ^ here
end;
startstate begin x := 0 end;
rule "set" begin outer(x) end;
