type cpu_t: scalarset(2); phase_t: enum { IDLE, BOOTING };
var phase: phase_t; cpu: cpu_t; x: 0..3;
startstate begin phase := 1; end;
rule "if" x ==> begin x := 0; end;
rule "compare" phase = x ==> begin x := 0; end;
rule "order" cpu < cpu ==> begin x := 0; end;
rule "sum" phase + 1 = 1 ==> begin x := 0; end;
