var x: 0..3;   // as in C
startstate begin x := 0; end;
rule "up" x < 3 /\ x >= 0 ==> begin x := x + 1; end;   // again
invariant "small" x < 4 \/ x = 3;
