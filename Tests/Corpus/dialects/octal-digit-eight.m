-- The digit 8 is not octal.
-- expect: rejected
-- judge: rumur
-- in CMurphi: holds 2 2
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

const n : 08; -- ^ here
var x : 0..n;
startstate begin x := 0; end;
rule "set" begin x := 3 - x; end;
