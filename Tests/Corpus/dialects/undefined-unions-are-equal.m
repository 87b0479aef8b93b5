-- Values of unions are compared as they are.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: none, Rumur does not read it
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

type node : scalarset(2);
  place : union { node, enum { home } };
var a, b : place; n : node;
startstate begin undefine a; undefine b; undefine n; end;
rule "compare" begin
  assert a = b;
  assert a = n;
  assert a != home;
end;
