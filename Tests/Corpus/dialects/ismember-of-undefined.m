-- An undefined value is a member of no type.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: none, Rumur does not read it
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

type node : scalarset(2);
  place : union { node, enum { home } };
var a : place;
startstate begin undefine a; end;
rule "ask" begin assert !ismember(a, node); end;
