-- A member of an enumeration is read when it becomes one of a union.
-- expect: error
-- judge: none, Rumur does not read it
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

type node : scalarset(2);
  kind : enum { home, away };
  place : union { node, kind };
var a : array [0..1] of kind; b : place;
startstate begin undefine a; undefine b; end;
rule "copy" begin b := a[0]; end;
