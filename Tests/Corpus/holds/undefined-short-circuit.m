-- The boolean operators and the quantifiers stop before they read an undefined value.
-- expect: holds
-- states: 4
-- rules: 6
-- judge: rumur

var
  a : array [0..2] of 0..3;
  n : 0..3;

startstate
begin
  n := 0;
end;

rule "push" n < 3 & (n = 0 | a[n - 1] > 0) ==>
begin
  a[n] := 3 - n;
  n := n + 1;
end;

rule "drop" n > 0 ==>
begin
  n := n - 1;
  undefine a[n];
end;

invariant "defined below n" forall i : 0..2 do i < n -> a[i] = 3 - i end;
invariant "found early" n > 0 -> exists i : 0..2 do a[i] = 3 end;
invariant "conditional" (n > 0 ? a[0] : 3) = 3;
