-- A procedure has no value.
-- expect: rejected
-- judge: rumur

var x : 0..3;
procedure p();
begin
  x := 1;
end;
startstate begin x := 0 end;
rule "set" begin
  x := p(); -- ^ here
end;
