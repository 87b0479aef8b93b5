-- An element added to a multiset is of its element type.
-- expect: rejected
-- judge: none, the reference tool builds no checker for multisets

var bag : multiset [2] of boolean;
startstate begin end;
rule "add"
var e : 0..1;
begin
  e := 1;
  multisetadd(e, bag); -- ^ here
end;
