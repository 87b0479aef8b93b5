-- CMurphi ends a `while` loop after 1,000 rounds, which is a setting of its verifier (-loop); here
-- 10,000,000 rounds of all loops of a step are the limit, in both meanings.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: rumur
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: too many iterations in while loop
-- option: --deadlock off

var n : 0..5000;
startstate begin n := 0; end;
rule "count" begin
  while n < 2000 do n := n + 1; end;
  n := 0;
end;
