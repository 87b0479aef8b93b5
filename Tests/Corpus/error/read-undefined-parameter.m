-- A parameter by value that came in undefined is read.
-- expect: error
-- judge: rumur

var x, y : 0..1;

procedure set(v : 0..1);
begin
  y := v;
end;

startstate begin y := 0 end;

rule "call" begin set(x) end;
