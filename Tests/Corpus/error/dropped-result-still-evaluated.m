-- A call whose result is dropped still reads what it reads.
-- expect: error
-- judge: none, the C compiler of the reference tool removes the call

var x, y : 0..1;

function f() : 0..1;
begin
  return 1 - y;
end;

startstate begin x := 0 end;

rule "call" begin f(); x := 1 - x end;
