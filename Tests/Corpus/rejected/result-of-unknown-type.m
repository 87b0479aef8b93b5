-- A function whose result has an unknown type is a function all the same: `return` and its calls are
-- right, and the name of the type is the one mistake.
-- expect: rejected
-- judge: rumur

var x : 0..3;
function twice(a : 0..3) : small; -- ^ here
begin
  if a > 1 then return 3; end;
  return a + a;
end;
startstate begin x := 0; end;
rule begin x := twice(x); end;
rule begin for i := twice(x) to twice(1) do x := i; end; twice(x); end;
rule twice(1) = 2 & twice(2) > 0 ==> begin assert twice(x) + 1 != 0; end;
