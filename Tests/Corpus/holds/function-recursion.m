-- Functions may call themselves.
-- expect: holds
-- states: 11
-- rules: 11
-- judge: rumur

var
  n : 0..10;
  f : 0..55;

function fib(k : 0..10) : 0..55;
begin
  if k < 2 then
    return k;
  end;
  return fib(k - 1) + fib(k - 2);
end;

startstate begin n := 0; f := 0 end;

rule "next" n < 10 ==> begin n := n + 1; f := fib(n) end;
rule "again" n = 10 ==> begin n := 0; f := 0 end;

invariant "known" n = 10 -> f = 55;
