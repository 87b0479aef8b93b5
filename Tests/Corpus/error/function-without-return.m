-- A function reaches its end without a value.
-- expect: error
-- judge: rumur

var x : 0..3;

function f() : 0..3;
begin
  if x < 2 then
    return x + 1;
  end;
end;

startstate begin x := 0 end;

rule "call" begin x := f() end;
