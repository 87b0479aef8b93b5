-- Two kernels in one memory: the new one is put into pages that were set aside for it, grows as
-- processes move, and in the end has everything; or what was set aside is given back.
--
-- Belief and truth are separate variables. What a kernel has written down about pages (mine, used,
-- starter, home, target) is read by its own rules; what is so (content, runs, place) is the
-- machine's, and changes as the machine does: write, park, send_init, start_up.
--
-- The lowest pages stand for the memory below 1 MiB: x86 starts its processors from a page of it,
-- and both kernels need one of their own. A processor that is parked still executes the old
-- kernel's text, with a stack and page tables of it, so that these are in use until the processor
-- has had INIT.
--
-- What is left out: messages (hotswap.m has them), DMA (devices.m), faults (abort.m), processes
-- that fork and exit meanwhile (bproc.m), and a swap after this one, for which the kernels have
-- changed places in memory.
--
-- Expect: holds

const
  SIZE:   11;  -- pages of the machine
  LOW:    2;   -- those below 1 MiB; the first is where the old kernel starts processors
  TEXT:   2;   -- the old kernel's text; its processes lie behind it and what comes with it
  CORE:   2;   -- pages: the text, and stacks and page tables
  BASE:   6;   -- where the new kernel is put
  IMAGE:  1;   -- pages of it,
  HEAP:   1;   -- and pages that it allocates while it boots
  PROCS:  2;
  NEED:   1;   -- pages of a process

  -- What is in a page: this, or of which process.
  NOTHING: 0;
  OF_OLD:  1;
  OF_NEW:  2;

type
  page_t: 0 .. SIZE - 1;
  proc_t: 0 .. PROCS - 1;
  data_t: NOTHING .. OF_NEW + PROCS;
  kernel_t: enum { OLD, NEW };
  cpu_t: enum { FIRST, SECOND };
  phase_t: enum {
    ALONE,
    RESERVED,    -- memory is set aside
    STARTING,    -- the second processor leaves
    BOOTED,      -- the new kernel runs on it
    MOVING,      -- it has said "I relieve you"
    RELIEVED,    -- the old kernel has said "I stand relieved"
    COMPLETE, LATER,
    ABORTING
  };

var
  -- Belief.
  phase:   phase_t;
  mine:    array [kernel_t] of array [page_t] of boolean;
  used:    array [kernel_t] of array [page_t] of boolean;   -- of its own pages
  starter: page_t;                      -- where the new kernel starts processors
  home:    array [proc_t] of page_t;    -- first page of a process; undefined when it has moved
  target:  array [proc_t] of page_t;    -- where the new kernel has it

  -- Truth.
  content: array [page_t] of data_t;
  runs:    array [cpu_t] of enum { IN_OLD, PARKED, WAITS, IN_NEW };
  place:   array [proc_t] of enum { ON_OLD, STOPPED, ON_ITS_WAY, ON_NEW };

  -- History: a process has written to its memory after that was copied.
  stale:   array [proc_t] of boolean;

function data_of(q: proc_t): data_t;
begin
  return OF_NEW + 1 + q;
end;

-- Text, stacks and page tables of the old kernel.
function in_core(p: page_t): boolean;
begin
  return TEXT <= p & p < TEXT + CORE;
end;

function in_kernel(p: page_t): boolean;
begin
  return BASE <= p & p < BASE + IMAGE + HEAP;
end;

function in_image(p: page_t): boolean;
begin
  return BASE <= p & p < BASE + IMAGE;
end;

-- Whether a page is one of NEED pages from another on.
function within(p: page_t; start: page_t): boolean;
begin
  return start <= p & p < start + NEED;
end;

function is_free(p: page_t): boolean;
begin
  return mine[OLD][p] & !used[OLD][p];
end;

-- Is a kernel's code executed anywhere? It does something only then.
function has_cpu(k: kernel_t): boolean;
begin
  return exists c: cpu_t do runs[c] = (k = OLD ? IN_OLD : IN_NEW) end;
end;

-- What the machine does ------------------------------------------------------------------------

-- A processor stops in the old kernel, and goes on being in it.
procedure park(c: cpu_t);
begin
  runs[c] := PARKED;
end;

procedure send_init(c: cpu_t);
begin
  assert "what a processor does is not lost" runs[c] != IN_OLD;
  runs[c] := WAITS;
end;

-- A start-up message works only on a processor that waits for it, which executes that page then.
procedure start_up(c: cpu_t; k: kernel_t; p: page_t);
begin
  assert "a start-up message is for a processor that waits" runs[c] = WAITS;
  assert "a processor starts in its kernel" content[p] = (k = OLD ? OF_OLD : OF_NEW);
  runs[c] := k = OLD ? IN_OLD : IN_NEW;
end;

startstate "the old kernel has all memory"
begin
  phase := ALONE;
  undefine starter;
  for p: page_t do
    mine[OLD][p] := true;
    mine[NEW][p] := false;
    used[OLD][p] := p = 0 | (TEXT <= p & p < TEXT + CORE + PROCS * NEED);
    used[NEW][p] := false;
    content[p] := p = 0 | in_core(p) ? OF_OLD : NOTHING;
  end;
  for q: proc_t do
    place[q] := ON_OLD;
    stale[q] := false;
    home[q] := TEXT + CORE + q * NEED;
    undefine target[q];
    for p: page_t do
      if within(p, home[q]) then
        content[p] := data_of(q);
      end;
    end;
  end;
  for c: cpu_t do runs[c] := IN_OLD; end;
end;

-- The old kernel goes on working ---------------------------------------------------------------

ruleset p: page_t do
  rule "old: use a page"
    has_cpu(OLD) & is_free(p)
  ==>
  begin
    used[OLD][p] := true;
    content[p] := OF_OLD;
  end;

  rule "old: stop using a page"
    has_cpu(OLD) & used[OLD][p] & p != 0 & !in_core(p)
    & (forall q: proc_t do isundefined(home[q]) | !within(p, home[q]) end)
  ==>
  begin
    used[OLD][p] := false;
    content[p] := NOTHING;
  end;
end;

ruleset q: proc_t do
  rule "process: write"
    place[q] = ON_OLD & has_cpu(OLD)
  ==>
  begin
    stale[q] := !isundefined(target[q]);
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

rule "old: park the second processor"
  phase = RESERVED
==>
begin
  park(SECOND);
  phase := STARTING;
end;

rule "old: INIT to the second processor"
  phase = STARTING
==>
begin
  send_init(SECOND);
end;

rule "old: boot the new kernel"
  phase = STARTING & runs[SECOND] = WAITS
==>
begin
  for p: page_t do
    if in_kernel(p) | p = starter then
      mine[NEW][p] := true;
    end;
    if in_image(p) | p = starter then
      used[NEW][p] := true;
      content[p] := OF_NEW;
    end;
  end;
  start_up(SECOND, NEW, starter);
  phase := BOOTED;
end;

-- It has nothing else yet.
ruleset p: page_t do
  rule "new: allocate a page while it boots"
    has_cpu(NEW) & mine[NEW][p] & !used[NEW][p]
  ==>
  begin
    used[NEW][p] := true;
    content[p] := OF_NEW;
  end;
end;

rule "new: I relieve you"
  phase = BOOTED & (forall p: page_t do mine[NEW][p] -> used[NEW][p] end)
==>
begin
  phase := MOVING;
end;

-- Or gives it back -------------------------------------------------------------------------------

-- What the new kernel has written down is gone with it.
procedure give_back();
begin
  for p: page_t do
    if in_kernel(p) | p = starter then
      mine[NEW][p] := false;
      used[NEW][p] := false;
      mine[OLD][p] := true;
      content[p] := NOTHING;
    end;
  end;
  undefine starter;
  phase := ALONE;
end;

-- Of either kernel: not ready, or time is up.
rule "old: abort"
  phase = STARTING | phase = BOOTED
==>
begin
  phase := ABORTING;
end;

rule "old: INIT to the new kernel's processor"
  phase = ABORTING
==>
begin
  send_init(SECOND);
end;

rule "old: take memory and processor back"
  phase = ABORTING & runs[SECOND] = WAITS
==>
begin
  give_back();
  start_up(SECOND, OLD, 0);
end;

-- Processes move, and the new kernel grows -------------------------------------------------------

ruleset q: proc_t do
  -- One at a time: nobody stands still longer than he has to.
  rule "old: stop a process"
    phase = MOVING & place[q] = ON_OLD
    & (forall r: proc_t do place[r] = ON_OLD | place[r] = ON_NEW end)
  ==>
  begin
    place[q] := STOPPED;
  end;

  ruleset t: page_t do
    rule "old: copy a process"
      place[q] = STOPPED & t + NEED <= SIZE
      & (forall p: page_t do within(p, t) -> is_free(p) end)
    ==>
    begin
      for p: page_t do
        if within(p, t) then
          mine[OLD][p] := false;
          content[p] := data_of(q);
        end;
      end;
      target[q] := t;
      place[q] := ON_ITS_WAY;
    end;
  end;

  -- Nothing is written.
  rule "old: hand over a process where it lies"
    place[q] = STOPPED
  ==>
  begin
    for p: page_t do
      if within(p, home[q]) then
        mine[OLD][p] := false;
        used[OLD][p] := false;
      end;
    end;
    target[q] := home[q];
    place[q] := ON_ITS_WAY;
  end;

  rule "new: run a process"
    place[q] = ON_ITS_WAY
  ==>
  begin
    for p: page_t do
      if within(p, target[q]) then
        mine[NEW][p] := true;
        used[NEW][p] := true;
      end;
    end;
    place[q] := ON_NEW;
  end;

  -- It has no room for what belongs to a process elsewhere, say. The process goes on where it was.
  rule "new: refuse a process"
    place[q] = ON_ITS_WAY
  ==>
  begin
    for p: page_t do
      if within(p, target[q]) then
        mine[OLD][p] := true;
        if target[q] = home[q] then
          used[OLD][p] := true;
        else
          content[p] := NOTHING;
        end;
      end;
    end;
    undefine target[q];
    place[q] := ON_OLD;
  end;

  rule "old: free a process that has moved"
    has_cpu(OLD) & place[q] = ON_NEW & !isundefined(home[q])
  ==>
  begin
    for p: page_t do
      if within(p, home[q]) & target[q] != home[q] then
        used[OLD][p] := false;
        content[p] := NOTHING;
      end;
    end;
    undefine home[q];
  end;
end;

-- And has everything -----------------------------------------------------------------------------

-- Of what it had for itself it needs no more than a parked processor does.
rule "old: I stand relieved"
  phase = MOVING & (forall q: proc_t do place[q] = ON_NEW end)
==>
begin
  for p: page_t do
    if !in_core(p) then
      used[OLD][p] := false;
    end;
  end;
  park(FIRST);
  phase := RELIEVED;
end;

-- It has shown that it has stopped.
rule "new: INIT to the last processor"
  phase = RELIEVED
==>
begin
  send_init(FIRST);
end;

rule "new: start the last processor"
  phase = RELIEVED & runs[FIRST] = WAITS
==>
begin
  start_up(FIRST, NEW, starter);
  phase := COMPLETE;
end;

-- Nobody executes the old kernel, or waits in it.
ruleset p: page_t do
  rule "new: take a page of the old kernel"
    phase = COMPLETE & mine[OLD][p]
  ==>
  begin
    mine[OLD][p] := false;
    used[OLD][p] := false;
    mine[NEW][p] := true;
    used[NEW][p] := true;
    content[p] := OF_NEW;
  end;
end;

-- The swap is over, and the machine goes on.
rule "machine: time passes"
  (phase = COMPLETE | phase = LATER) & (forall p: page_t do mine[NEW][p] end)
==>
begin
  phase := phase = COMPLETE ? LATER : COMPLETE;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "no page is owned twice"
  forall p: page_t do !(mine[OLD][p] & mine[NEW][p]) end;

-- What is in nobody's book is on its way from one to the other.
invariant "no page is lost"
  forall p: page_t do
    mine[OLD][p]
    | mine[NEW][p]
    | (!isundefined(starter) & (in_kernel(p) | p = starter))
    | (exists q: proc_t do place[q] = ON_ITS_WAY & within(p, target[q]) end)
  end;

invariant "who uses a page has it"
  forall k: kernel_t do forall p: page_t do used[k][p] -> mine[k][p] end end;

invariant "nothing still in use is overwritten"
  -- What a processor needs that runs in the old kernel or waits there.
  ((exists c: cpu_t do runs[c] = IN_OLD | runs[c] = PARKED end)
    -> (forall p: page_t do in_core(p) -> content[p] = OF_OLD end))
  -- What a kernel uses for itself.
  & (has_cpu(OLD) -> (forall p: page_t do
        used[OLD][p] & (forall q: proc_t do isundefined(home[q]) | !within(p, home[q]) end)
        -> content[p] = OF_OLD
      end))
  & (has_cpu(NEW) -> (forall p: page_t do
        used[NEW][p] & (forall q: proc_t do isundefined(target[q]) | !within(p, target[q]) end)
        -> content[p] = OF_NEW
      end))
  -- Processes wherever they are.
  & (forall q: proc_t do
      place[q] != ON_NEW
      -> (forall p: page_t do within(p, home[q]) -> content[p] = data_of(q) end)
    end)
  & (forall q: proc_t do
      place[q] = ON_ITS_WAY | place[q] = ON_NEW
      -> (forall p: page_t do within(p, target[q]) -> content[p] = data_of(q) end)
    end);

invariant "a process is in memory that its kernel has"
  forall q: proc_t do forall p: page_t do
      (place[q] = ON_OLD & within(p, home[q]) -> mine[OLD][p] & used[OLD][p])
      & (place[q] = ON_NEW & within(p, target[q]) -> mine[NEW][p] & used[NEW][p])
      & (isundefined(home[q]) | home[q] + NEED <= SIZE)
      & (isundefined(target[q]) | target[q] + NEED <= SIZE)
    end end;

invariant "the new kernel has what it boots in, and has booted when it relieves"
  has_cpu(NEW) ->
  (forall p: page_t do
      (BASE <= p & p < BASE + IMAGE -> used[NEW][p])
      & (BASE <= p & p < BASE + IMAGE + HEAP -> mine[NEW][p] & (phase = MOVING -> used[NEW][p]))
    end);

invariant "an old kernel that stands relieved uses no more than a parked processor needs"
  phase = RELIEVED | phase = COMPLETE ->
  (forall p: page_t do used[OLD][p] -> TEXT <= p & p < TEXT + CORE end);

invariant "who stands relieved has seen all processes run elsewhere"
  phase = RELIEVED | phase = COMPLETE -> (forall q: proc_t do place[q] = ON_NEW end);

invariant "a copy is what the process is"
  forall q: proc_t do !stale[q] end;

invariant "a kernel that goes on can start processors"
  (has_cpu(OLD) -> mine[OLD][0] & content[0] = OF_OLD)
  & (has_cpu(NEW) -> starter < LOW & mine[NEW][starter] & content[starter] = OF_NEW);

invariant "an abort gives memory and processor back"
  phase = ALONE ->
  (forall p: page_t do mine[OLD][p] & !mine[NEW][p] & !used[NEW][p] & content[p] != OF_NEW end)
  & (forall c: cpu_t do runs[c] = IN_OLD end)
  & (forall q: proc_t do place[q] = ON_OLD end)
  & isundefined(starter);

invariant "what the old kernel does not use is empty"
  has_cpu(OLD) -> (forall p: page_t do is_free(p) -> content[p] = NOTHING end);

invariant "a processor stands still only between kernels"
  (phase = RESERVED | phase = BOOTED | phase = MOVING | phase = COMPLETE)
  -> (forall c: cpu_t do runs[c] = IN_OLD | runs[c] = IN_NEW end);

liveness "every swap can end"
  phase = ALONE | phase = COMPLETE;

cover "the new kernel has everything"
  phase = COMPLETE & (forall p: page_t do mine[NEW][p] end);

cover "the new kernel has what it did not start with"
  exists p: page_t do mine[NEW][p] & !in_kernel(p) & p != starter & has_cpu(OLD) end;

cover "a process was handed over where it lay, and another one copied"
  exists q: proc_t do exists r: proc_t do
      place[q] = ON_NEW & target[q] = TEXT + CORE + q * NEED
      & place[r] = ON_NEW & target[r] != TEXT + CORE + r * NEED
    end end;

cover "an abort comes while the new kernel boots"
  phase = ABORTING & runs[SECOND] = IN_NEW;

cover "an abort comes before that"
  phase = ABORTING & runs[SECOND] = PARKED;

function given_away(): 0 .. SIZE;
  var count: 0 .. SIZE;
begin
  count := 0;
  for p: page_t do
    if has_cpu(OLD) & !mine[OLD][p] then
      count := count + 1;
    end;
  end;
  return count;
end;

function stopped_count(): 0 .. PROCS;
  var count: 0 .. PROCS;
begin
  count := 0;
  for q: proc_t do
    if place[q] = STOPPED | place[q] = ON_ITS_WAY then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "pages that the running kernel has given away"
  given_away();

measure "processes standing still"
  stopped_count();
