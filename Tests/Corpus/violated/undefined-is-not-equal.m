-- A record with an undefined member differs from one where it is defined.
-- expect: violated "differs"
-- judge: rumur

type
  pair : record a, b : 0..1 end;

var p, q : pair;

startstate begin clear p; clear q end;

rule "forget" begin undefine q.b end;
rule "again" begin clear q end;

invariant "differs" p = q;
