-- A colon may stand for the word do.
-- expect: holds
-- states: 2
-- rules: 4
-- judge: none, a spelling of the other dialect

-- x is 0 or 1; two instances of one rule fire in both states.

var x : 0..1;

startstate begin for i : 0..1 : x := i; end end;

ruleset i : 0..1 :
  rule "set" forall j : 0..1 : j <= 1 end ==> begin while x != i : x := i end end;
end;
