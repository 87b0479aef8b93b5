-- A rule's parameter is stored where not all of its values fit.
-- expect: error
-- judge: rumur

var x : 1..3;

startstate begin x := 2 end;

ruleset i : 0..3 do
  rule "store" x = 2 ==> begin x := i end;
end;
