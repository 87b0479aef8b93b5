-- What an unknown constant is negated, combined or compared to is as unknown: no range of it is empty,
-- no loop from it endless, and no array of it too large.
-- expect: rejected

const
  N : -unknown; -- ^ here
  M : ~N;
  K : !N ? 1 : 5;
  L : N = 2 ? 7 : 1;
type
  t : M..3;
  s : scalarset(N);
  l : 5..K;
  m : L..2;
var
  a : array [t] of array [s] of l;
  x : m;
  n : 0..3;
startstate begin
  for i := 3 to N do n := i; end;
  for i := K to 9 by -1 do n := i; end;
  for i := 3 to 1 by N do n := i; end;
end;
ruleset i := 3 to N; j : t; k : s do
  rule begin a[j][k] := n; n := a[i][k]; x := n; clear a; end;
end;
invariant exists i := 1 to M do a[i] = a[N] end;
