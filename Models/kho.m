-- Kexec HandOver: which pages survive the jump into the next kernel, generation after generation.
--
-- Callers mark pages as preserved. The next kernel is loaded into scratch memory, starts with
-- nothing else, sets the marked pages aside, and hands each out once. The same machine then does it
-- again. docs/models.md says what is left out.
--
-- Sources: facts.md 6.1, which follows kernel/liveupdate/kexec_handover.c@dd03dd60 (GEN 1,
-- "kho-v1"), its successor of 2026 (GEN 2, "kho-v4"), and
-- Documentation/core-api/kho/concepts.rst@00c010e1.
--
-- Belief and truth are separate variables. What callers and the tracker believe: asks, mark, map,
-- finalized, named, used. What is so: intact, takers, scratch, pool, tracker. History: due, lost.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  GEN:    1;   -- 1: bitmaps, flattened by a finalize. 2: a radix tree, handed over in place
  DEBUG:  1;   -- 1: CONFIG_KEXEC_HANDOVER_DEBUG. GEN 1 checks in any case
  PAGES:  3;   -- at least 2: one of them is scratch
  CALLS:  2;   -- calls that count on one page, or takers of it, counted up to here

type
  page_t:   scalarset(PAGES);
  count_t:  0 .. CALLS;

  -- What the running kernel's page allocator believes.
  used_t:   enum {
    FREE,
    KERNEL,   -- the kernel's own
    TAKEN,    -- a caller's: to be preserved, or handed out after the jump
    ASIDE     -- handed over, not yet restored
  };

  -- facts.md 6.1, boot order: scratch is marked and alone is used; the preserved pages are set
  -- aside; then the page allocator is up.
  phase_t:  enum { UP, EARLY, ALLOCATING };

  place_t:  enum { OUTSIDE, IN_SCRATCH };

var
  phase:     phase_t;

  -- Belief.
  asks:      array [page_t] of count_t;    -- calls to preserve that count on this page
  mark:      array [page_t] of boolean;    -- the tracker's bit
  map:       array [page_t] of boolean;    -- GEN 1: what finalize has flattened
  finalized: boolean;                      -- GEN 1
  loaded:    boolean;                      -- an image for the next kernel is loaded
  named:     array [page_t] of boolean;    -- a caller knows this page by what was handed over
  magic:     array [page_t] of boolean;    -- stamped on a page set aside, until it is restored
  used:      array [page_t] of used_t;

  -- Truth.
  scratch:   array [page_t] of boolean;    -- lies in a scratch area; never changes
  intact:    array [page_t] of boolean;    -- holds what it held when it was preserved
  takers:    array [page_t] of count_t;    -- how many think that it is theirs
  pool:      place_t;                      -- where this kernel's early pools lie (KFENCE, say)
  tracker:   place_t;                      -- where the tracker keeps its metadata

  -- History.
  due:       array [page_t] of boolean;    -- was handed over, and nobody has had it back yet
  lost:      boolean;                      -- somebody counted on a page, in vain

-- facts.md 6.1: the layout of scratch is inherited by every later kernel.
ruleset s: page_t do
  startstate "booted without a handover"
  begin
    phase := UP;
    for p: page_t do
      asks[p] := 0;
      mark[p] := false;
      map[p] := false;
      named[p] := false;
      magic[p] := false;
      used[p] := FREE;
      scratch[p] := p = s;
      intact[p] := false;
      takers[p] := 0;
      due[p] := false;
    end;
    finalized := false;
    loaded := false;
    pool := OUTSIDE;
    tracker := OUTSIDE;
    lost := false;
  end;
end;

-- A kernel that is up -------------------------------------------------------------------------

ruleset p: page_t do
  -- facts.md 6.1: scratch is CMA, so a movable page of user space may lie in it.
  rule "userspace: fill a page"
    phase = UP & used[p] = FREE
  ==>
  begin
    used[p] := TAKEN;
    takers[p] := 1;
    intact[p] := false;
  end;

  -- facts.md 6.1: what is not movable stays out of scratch.
  rule "kernel: allocate a page"
    phase = UP & used[p] = FREE & !scratch[p]
  ==>
  begin
    used[p] := KERNEL;
    intact[p] := false;
  end;

  -- As any page is freed; not in facts.md 6.1.
  rule "kernel: free a page"
    phase = UP & used[p] = KERNEL
  ==>
  begin
    used[p] := FREE;
  end;

  -- facts.md 6.1, restore: what was restored is an ordinary page.
  rule "userspace: free a page"
    phase = UP & used[p] = TAKEN & asks[p] = 0 & takers[p] > 0
  ==>
  begin
    takers[p] := takers[p] - 1;
    if takers[p] = 0 then
      used[p] := FREE;
      named[p] := false;
    end;
  end;

  -- facts.md 6.1, "overlap of preserved page with scratch": refused, or taken (GEN 2, no DEBUG).
  --
  -- Hole: who sees to it that nobody preserves a page twice? The bit does not count (facts.md 6.1,
  -- 7 B19). Here the second call is refused, as LUO refuses a file that is preserved already.
  --
  -- Hole: what of a call after finalize (GEN 1)? Refused, for the map is written.
  rule "kernel: preserve a page"
    phase = UP
    & used[p] = TAKEN
    & takers[p] = 1
    & !mark[p]
    & (!scratch[p] | (GEN = 2 & DEBUG = 0))
    & !finalized
  ==>
  begin
    asks[p] := asks[p] + 1;
    mark[p] := true;
    intact[p] := true;
  end;

  -- facts.md 6.1, "preserve twice + unpreserve once": one bit, which the first call clears.
  rule "kernel: unpreserve a page"
    phase = UP & asks[p] > 0 & !finalized
  ==>
  begin
    asks[p] := asks[p] - 1;
    mark[p] := false;
  end;

  -- facts.md 6.1, restore: the magic is cleared, so that a second restore fails.
  rule "userspace: restore a page"
    phase = UP & named[p] & magic[p]
  ==>
  begin
    magic[p] := false;
    used[p] := TAKEN;
    takers[p] := takers[p] + 1;
    due[p] := false;
  end;
end;

-- facts.md 7, B6: the tracker's metadata must not come from a pool that may lie in scratch. Here it
-- is asked for page by page, from outside.
rule "kernel: allocate the tracker"
  phase = UP & forall p: page_t do asks[p] = 0 end
==>
begin
  tracker := OUTSIDE;
end;

-- facts.md 6.1, concepts: the next kernel and its initrd are loaded into scratch. The load only
-- stages (facts.md 1.2), so scratch is overwritten at the jump.
rule "userspace: load the next kernel"
  phase = UP & !loaded
==>
begin
  loaded := true;
end;

-- facts.md 6.1, GEN 1: builds the map of what is preserved.
rule "kernel: finalize"
  GEN = 1 & phase = UP & !finalized
==>
begin
  finalized := true;
  for p: page_t do map[p] := mark[p]; end;
end;

-- facts.md 6.1, GEN 1 (6.16: KEXEC_KHO_ABORT).
rule "kernel: abort"
  GEN = 1 & phase = UP & finalized
==>
begin
  finalized := false;
  for p: page_t do map[p] := false; end;
end;

-- The jump ------------------------------------------------------------------------------------

-- Is this page in what is handed over?
function handed(p: page_t): boolean;
begin
  return tracker = OUTSIDE & (GEN = 1 ? map[p] : mark[p]);
end;

-- Hole: a jump without finalize (GEN 1) hands over nothing, and nobody counts on anything. LUO
-- finalizes inside reboot().
--
-- Hole: a jump while something that was handed over has not been had back loses it. None, here.
--
-- Where the next kernel finds an incompatible tree it comes up without (facts.md 6.1), and so it
-- does in an ordinary kexec. The callers see that there is no tree, and count on nothing.
rule "machine: jump into the next kernel"
  phase = UP
  & loaded
  & (GEN = 2 | finalized)
  & (forall p: page_t do !due[p] end)
==>
begin
  lost := lost | exists p: page_t do due[p] | (asks[p] > 0 & !handed(p)) end;
  for p: page_t do
    due[p] := asks[p] > 0 & handed(p);
    named[p] := asks[p] > 0;
    map[p] := handed(p);   -- GEN 2: the radix tree itself, as the next kernel finds it
    asks[p] := 0;
    magic[p] := false;
    used[p] := FREE;
    takers[p] := 0;
    if scratch[p] then
      intact[p] := false;
    end;
  end;
  for p: page_t do mark[p] := false; end;
  finalized := false;
  loaded := false;
  tracker := OUTSIDE;
  pool := IN_SCRATCH;   -- facts.md 7, B6: what a KHO boot allocates early lies in scratch
  phase := EARLY;
end;

-- facts.md 6.1, "incompatible root FDT".
rule "kernel: come up without a handover"
  phase = EARLY
==>
begin
  for p: page_t do
    due[p] := false;
    named[p] := false;
    map[p] := false;
    used[p] := FREE;
  end;
  pool := OUTSIDE;
  phase := UP;
end;

-- facts.md 6.1, next-kernel boot order: memblock_set_kho_scratch_only.
ruleset p: page_t do
  rule "kernel: allocate early"
    phase = EARLY & used[p] = FREE & scratch[p]
  ==>
  begin
    used[p] := KERNEL;
    intact[p] := false;
  end;
end;

-- facts.md 6.1: kho_memory_init reserves the preserved pages.
rule "kernel: set the preserved pages aside"
  phase = EARLY
==>
begin
  for p: page_t do
    if map[p] then
      used[p] := ASIDE;
      magic[p] := true;
    end;
    map[p] := false;
  end;
  phase := ALLOCATING;
end;

-- facts.md 6.1, next-kernel boot order.
rule "kernel: the page allocator is up"
  phase = ALLOCATING
==>
begin
  phase := UP;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "no page that somebody counts on is lost"
  !lost & forall p: page_t do due[p] -> intact[p] end;

invariant "no page has two owners"
  forall p: page_t do
    takers[p] <= 1 & (takers[p] = 1 -> used[p] = TAKEN)
  end;

-- Neither after an abort, nor after the last call to unpreserve.
invariant "no page is handed over for nobody"
  phase = UP ->
  forall p: page_t do (mark[p] -> asks[p] > 0) & (map[p] -> finalized & asks[p] > 0) end;

liveness "everything handed over can still be had back"
  phase = UP & forall p: page_t do !due[p] end;

cover "a page is preserved"               exists p: page_t do asks[p] > 0 end;
cover "finalized, and aborted"
  GEN = 2 | finalized & exists p: page_t do map[p] end;
cover "a page of a caller lies in scratch" exists p: page_t do used[p] = TAKEN & scratch[p] end;
cover "handed over, and set aside"        exists p: page_t do used[p] = ASIDE & intact[p] end;
cover "handed out"                        exists p: page_t do named[p] & used[p] = TAKEN end;
cover "preserved again"
  exists p: page_t do named[p] & asks[p] > 0 end;
cover "the first kernel after a handover" phase = EARLY & exists p: page_t do map[p] end;
cover "early allocation"                  phase = EARLY & exists p: page_t do used[p] = KERNEL end;
cover "a later kernel loads its successor" pool = IN_SCRATCH & loaded & phase = UP;

function set_aside(): 0 .. PAGES;
  var count: 0 .. PAGES;
begin
  count := 0;
  for p: page_t do
    if used[p] = ASIDE then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "pages set aside and not had back"
  set_aside();
