-- A guard that cannot be read is one mistake: what follows `==>` is the rule's body.
-- expect: rejected
-- judge: rumur

var a : array [0..2] of 0..9;
startstate begin for i : 0..2 do a[i] := 0; end; end;
ruleset k : 0..2 do
  rule a[k] < 3 & forall i : 0..2 do a[i] a[k] end ==> begin a[k] := a[k] + 1; end; -- ^ here
  rule begin a[k] := 0; end;
end;
