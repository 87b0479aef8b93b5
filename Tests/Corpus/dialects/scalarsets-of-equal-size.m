-- Scalarsets of equal size are two types in CMurphi, and so two members of a union.
-- expect: holds
-- states: 16
-- rules: 48
-- judge: none, Rumur does not read it
-- in CMurphi: holds 16 48
-- CMurphi 5.4.9: no error, 16 states, 48 rules fired
-- option: --deadlock off

type
  cat : scalarset(2);
  dog : scalarset(2);
  pet : union { cat, dog };
var fed : array [pet] of boolean;
startstate begin for p : pet do fed[p] := false; end; end;
ruleset p : pet do
  rule "feed" !fed[p] ==> begin fed[p] := true; end;
end;
ruleset c : cat do
  rule "play" fed[c] ==> begin fed[c] := false; end;
end;
