-- A multiset that nobody touched is empty, and so is one cleared or undefined.
-- expect: holds
-- states: 3
-- rules: 8
-- judge: none, the reference tool builds no checker for multisets

-- Bags of 0, 1 or 2 times true. "add" fires in two of them, "clear" and "undefine" in all three.

var bag : multiset [2] of boolean;

startstate begin end;

rule "add" MultisetCount(i : bag, bag[i]) < 2 ==>
var e : boolean;
begin
  e := true;
  MultisetAdd(e, bag);
end;

rule "clear" begin clear bag end;
rule "undefine" begin undefine bag end;
