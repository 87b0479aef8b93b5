-- A procedure returns no value.
-- expect: rejected
-- judge: rumur

var x : 0..3;
procedure p();
begin
  return 1; -- ^ here
end;
startstate begin x := 0 end;
rule "set" begin p() end;
