-- An invariant over records and arrays: its false part, and only what changed.
type
  cpu_t: 1..2;
  owner_t: enum { OLD, NEW };
var
  cpus: array [cpu_t] of record owner: owner_t; running: boolean; end;
startstate "both are the old kernel's"
begin
  for c: cpu_t do
    cpus[c].owner := OLD;
    cpus[c].running := true;
  end;
end;
ruleset c: cpu_t do
  rule "old: park"
    cpus[c].running
  ==>
  begin
    cpus[c].running := false;
  end;
  rule "new: take"
    !cpus[c].running
  ==>
  begin
    cpus[c].owner := NEW;
  end;
end;
invariant "the old kernel keeps a CPU"
  exists c: cpu_t do cpus[c].owner = OLD end;
