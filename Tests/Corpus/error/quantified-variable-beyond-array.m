-- So has a quantifier's, in an invariant: the element is asked for in one state alone.
-- expect: error
-- judge: rumur

var
  a : array [1..3] of boolean;
  b : boolean;

startstate begin for i : 1..3 do a[i] := true end; b := false end;

rule "clear" !b ==> begin for i : 1..3 do a[i] := false end; b := true end;

invariant "one" b -> exists i : 0..2 do a[i] | i = 1 end;
