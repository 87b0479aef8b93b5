const CPUS: 2;
type phase_t: enum { IDLE, BOOTING };
var phase: phase_t;
startstate begin phase := IDEL; end;
rule "boot" phase = idle ==> begin start(phase); end;
rule "count" CPU > 1 ==> begin phase := IDLE; end;
