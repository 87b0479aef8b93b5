-- Two kernels in one memory, wherever things lie in it: memory.m with regions for pages, at
-- addresses that are not said. One search covers all layouts that the assumptions below allow.
--
-- A kernel is put into a region that was set aside for it, with a page below 1 MiB to start
-- processors from. Processes are copied behind it, so that it grows; one for which there is no room
-- there is handed over where it lies. In the end the new kernel has everything; or what was set
-- aside is given back. A parked processor still executes the old kernel's text, with a stack and
-- page tables that lie in the same region.
--
-- Belief and truth are separate variables, as in memory.m: a kernel's rules read what it has
-- written down (old_has, aside, new_has, rank), and content is what is in memory. Memory that a
-- kernel takes for itself in the course of its work is one more region, EXTRA, which may lie
-- anywhere: above 1 MiB, or below it, where somebody else may want a page, too. The old kernel's
-- processes lie directly above its text and data (old_base + old_size).
--
-- What is left out: messages (hotswap.m has them), DMA (devices.m), an abort after a process has
-- moved, and memory with holes.
--
-- Expect: holds

const
  MEMORY: 1TiB;  -- of the largest machine
  LEAST:  64MiB; -- of the smallest

type
  proc_t: enum { A, B };
  region_t: enum {
    OLD_START, NEW_START, OLD_KERNEL, NEW_KERNEL, EXTRA, HOME_A, HOME_B, COPY_A, COPY_B
  };
  cpu_t: enum { FIRST, SECOND };
  phase_t: enum {
    ALONE, REFUSED,
    RESERVED,    -- memory is set aside
    STARTING,    -- the second processor leaves
    BOOTED,      -- the new kernel runs on it
    MOVING,      -- it has said "I relieve you"
    RELIEVED,    -- the old kernel has said "I stand relieved"
    COMPLETE, LATER,
    ABORTING
  };
  content_t: enum { NOTHING, OF_OLD, OF_NEW, DATA_OF_A, DATA_OF_B };

symbolic
  ram: address;                       -- bytes of the machine, from 0 on
  old_start, new_start: address;      -- the page where a kernel starts processors
  old_base, old_size: address;        -- text and data of the old kernel
  new_base, new_size: address;        -- image of the new one, and what it needs to start
  extra_base, extra_size: address;    -- what a kernel takes for itself,
  extra_low: address;                 -- and a page of it below 1 MiB
  need: array [proc_t] of address;    -- bytes of a process

var
  -- Belief.
  phase:   phase_t;
  old_has: array [region_t] of boolean;
  aside:   array [region_t] of boolean;    -- by the old kernel, for the new one
  new_has: array [region_t] of boolean;
  rank:    array [proc_t] of 1 .. 2;       -- of a process among the copied; undefined before

  -- Truth.
  content: array [region_t] of content_t;
  runs:    array [cpu_t] of enum { IN_OLD, PARKED, WAITS, IN_NEW };
  place:   array [proc_t] of enum { ON_OLD, STOPPED, ON_ITS_WAY, ON_NEW };
  low:     boolean;                        -- EXTRA lies below 1 MiB

  -- History: a process has written to its memory after that was copied.
  stale:   array [proc_t] of boolean;

-- Where things lie -------------------------------------------------------------------------------

function home_of(q: proc_t): region_t;
begin
  return q = A ? HOME_A : HOME_B;
end;

function copy_of(q: proc_t): region_t;
begin
  return q = A ? COPY_A : COPY_B;
end;

function data_of(q: proc_t): content_t;
begin
  return q = A ? DATA_OF_A : DATA_OF_B;
end;

function copied_count(): 0 .. 2;
  var
    count: 0 .. 2;
begin
  count := 0;
  for q: proc_t do
    if !isundefined(rank[q]) then
      count := count + 1;
    end;
  end;
  return count;
end;

-- What the new kernel has behind what it started with.
function grown_bytes(): address;
  var
    sum: address;
begin
  sum := 0;
  for q: proc_t do
    if !isundefined(rank[q]) then
      sum := sum + need[q];
    end;
  end;
  return sum;
end;

-- Where the copy of a process begins: behind the new kernel and those that were copied before.
function copy_base(q: proc_t): address;
  var
    base: address;
begin
  if isundefined(rank[q]) then
    return new_base + new_size + grown_bytes();
  end;
  base := new_base + new_size;
  for other: proc_t do
    if !isundefined(rank[other]) & rank[other] < rank[q] then
      base := base + need[other];
    end;
  end;
  return base;
end;

function base_of(r: region_t): address;
begin
  switch r
    case OLD_START: return old_start;
    case NEW_START: return new_start;
    case OLD_KERNEL: return old_base;
    case NEW_KERNEL: return new_base;
    case EXTRA: return low ? extra_low : extra_base;
    case HOME_A: return old_base + old_size;
    case HOME_B: return old_base + old_size + need[A];
    case COPY_A: return copy_base(A);
    case COPY_B: return copy_base(B);
  end;
end;

function size_of(r: region_t): address;
begin
  switch r
    case OLD_START: return 4KiB;
    case NEW_START: return 4KiB;
    case OLD_KERNEL: return old_size;
    case NEW_KERNEL: return new_size;
    case EXTRA: return low ? 4KiB : extra_size;
    case HOME_A: return need[A];
    case HOME_B: return need[B];
    case COPY_A: return need[A];
    case COPY_B: return need[B];
  end;
end;

-- Regions below 1 MiB and those above it have nothing in common, which needs no comparison.
function is_low(r: region_t): boolean;
begin
  return r = OLD_START | r = NEW_START | (r = EXTRA & low);
end;

function overlap(r: region_t; s: region_t): boolean;
begin
  return r = s
  | is_low(r) = is_low(s)
  & base_of(r) < base_of(s) + size_of(s) & base_of(s) < base_of(r) + size_of(r);
end;

function is_free(r: region_t): boolean;
begin
  return forall s: region_t do old_has[s] | aside[s] | new_has[s] -> !overlap(r, s) end;
end;

-- Whether the new kernel can grow by a process.
function has_room(q: proc_t): boolean;
begin
  return copy_base(q) + need[q] <= ram & is_free(copy_of(q));
end;

-- Layouts ----------------------------------------------------------------------------------------

assume "machine"
  ram >= LEAST & ram <= MEMORY & ram % 2MiB = 0;

assume "pages below 1 MiB"
  extra_low >= 4KiB & extra_low <= 1MiB - 4KiB & extra_low % 4KiB = 0
  & old_start >= 4KiB & old_start <= 1MiB - 4KiB & old_start % 4KiB = 0
  & new_start >= 4KiB & new_start <= 1MiB - 4KiB & new_start % 4KiB = 0;

assume "kernels lie in memory, above 1 MiB"
  old_base >= 2MiB & old_base % 2MiB = 0 & old_base + old_size + need[A] + need[B] <= ram
  & new_base >= 2MiB & new_base % 2MiB = 0 & new_base + new_size <= ram;

assume "kernels have a size"
  old_size >= 2MiB & old_size <= 1GiB & old_size % 4KiB = 0
  & new_size >= 2MiB & new_size <= 1GiB & new_size % 4KiB = 0;

assume "what a kernel takes for itself"
  extra_base >= 1MiB & extra_base % 4KiB = 0 & extra_base + extra_size <= ram
  & extra_size >= 4KiB & extra_size <= 1GiB & extra_size % 4KiB = 0;

ruleset q: proc_t do
  assume "processes have a size"
    need[q] >= 4KiB & need[q] <= 1GiB & need[q] % 4KiB = 0;
end;

-- What is in memory ------------------------------------------------------------------------------

-- What lies there is overwritten. Where nothing of use is, nothing is lost.
procedure write(r: region_t; data: content_t);
begin
  for s: region_t do
    if content[s] != NOTHING & overlap(r, s) then
      content[s] := NOTHING;
    end;
  end;
  content[r] := data;
end;

procedure give_up(r: region_t);
begin
  old_has[r] := false;
  content[r] := NOTHING;
end;

-- Is a kernel's code executed anywhere? It does something only then.
function old_runs(): boolean;
begin
  return exists c: cpu_t do runs[c] = IN_OLD end;
end;

function new_runs(): boolean;
begin
  return exists c: cpu_t do runs[c] = IN_NEW end;
end;

-- What the machine does with processors ----------------------------------------------------------

procedure send_init(c: cpu_t);
begin
  assert "what a processor does is not lost" runs[c] != IN_OLD;
  runs[c] := WAITS;
end;

-- A start-up message works only on a processor that waits for it, which executes that page then.
procedure start_up(c: cpu_t; start: region_t);
begin
  assert "a start-up message is for a processor that waits" runs[c] = WAITS;
  assert "a processor starts in its kernel" content[start] = (start = OLD_START ? OF_OLD : OF_NEW);
  runs[c] := start = OLD_START ? IN_OLD : IN_NEW;
end;

ruleset l: boolean do
  startstate "the old kernel has all memory"
  begin
    phase := ALONE;
    low := l;
    for r: region_t do
      old_has[r] := r = OLD_START | r = OLD_KERNEL | r = HOME_A | r = HOME_B;
      aside[r] := false;
      new_has[r] := false;
      content[r] := r = OLD_START | r = OLD_KERNEL ? OF_OLD : NOTHING;
    end;
    for q: proc_t do
      place[q] := ON_OLD;
      stale[q] := false;
      content[home_of(q)] := data_of(q);
      undefine rank[q];
    end;
    for c: cpu_t do runs[c] := IN_OLD; end;
  end;
end;

-- Kernels go on working --------------------------------------------------------------------------

rule "old: take memory"
  old_runs() & !old_has[EXTRA] & is_free(EXTRA)
==>
begin
  old_has[EXTRA] := true;
  write(EXTRA, OF_OLD);
end;

rule "old: free memory"
  old_runs() & old_has[EXTRA]
==>
begin
  give_up(EXTRA);
end;

-- As long as the old kernel works, all memory that is not the new kernel's is the old one's, which
-- grants it or does not.
rule "old: grant memory"
  phase = MOVING & is_free(EXTRA)
==>
begin
  aside[EXTRA] := true;
end;

rule "new: take memory that was granted"
  new_runs() & aside[EXTRA] & !new_has[EXTRA]
==>
begin
  new_has[EXTRA] := true;
  write(EXTRA, OF_NEW);
end;

ruleset q: proc_t do
  rule "process: write"
    place[q] = ON_OLD & old_runs()
  ==>
  begin
    stale[q] := !isundefined(rank[q]);
  end;
end;

-- The new kernel gets what it needs to start ----------------------------------------------------

rule "old: set memory aside"
  phase = ALONE & is_free(NEW_START) & is_free(NEW_KERNEL)
==>
begin
  aside[NEW_START] := true;
  aside[NEW_KERNEL] := true;
  phase := RESERVED;
end;

-- Nothing has happened yet, and there is nothing to be undone.
rule "old: there is no room"
  phase = ALONE & !(is_free(NEW_START) & is_free(NEW_KERNEL))
==>
begin
  phase := REFUSED;
end;

rule "administrator: give up, or try another time"
  phase = REFUSED
==>
begin
  phase := ALONE;
end;

rule "old: park the second processor"
  phase = RESERVED
==>
begin
  runs[SECOND] := PARKED;
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
  write(NEW_START, OF_NEW);
  write(NEW_KERNEL, OF_NEW);
  for r: region_t do new_has[r] := aside[r]; end;
  start_up(SECOND, NEW_START);
  phase := BOOTED;
end;

rule "new: I relieve you"
  phase = BOOTED
==>
begin
  phase := MOVING;
end;

-- Or gives it back -------------------------------------------------------------------------------

-- What the new kernel has written down is gone with it.
procedure give_back();
begin
  for r: region_t do
    if aside[r] then
      aside[r] := false;
      new_has[r] := false;
      content[r] := NOTHING;
    end;
  end;
  phase := ALONE;
end;

rule "old: change its mind"
  phase = RESERVED
==>
begin
  give_back();
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
  start_up(SECOND, OLD_START);
end;

-- Processes move, and the new kernel grows -------------------------------------------------------

ruleset q: proc_t do
  rule "old: stop a process"
    phase = MOVING & place[q] = ON_OLD
    & (forall other: proc_t do place[other] = ON_OLD | place[other] = ON_NEW end)
  ==>
  begin
    place[q] := STOPPED;
  end;

  rule "old: copy a process"
    place[q] = STOPPED & has_room(q)
  ==>
  begin
    rank[q] := copied_count() + 1;
    aside[copy_of(q)] := true;
    write(copy_of(q), data_of(q));
    place[q] := ON_ITS_WAY;
  end;

  -- Nothing is written.
  rule "old: hand over a process where it lies"
    place[q] = STOPPED & !has_room(q)
  ==>
  begin
    old_has[home_of(q)] := false;
    aside[home_of(q)] := true;
    place[q] := ON_ITS_WAY;
  end;

  rule "new: run a process"
    place[q] = ON_ITS_WAY
  ==>
  begin
    new_has[isundefined(rank[q]) ? home_of(q) : copy_of(q)] := true;
    place[q] := ON_NEW;
  end;

  -- It has no room for what belongs to a process elsewhere, say. The process goes on where it was.
  rule "new: refuse a process"
    place[q] = ON_ITS_WAY
  ==>
  begin
    if isundefined(rank[q]) then
      aside[home_of(q)] := false;
      old_has[home_of(q)] := true;
    else
      aside[copy_of(q)] := false;
      content[copy_of(q)] := NOTHING;
      undefine rank[q];
    end;
    place[q] := ON_OLD;
  end;

  rule "old: free a process that has moved"
    place[q] = ON_NEW & old_has[home_of(q)]
  ==>
  begin
    give_up(home_of(q));
  end;
end;

-- And has everything -----------------------------------------------------------------------------

-- What it has taken for itself is of no use any more. The core stays the old kernel's as long as a
-- processor waits in it.
rule "old: I stand relieved"
  phase = MOVING & (forall q: proc_t do place[q] = ON_NEW & !old_has[home_of(q)] end)
==>
begin
  give_up(OLD_START);
  if old_has[EXTRA] then
    give_up(EXTRA);
  end;
  runs[FIRST] := PARKED;
  phase := RELIEVED;
end;

-- It has shown that it has stopped. Nobody executes the old kernel, or waits in it.
rule "new: INIT to the last processor"
  phase = RELIEVED & runs[FIRST] = PARKED
==>
begin
  send_init(FIRST);
  give_up(OLD_KERNEL);
end;

rule "new: start the last processor"
  phase = RELIEVED & runs[FIRST] = WAITS
==>
begin
  start_up(FIRST, NEW_START);
  phase := COMPLETE;
end;

-- There is nobody to grant anything any more, and all that is free is the new kernel's.
rule "new: take memory"
  (phase = RELIEVED | phase = COMPLETE) & !new_has[EXTRA] & is_free(EXTRA)
==>
begin
  aside[EXTRA] := true;
  new_has[EXTRA] := true;
  write(EXTRA, OF_NEW);
end;

-- The swap is over, and the machine goes on. Another swap is another run, in another layout.
rule "machine: time passes"
  phase = COMPLETE
==>
begin
  phase := LATER;
end;

rule "machine: more time passes"
  phase = LATER
==>
begin
  phase := COMPLETE;
end;

-- What must hold ---------------------------------------------------------------------------------

invariant "no page is owned twice"
  forall r: region_t do
    forall s: region_t do
      old_has[r] & new_has[s] -> !overlap(r, s)
    end
  end;

invariant "the new kernel has what it was given"
  forall r: region_t do new_has[r] -> aside[r] end;

-- Each region once more than in the kernels' books.
invariant "nothing still in use is overwritten"
  -- What a processor needs that runs in the old kernel or waits there.
  ((exists c: cpu_t do runs[c] = IN_OLD | runs[c] = PARKED end)
    -> old_has[OLD_KERNEL] & content[OLD_KERNEL] = OF_OLD)
  & (new_runs() -> new_has[NEW_KERNEL] & content[NEW_KERNEL] = OF_NEW)
  -- What a kernel has taken for itself.
  & (old_runs() & old_has[EXTRA] -> content[EXTRA] = OF_OLD)
  & (new_has[EXTRA] -> content[EXTRA] = OF_NEW)
  -- Processes wherever they are.
  & (forall q: proc_t do
      (place[q] = ON_OLD | place[q] = STOPPED
        -> old_has[home_of(q)] & content[home_of(q)] = data_of(q))
      & (place[q] = ON_ITS_WAY & isundefined(rank[q]) -> content[home_of(q)] = data_of(q))
      & (place[q] = ON_NEW & isundefined(rank[q])
        -> new_has[home_of(q)] & content[home_of(q)] = data_of(q))
      & (place[q] = ON_ITS_WAY & !isundefined(rank[q]) -> content[copy_of(q)] = data_of(q))
      & (place[q] = ON_NEW & !isundefined(rank[q])
        -> new_has[copy_of(q)] & content[copy_of(q)] = data_of(q))
    end);

invariant "who stands relieved has seen all processes run elsewhere"
  phase = RELIEVED | phase = COMPLETE -> (forall q: proc_t do place[q] = ON_NEW end);

invariant "a copy is what the process is"
  forall q: proc_t do !stale[q] end;

invariant "a kernel that goes on can start processors"
  (old_runs() -> old_has[OLD_START] & content[OLD_START] = OF_OLD)
  & (new_runs() -> new_has[NEW_START] & content[NEW_START] = OF_NEW);

invariant "the new kernel grows within memory"
  new_base + new_size + grown_bytes() <= ram;

invariant "an abort gives memory and processor back"
  phase = ALONE | phase = REFUSED ->
  (forall r: region_t do !aside[r] & !new_has[r] & content[r] != OF_NEW end)
  & (forall c: cpu_t do runs[c] = IN_OLD end)
  & (forall q: proc_t do place[q] = ON_OLD end);

invariant "a processor stands still only between kernels"
  (phase = RESERVED | phase = BOOTED | phase = MOVING | phase = COMPLETE)
  -> (forall c: cpu_t do runs[c] = IN_OLD | runs[c] = IN_NEW end);

invariant "in the end nothing is the old kernel's"
  phase = COMPLETE ->
  (forall r: region_t do !old_has[r] & content[r] != OF_OLD end)
  & (forall c: cpu_t do runs[c] = IN_NEW end);

cover "there is no room for a new kernel"
  phase = REFUSED;

cover "somebody else has the new kernel's start page"
  phase = REFUSED & low & old_has[EXTRA] & overlap(EXTRA, NEW_START)
  & !overlap(OLD_START, NEW_START);

cover "a processor stands parked before it has INIT"
  runs[SECOND] = PARKED;

cover "all processes were copied"
  phase = COMPLETE & (forall q: proc_t do !isundefined(rank[q]) end);

cover "one was copied, and the other handed over where it lies"
  phase = COMPLETE & !isundefined(rank[A]) & isundefined(rank[B]);

cover "the new kernel has memory of the old one's text"
  phase = COMPLETE & new_has[EXTRA] & overlap(EXTRA, OLD_KERNEL);

cover "the new kernel is granted memory while processes move"
  phase = MOVING & new_has[EXTRA];

measure "processes that were copied" copied_count();
