-- A multiset is a bag: what counts is how often each value is in it.
-- expect: holds
-- states: 10
-- rules: 32
-- judge: none, the reference tool builds no checker for multisets

-- Bags of at most 3 zeros and ones: 1 + 2 + 3 + 4 = 10. "add" fires twice in the 6 bags of less than 3: 12.
-- "take" fires once an element: 2 * 1 + 3 * 2 + 4 * 3 = 20, equal elements separately.

var bag : multiset [3] of 0..1;

startstate begin undefine bag end;

ruleset v : 0..1 do
  rule "add" multisetcount(i : bag, true) < 3 ==>
  var e : 0..1;
  begin
    e := v;
    multisetadd(e, bag);
  end;
end;

choose i : bag do
  rule "take" begin multisetremove(i, bag) end;
end;
