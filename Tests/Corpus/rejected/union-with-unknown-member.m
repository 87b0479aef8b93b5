-- The members of an enumeration are declared, though the union that it is part of is wrong.
-- expect: rejected

type
  id : scalarset(2);
  owner : union { id, nobodies, enum { NOBODY } }; -- ^ here
var
  o : owner;
  a : array [owner] of 0..2;
  m : multiset [2] of owner;
startstate begin o := NOBODY; a[NOBODY] := 1; end;
rule o = NOBODY | ismember(o, id) ==> begin multisetadd(o, m); end;
ruleset p : owner do rule a[p] = 1 ==> begin o := p; switch o case NOBODY: a[o] := 2; end; end; end;
choose e : m do rule begin o := m[e]; multisetremove(e, m); end; end;
invariant multisetcount(e : m, m[e] = NOBODY) < 2 & forall p : owner do a[p] > 0 end;
