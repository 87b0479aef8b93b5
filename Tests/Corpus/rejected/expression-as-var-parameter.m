-- A var parameter takes no expression.
-- expect: rejected
-- judge: rumur

var x : 0..3;
procedure p(var a : 0..3);
begin
  a := 1;
end;
startstate begin x := 0 end;
rule "set" begin
  p(x + 0); -- ^ here
end;
