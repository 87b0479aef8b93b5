-- Adding to a full multiset.
-- expect: error
-- judge: none, the reference tool builds no checker for multisets

var bag : multiset [2] of boolean;

startstate begin end;

rule "add"
var e : boolean;
begin
  e := true;
  multisetadd(e, bag);
end;
