-- One mistake of each kind that a model of a swap is likely to have.
const CPUS: 2;
type
  cpu_t: scalarset(CPUS);
  phase_t: enum { IDLE, BOOTING };
var
  owner: array [cpu_t] of boolean;
  phase: phase_t;

startstate begin
  for c: cpu_t do owner[c] := IDLE; end;
  phase := BOTTING;
end;

rule "boot"
  phase = IDLE & owner[1]
==>
begin
  phase = BOOTING;
end;

invariant "one owner"
  exists c: cpu do owner[c] end;
