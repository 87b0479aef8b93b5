-- A guard that does not mention what is chosen is evaluated even if there is nothing to choose.
-- expect: error
-- judge: none, Rumur does not read it
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var net : multiset [1] of 0..3; a : 0..3; b : boolean;
startstate begin undefine net; undefine a; b := false; end;
choose i : net do
  rule "take" a = 0 ==> begin multisetremove(i, net); end;
end;
rule "wait" begin b := false; end;
