-- An element is gone after its removal.
-- expect: error
-- judge: none, the reference tool builds no checker for multisets

var bag : multiset [2] of boolean;

startstate
var e : boolean;
begin
  e := true;
  multisetadd(e, bag);
end;

choose i : bag do
  rule "twice" begin multisetremove(i, bag); multisetremove(i, bag) end;
end;
