-- A function that calls itself for ever.
-- expect: error
-- judge: none, the reference tool crashes

var x : 0..3;

function deeper(n : 0..3) : 0..3;
begin
  return deeper(3 - n);
end;

startstate begin x := 0 end;

rule "sink" begin x := deeper(x) end;
