-- A guard that mentions it is not.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: none, Rumur does not read it
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

var net : multiset [1] of 0..3; a : 0..3; b : boolean;
startstate begin undefine net; undefine a; b := false; end;
choose i : net do
  rule "take" net[i] = a ==> begin multisetremove(i, net); end;
end;
rule "wait" begin b := false; end;
