-- A model that declares `choose`, `multiset`, `undefined` and so on is Rumur's, where these are names
-- like any others.
-- expect: holds
-- states: 6
-- rules: 6
-- judge: rumur

type
  undefined : enum { multisetadd, endchoose, multisetremove };
var
  choose, multisetremovepred : 0..2;
  multiset : array [undefined] of boolean;

function multisetcount(choose : 0..2) : 0..2;
begin
  return choose;
end;

startstate
begin
  choose := 0;
  multisetremovepred := 1;
  for u : undefined do multiset[u] := false; end;
end;

rule "choose"
begin
  choose := multisetcount((choose + multisetremovepred) % 3);
  multiset[multisetadd] := !multiset[multisetadd];
end;

invariant !multiset[endchoose] & !multiset[multisetremove];
