-- A scalarset of one element, and one as an array index.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: rumur

type
  only : scalarset(1);

var
  x : only;
  a : array [only] of boolean;

startstate begin for i : only do x := i end; clear a end;

ruleset i : only do
  rule "flip" x = i ==> begin a[i] := !a[i] end;
end;
