-- A var parameter of a range takes exactly that range.
-- expect: rejected
-- judge: rumur

var x : 0..9;
procedure p(var a : 0..3);
begin
  a := 1;
end;
startstate begin x := 0 end;
rule "set" begin
  p(x); -- ^ here
end;
