const
  N: 2;
  FAULTS: 0;
var x: 0..N; y: 0..N; faults: 0..FAULTS;
startstate begin x := 0; y := 0; faults := 0; end;
rule "up" x < N & y <= x + N + N ==> begin x := x + 1; end;
rule "far" x > N ==> begin x := 0; end;
rule "always" true ==> begin y := x; end;
rule "fault" faults < FAULTS ==> begin faults := faults + 1; end;
invariant "in range" x >= 0 & x <= N;
invariant "no fault" FAULTS = 0 -> faults = 0;
cover "never" forall i: 0..N do x + i > 2 * N end;
