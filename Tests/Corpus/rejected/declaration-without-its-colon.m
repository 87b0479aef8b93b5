-- A declaration that cannot be read is one message: its name is meant to be there.
-- expect: rejected
-- judge: rumur

var
  n : 0..9;
  flag boolean; -- ^ here
  m : 0..3;
startstate begin n := 0; flag := true; m := 1; end;
rule flag ==> begin n := n + m; flag := !flag; end;
invariant flag -> n < 9;
