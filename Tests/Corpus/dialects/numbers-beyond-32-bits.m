-- CMurphi computes with 32 bits, and what is beyond is whatever its compiler makes of it; here 64
-- bits are computed with in both meanings.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: rumur
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: the assertion fails
-- option: --deadlock off

var n : 0..2000000000; b : boolean;
startstate begin n := 2000000000; b := true; end;
rule "add" begin b := n + n > n; assert b; end;
