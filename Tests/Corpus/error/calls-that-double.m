-- Each call makes two more: no loop, and no end before the universe's.
-- expect: error
-- judge: none, the reference tool does not return

var x : 0..1;

function twice(n : 0..60) : 0..1;
begin
  if n = 0 then return 0; end;
  return (twice(n - 1) + twice(n - 1)) % 2;
end;

startstate begin x := 0 end;

rule "spin" begin x := twice(60) end;
