type
  phase_t: enum { IDLE, BOOTING };
  other_t: enum { RUNNING, IDLE };
  pair_t: record first, second, first: boolean; end;
var phase: phase_t;
startstate begin phase := IDLE; end;
ruleset i: boolean; i: phase_t do
  rule "r" begin phase := IDLE; end;
end;
