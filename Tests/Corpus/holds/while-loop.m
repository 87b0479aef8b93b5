-- While tests before each round, and false means no round.
-- expect: holds
-- states: 244
-- rules: 488
-- judge: rumur

var
  n, twos : 0..64;

startstate begin n := 48; twos := 0 end;

rule "divide"
begin
  twos := 0;
  while n > 0 & n % 2 = 0 do
    n := n / 2;
    twos := twos + 1;
  endwhile;
  while false do n := 64 end;
end;

rule "next" n < 60 ==> begin n := n + 5 end;
rule "again" n >= 60 ==> begin n := 48 end;
