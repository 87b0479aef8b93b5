-- Two kernels in one memory, wherever things lie in it: memory.m with regions for pages, at
-- addresses that are not said. One search covers all layouts that the assumptions below allow.
--
-- A kernel is put into a region that was set aside for it, with a page below 1 MiB to start
-- processors from. Processes are copied behind it, so that it grows; one for which there is no room
-- there is handed over where it lies. In the end the new kernel has everything; or what was set
-- aside is given back. A parked processor still runs the old kernel's text.
--
-- Belief and truth are separate variables, as in memory.m: a kernel's rules read what it has
-- written down (old_has, aside, new_has, rank), and content is what is in memory. Memory that a
-- kernel takes for itself in the course of its work is one more region, EXTRA, which may lie
-- anywhere. The old kernel's processes lie directly above its text and data (old_base + old_size).
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
  phase_t: enum { ALONE, REFUSED, RESERVED, PARKED, BOOTED, ABORTING, RELIEVED, COMPLETE, LATER };
  content_t: enum { NOTHING, OF_OLD, OF_NEW };

symbolic
  ram: address;                       -- bytes of the machine, from 0 on
  old_start, new_start: address;      -- the page where a kernel starts processors
  old_base, old_size: address;        -- text and data of the old kernel
  new_base, new_size: address;        -- image of the new one, and what it needs to start
  extra_base, extra_size: address;
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
  runs:    array [cpu_t] of enum { IN_OLD, WAITS_IN_OLD, IN_NEW, HELD };
  place:   array [proc_t] of enum { ON_OLD, COPIED, ON_NEW };

-- Where things lie -------------------------------------------------------------------------------

function home_of(q: proc_t): region_t;
begin
  return q = A ? HOME_A : HOME_B;
end;

function copy_of(q: proc_t): region_t;
begin
  return q = A ? COPY_A : COPY_B;
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
    case EXTRA: return extra_base;
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
    case EXTRA: return extra_size;
    case HOME_A: return need[A];
    case HOME_B: return need[B];
    case COPY_A: return need[A];
    case COPY_B: return need[B];
  end;
end;

-- Regions below 1 MiB and those above it have nothing in common, which needs no comparison.
function is_low(r: region_t): boolean;
begin
  return r = OLD_START | r = NEW_START;
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

assume "pages to start processors from lie below 1 MiB"
  old_start >= 4KiB & old_start <= 1MiB - 4KiB & old_start % 4KiB = 0
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

procedure begin_with_one_kernel();
begin
  phase := ALONE;
  for r: region_t do
    old_has[r] := r = OLD_START | r = OLD_KERNEL | r = HOME_A | r = HOME_B;
    aside[r] := false;
    new_has[r] := false;
    content[r] := old_has[r] ? OF_OLD : NOTHING;
  end;
  for q: proc_t do
    place[q] := ON_OLD;
    undefine rank[q];
  end;
  for c: cpu_t do runs[c] := IN_OLD; end;
end;

startstate "the old kernel has all memory"
begin
  begin_with_one_kernel();
end;

-- Kernels go on working --------------------------------------------------------------------------

rule "old: take memory"
  runs[FIRST] = IN_OLD & !old_has[EXTRA] & is_free(EXTRA)
==>
begin
  old_has[EXTRA] := true;
  write(EXTRA, OF_OLD);
end;

rule "old: free memory"
  runs[FIRST] = IN_OLD & old_has[EXTRA]
==>
begin
  old_has[EXTRA] := false;
  content[EXTRA] := NOTHING;
end;

-- Before that all memory that is not the new kernel's is the old one's.
rule "new: take memory"
  (phase = RELIEVED | phase = COMPLETE) & !new_has[EXTRA] & is_free(EXTRA)
==>
begin
  new_has[EXTRA] := true;
  write(EXTRA, OF_NEW);
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
  write(NEW_START, OF_NEW);
  write(NEW_KERNEL, OF_NEW);
  for r: region_t do new_has[r] := aside[r]; end;
  runs[SECOND] := IN_NEW;
  phase := BOOTED;
end;

-- Or gives it back -------------------------------------------------------------------------------

rule "new: I am not ready"
  phase = BOOTED & (forall q: proc_t do place[q] = ON_OLD end)
==>
begin
  for r: region_t do new_has[r] := false; end;
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
  aside[NEW_START] := false;
  aside[NEW_KERNEL] := false;
  content[NEW_START] := NOTHING;
  content[NEW_KERNEL] := NOTHING;
  runs[SECOND] := IN_OLD;
  phase := ALONE;
end;

-- Processes move, and the new kernel grows -------------------------------------------------------

ruleset q: proc_t do
  rule "old: copy a process"
    phase = BOOTED & place[q] = ON_OLD & has_room(q)
  ==>
  begin
    rank[q] := copied_count() + 1;
    aside[copy_of(q)] := true;
    write(copy_of(q), OF_NEW);
    place[q] := COPIED;
  end;

  rule "new: run a process that was copied"
    place[q] = COPIED
  ==>
  begin
    new_has[copy_of(q)] := true;
    place[q] := ON_NEW;
  end;

  rule "old: free a process that has moved"
    runs[FIRST] = IN_OLD & place[q] = ON_NEW & old_has[home_of(q)]
  ==>
  begin
    old_has[home_of(q)] := false;
    content[home_of(q)] := NOTHING;
  end;

  rule "old: hand over a process where it lies"
    phase = BOOTED & place[q] = ON_OLD & !has_room(q)
  ==>
  begin
    old_has[home_of(q)] := false;
    aside[home_of(q)] := true;
    new_has[home_of(q)] := true;
    content[home_of(q)] := OF_NEW;
    place[q] := ON_NEW;
  end;
end;

-- And has everything -----------------------------------------------------------------------------

-- The text stays the old kernel's as long as a processor waits in it.
rule "old: I stand relieved"
  phase = BOOTED & (forall q: proc_t do place[q] = ON_NEW & !old_has[home_of(q)] end)
==>
begin
  for r: region_t do
    if r != OLD_KERNEL then
      old_has[r] := false;
    end;
  end;
  content[OLD_START] := NOTHING;
  if content[EXTRA] = OF_OLD then
    content[EXTRA] := NOTHING;
  end;
  runs[FIRST] := WAITS_IN_OLD;
  phase := RELIEVED;
end;

rule "new: start the last processor"
  phase = RELIEVED
==>
begin
  runs[FIRST] := IN_NEW;
  old_has[OLD_KERNEL] := false;
  content[OLD_KERNEL] := NOTHING;
  phase := COMPLETE;
end;

-- The swap is over, and the machine goes on. Another swap is another run, in another layout.
rule "machine: time passes"
  phase = COMPLETE | phase = LATER
==>
begin
  phase := phase = COMPLETE ? LATER : COMPLETE;
end;

invariant "no page is owned twice"
  forall r: region_t do
    forall s: region_t do
      old_has[r] & new_has[s] -> !overlap(r, s)
    end
  end;

invariant "nothing still in use is overwritten"
  -- Text, of whoever runs or waits in it, and where processors are started.
  ((exists c: cpu_t do runs[c] = IN_OLD | runs[c] = WAITS_IN_OLD end)
    -> content[OLD_KERNEL] = OF_OLD)
  & (runs[FIRST] = IN_OLD -> content[OLD_START] = OF_OLD)
  & ((exists c: cpu_t do runs[c] = IN_NEW end)
    -> content[NEW_KERNEL] = OF_NEW & content[NEW_START] = OF_NEW)
  -- What a kernel has taken for itself.
  & (runs[FIRST] = IN_OLD & old_has[EXTRA] -> content[EXTRA] = OF_OLD)
  & (new_has[EXTRA] -> content[EXTRA] = OF_NEW)
  -- Processes wherever they run.
  & (forall q: proc_t do place[q] != ON_NEW -> content[home_of(q)] = OF_OLD end)
  & (forall q: proc_t do
      place[q] = ON_NEW & isundefined(rank[q]) -> content[home_of(q)] = OF_NEW
    end)
  & (forall q: proc_t do !isundefined(rank[q]) -> content[copy_of(q)] = OF_NEW end);

invariant "the new kernel grows within memory"
  new_base + new_size + grown_bytes() <= ram;

invariant "abort releases what was set aside"
  phase = ALONE -> (forall r: region_t do !aside[r] & !new_has[r] end);

cover "there is no room for a new kernel"
  phase = REFUSED;

cover "all processes were copied"
  phase = COMPLETE & (forall q: proc_t do !isundefined(rank[q]) end);

cover "one was copied, and the other handed over where it lies"
  phase = COMPLETE & !isundefined(rank[A]) & isundefined(rank[B]);

cover "the new kernel has memory of the old one's text"
  phase = COMPLETE & new_has[EXTRA] & overlap(EXTRA, OLD_KERNEL);

measure "processes that were copied" copied_count();
