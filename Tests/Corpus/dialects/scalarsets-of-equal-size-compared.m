-- Elements of two scalarsets are compared in Rumur if the sizes are equal; CMurphi refuses that.
-- expect: holds
-- states: 4
-- rules: 16
-- judge: rumur
-- in CMurphi: rejected
-- CMurphi 5.4.9: refuses it
-- option: --deadlock off

type
  cat : scalarset(2);
  dog : scalarset(2);
var c : cat; d : dog;
startstate begin for i : cat do c := i; end; for i : dog do d := i; end; end;
ruleset i : cat; j : dog do
  rule "meet" begin c := i; d := j; assert c = d | c != d; end;
end;
