-- An actual parameter does not fit the range of the formal.
-- expect: error
-- judge: rumur

var x : 0..9;

procedure p(v : 0..3);
begin
  x := v + 1;
end;

startstate begin x := 0 end;

rule "call" begin p(x) end;
