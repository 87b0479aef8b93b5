-- Two kernels in one memory: the new one is put into pages that were set aside for it, grows as
-- processes move, and in the end has everything; or what was set aside is given back.
--
-- Belief and truth are separate variables. What a kernel has written down about pages (mine, used,
-- starter) is read by its own rules; what is so (content, runs) is the machine's.
--
-- The lowest pages stand for the memory below 1 MiB: x86 starts its processors from a page of it,
-- and both kernels need one of their own. A processor that is parked still runs the old kernel's
-- text, so that the text is in use until the new kernel has started the processor anew.
--
-- What is left out: messages (hotswap.m has them), DMA (devices.m), and an abort after a process
-- has moved.
--
-- Expect: holds

const
  SIZE:   10;  -- pages of the machine
  LOW:    2;   -- those below 1 MiB; the first is where the old kernel starts processors
  TEXT:   2;   -- the old kernel's text; its processes lie behind it
  BASE:   5;   -- where the new kernel is put
  KERNEL: 2;   -- pages that it takes
  PROCS:  2;
  NEED:   1;   -- pages of a process

type
  page_t: 0 .. SIZE - 1;
  proc_t: 0 .. PROCS - 1;
  kernel_t: enum { OLD, NEW };
  cpu_t: enum { FIRST, SECOND };
  phase_t: enum { ALONE, RESERVED, PARKED, BOOTED, ABORTING, RELIEVED, COMPLETE };

var
  -- Belief.
  phase:   phase_t;
  mine:    array [kernel_t] of array [page_t] of boolean;
  used:    array [page_t] of boolean;   -- by the old kernel, of its own pages
  starter: page_t;                      -- where the new kernel starts processors, if it may
  home:    array [proc_t] of page_t;    -- first page of a process; undefined when it is freed
  target:  array [proc_t] of page_t;    -- where it was copied to

  -- Truth.
  content: array [page_t] of enum { NOTHING, OF_OLD, OF_NEW };
  runs:    array [cpu_t] of enum { IN_OLD, WAITS_IN_OLD, IN_NEW, HELD };
  place:   array [proc_t] of enum { ON_OLD, COPIED, ON_NEW };

function in_kernel(p: page_t): boolean;
begin
  return BASE <= p & p < BASE + KERNEL;
end;

-- Whether a page is one of NEED pages from another on.
function within(p: page_t; start: page_t): boolean;
begin
  return start <= p & p < start + NEED;
end;

function is_free(p: page_t): boolean;
begin
  return mine[OLD][p] & !used[p];
end;

procedure begin_with_one_kernel();
begin
  phase := ALONE;
  undefine starter;
  for p: page_t do
    mine[OLD][p] := true;
    mine[NEW][p] := false;
    used[p] := p = 0 | (TEXT <= p & p <= TEXT + PROCS * NEED);
    content[p] := used[p] ? OF_OLD : NOTHING;
  end;
  for q: proc_t do
    place[q] := ON_OLD;
    home[q] := TEXT + 1 + q * NEED;
    undefine target[q];
  end;
  for c: cpu_t do runs[c] := IN_OLD; end;
end;

startstate "the old kernel has all memory"
begin
  begin_with_one_kernel();
end;

-- The old kernel goes on working ---------------------------------------------------------------

ruleset p: page_t do
  rule "old: use a page"
    runs[FIRST] = IN_OLD & is_free(p)
  ==>
  begin
    used[p] := true;
    content[p] := OF_OLD;
  end;

  rule "old: stop using a page"
    runs[FIRST] = IN_OLD & mine[OLD][p] & used[p] & p != 0 & p != TEXT
    & (forall q: proc_t do isundefined(home[q]) | !within(p, home[q]) end)
  ==>
  begin
    used[p] := false;
    content[p] := NOTHING;
  end;
end;

-- The new kernel gets what it needs to start ----------------------------------------------------

ruleset low: page_t do
  rule "old: set memory aside"
    phase = ALONE & low < LOW & is_free(low)
    & (forall p: page_t do in_kernel(p) -> is_free(p) end)
  ==>
  begin
    for p: page_t do
      if in_kernel(p) | p = low then
        mine[OLD][p] := false;
      end;
    end;
    starter := low;
    phase := RESERVED;
  end;
end;

rule "old: park a processor"
  phase = RESERVED
==>
begin
  runs[SECOND] := WAITS_IN_OLD;
  phase := PARKED;
end;

rule "old: boot the new kernel"
  phase = PARKED
==>
begin
  for p: page_t do
    if in_kernel(p) | p = starter then
      content[p] := OF_NEW;
      mine[NEW][p] := true;
    end;
  end;
  runs[SECOND] := IN_NEW;
  phase := BOOTED;
end;

-- Or gives it back -------------------------------------------------------------------------------

rule "new: I am not ready"
  phase = BOOTED & (forall q: proc_t do place[q] = ON_OLD end)
==>
begin
  for p: page_t do mine[NEW][p] := false; end;
  phase := ABORTING;
end;

rule "old: hold the new kernel's processor"
  phase = ABORTING & runs[SECOND] = IN_NEW
==>
begin
  runs[SECOND] := HELD;
end;

rule "old: take memory and processor back"
  phase = ABORTING & runs[SECOND] = HELD
==>
begin
  for p: page_t do
    if in_kernel(p) | p = starter then
      mine[OLD][p] := true;
      content[p] := NOTHING;
    end;
  end;
  undefine starter;
  runs[SECOND] := IN_OLD;
  phase := ALONE;
end;

-- Processes move, and the new kernel grows -------------------------------------------------------

ruleset q: proc_t do
  ruleset t: page_t do
    rule "old: copy a process"
      phase = BOOTED & place[q] = ON_OLD & LOW <= t & t + NEED <= SIZE
      & (forall p: page_t do within(p, t) -> is_free(p) end)
    ==>
    begin
      for p: page_t do
        if within(p, t) then
          mine[OLD][p] := false;
          content[p] := OF_NEW;
        end;
      end;
      target[q] := t;
      place[q] := COPIED;
    end;
  end;

  rule "new: run a process that was copied"
    place[q] = COPIED
  ==>
  begin
    for p: page_t do
      if within(p, target[q]) then
        mine[NEW][p] := true;
      end;
    end;
    place[q] := ON_NEW;
  end;

  rule "old: free a process that has moved"
    runs[FIRST] = IN_OLD & place[q] = ON_NEW & !isundefined(home[q])
  ==>
  begin
    for p: page_t do
      if within(p, home[q]) then
        used[p] := false;
        content[p] := NOTHING;
      end;
    end;
    undefine home[q];
  end;

  rule "old: hand over a process where it lies"
    phase = BOOTED & place[q] = ON_OLD
  ==>
  begin
    for p: page_t do
      if within(p, home[q]) then
        mine[OLD][p] := false;
        mine[NEW][p] := true;
        used[p] := false;
        content[p] := OF_NEW;
      end;
    end;
    target[q] := home[q];
    undefine home[q];
    place[q] := ON_NEW;
  end;
end;

-- And has everything -----------------------------------------------------------------------------

rule "old: I stand relieved"
  phase = BOOTED & (forall q: proc_t do place[q] = ON_NEW & isundefined(home[q]) end)
==>
begin
  runs[FIRST] := WAITS_IN_OLD;
  phase := RELIEVED;
end;

rule "new: start the last processor"
  phase = RELIEVED
==>
begin
  runs[FIRST] := IN_NEW;
  phase := COMPLETE;
end;

ruleset p: page_t do
  rule "new: take a page of the old kernel"
    phase = COMPLETE & !mine[NEW][p]
  ==>
  begin
    mine[OLD][p] := false;
    mine[NEW][p] := true;
    used[p] := false;
    content[p] := OF_NEW;
  end;
end;

-- The next swap begins like this one. That the kernels have changed places in memory is left out.
rule "machine: the new kernel is the old one of the next swap"
  phase = COMPLETE & (forall p: page_t do mine[NEW][p] end)
==>
begin
  begin_with_one_kernel();
end;

invariant "no page is owned twice"
  forall p: page_t do !(mine[OLD][p] & mine[NEW][p]) end;

invariant "nothing still in use is overwritten"
  -- Text, of whoever runs or waits in it, and where processors are started.
  ((exists c: cpu_t do runs[c] = IN_OLD | runs[c] = WAITS_IN_OLD end) -> content[TEXT] = OF_OLD)
  & (runs[FIRST] = IN_OLD -> content[0] = OF_OLD)
  & ((exists c: cpu_t do runs[c] = IN_NEW end)
    -> content[starter] = OF_NEW & (forall p: page_t do in_kernel(p) -> content[p] = OF_NEW end))
  -- The old kernel's data, and processes wherever they run.
  & (forall p: page_t do runs[FIRST] = IN_OLD & used[p] -> content[p] = OF_OLD end)
  & (forall q: proc_t do
      place[q] != ON_NEW -> (forall p: page_t do within(p, home[q]) -> content[p] = OF_OLD end)
    end)
  & (forall q: proc_t do
      place[q] = ON_NEW -> (forall p: page_t do within(p, target[q]) -> content[p] = OF_NEW end)
    end);

invariant "abort releases what was set aside"
  phase = ALONE -> (forall p: page_t do mine[OLD][p] end);

liveness "every swap can end"
  phase = ALONE | phase = COMPLETE;

cover "the new kernel has everything"
  phase = COMPLETE & (forall p: page_t do mine[NEW][p] end);

cover "the new kernel has what it did not start with"
  exists p: page_t do !in_kernel(p) & LOW <= p & mine[NEW][p] & runs[FIRST] = IN_OLD end;

function given_away(): 0 .. SIZE;
  var count: 0 .. SIZE;
begin
  count := 0;
  for p: page_t do
    if runs[FIRST] = IN_OLD & !mine[OLD][p] then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "pages that the running kernel has given away"
  given_away();
