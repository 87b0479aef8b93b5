-- An element of a scalarset becomes one of a union without being read.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: none, Rumur does not read it
-- in CMurphi: holds 2 2
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

type node : scalarset(2);
  place : union { node, enum { home } };
var a : array [0..1] of node; b : place; n : node;
startstate begin undefine a; b := home; undefine n; end;
rule "copy" begin
  b := a[0];
  assert isundefined(b);
  n := b;
  assert isundefined(n);
end;
