-- The old kernel gives CPUs to the new one, one at a time and each with a word; it may give both.
const
  GIFTS: 2;

type
  cpu_t:    scalarset(2);
  kernel_t: enum { OLD, NEW };
  exec_t:   enum { RUNS_OLD, WAITS, RUNS_NEW };
  belief_t: enum { MINE, FOREIGN };
  word_t:   enum { NOTHING, YOURS };

var
  exec:  array [cpu_t] of exec_t;
  view:  array [kernel_t] of array [cpu_t] of belief_t;
  queue: array [kernel_t] of word_t;
  given: 0 .. GIFTS;

startstate "the old kernel has both"
begin
  for c: cpu_t do
    exec[c] := RUNS_OLD;
    view[OLD][c] := MINE;
    view[NEW][c] := FOREIGN;
  end;
  for k: kernel_t do
    queue[k] := NOTHING;
  end;
  given := 0;
end;

ruleset c: cpu_t do
  rule "old: give a CPU"
    exec[c] = RUNS_OLD & queue[NEW] = NOTHING & given < GIFTS
  ==>
  begin
    exec[c] := WAITS;
    view[OLD][c] := FOREIGN;
    queue[NEW] := YOURS;
  end;

  rule "new: take it"
    exec[c] = WAITS & queue[NEW] = YOURS
  ==>
  begin
    exec[c] := RUNS_NEW;
    view[NEW][c] := MINE;
    queue[NEW] := NOTHING;
  end;
end;

rule "machine: begin again"
  forall c: cpu_t do exec[c] = RUNS_NEW end
==>
begin
  given := 0;
end;

invariant "the old kernel keeps a CPU"
  exists c: cpu_t do exec[c] = RUNS_OLD end;

cover "the new kernel has one"
  exists c: cpu_t do exec[c] = RUNS_NEW end;

measure "CPUs given"
  given;
