-- An undefined element of a scalarset is none of the others.
-- expect: error
-- judge: rumur
-- in CMurphi: holds 1 2
-- CMurphi 5.4.9: no error, 1 states, 2 rules fired
-- option: --deadlock off

type node : scalarset(2);
var owner : node;
startstate begin undefine owner; end;
ruleset n : node do
  rule "compare" begin assert owner != n; end;
end;
