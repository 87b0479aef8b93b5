type cpu_t: 0..1;
var cpu: cpu_t; other: cpu;
startstate begin cpu := cpu_t; end;
rule "call" begin cpu(1); end;
