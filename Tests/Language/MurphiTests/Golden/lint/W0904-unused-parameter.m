var x: 0..2; a: array [0..1] of boolean;
startstate begin x := 0; a[0] := false; a[1] := false; end;
ruleset i: 0..1 do
  rule "set" !a[i] ==> begin a[i] := true; end;
  rule "up" x < 2 ==> begin x := x + 1; end;
  invariant "small" x = 2 -> x > 0;
end;
ruleset i: 1..1 do
  rule "down" x > i ==> begin x := 0; end;
  rule "clear" a[0] & a[1] ==> begin a[0] := false; a[1] := false; end;
end;
