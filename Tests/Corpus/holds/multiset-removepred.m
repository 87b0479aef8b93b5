-- Removal by a predicate removes every element that satisfies it.
-- expect: holds
-- states: 6
-- rules: 12
-- option: --deadlock off
-- judge: none, the reference tool builds no checker for multisets

-- Bags of at most 2 zeros and ones: 1 + 2 + 3 = 6. "add" fires twice in 3 of them, "drop ones" in all 6. Two zeros stay
-- for ever, which would be a deadlock.

var bag : multiset [2] of 0..1;

startstate begin end;

ruleset v : 0..1 do
  rule "add" multisetcount(i : bag, true) < 2 ==>
  var e : 0..1;
  begin
    e := v;
    multisetadd(e, bag);
  end;
end;

rule "drop ones"
begin
  multisetremovepred(i : bag, bag[i] = 1);
  assert "all gone" multisetcount(i : bag, bag[i] = 1) = 0;
end;
