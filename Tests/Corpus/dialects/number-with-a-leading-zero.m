-- A leading 0 makes a number octal in Rumur, and not in CMurphi.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: rumur
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

var n : 0..20; octal : boolean;
startstate begin n := 010; octal := n = 8; end;
rule "read" begin n := 010; end;
invariant "as it began" octal = (n = 8);
