-- Kexec HandOver: which pages survive the jump into the next kernel, generation after generation.
--
-- Callers mark pages as preserved. The next kernel is loaded into scratch memory, starts with
-- nothing else, reads which pages are preserved, sets them aside, and hands each out once. The same
-- machine then does it again. kho/README.md says what is left out.
--
-- The default is the tree as it is in September 2026. Sources: facts.md 6.1 and 7 (B6, B19, B20),
-- and the changes of 2026 that kho/README.md numbers N3 and N8 to N11.
--
-- Belief and truth are separate variables. What callers, tracker and allocators believe: stage, at,
-- fixed, named, mark, map, finalized, blocks, entry, read, extended, magic, used. What is so:
-- phase, scratch, data, tree, refs, cyclic. What a caller was promised is history: a stage of DUE
-- is written by the jump alone, and `data` says whose the contents of each page really are.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  GEN:     2;   -- 2: a radix tree, handed over in place. 1: bitmaps, flattened by a finalize
  EXTEND:  1;   -- 1: GEN 2 extends scratch by what holds nothing that is preserved
  PAGES:   4;   -- at least 3: scratch, the tracker, and a page for a caller
  CALLERS: 2;
  BLOCKS:  2;   -- KHO_MAX_BLOCKS; a block has room for one entry
  JUMP:    1;   -- 0: the first kernel stays
  FAULTS:  1;   -- 1: a link between blocks may be overwritten

type
  page_t:   scalarset(PAGES);
  caller_t: scalarset(CALLERS);

  -- What the running kernel's allocators believe.
  used_t:   enum {
    FREE,
    KERNEL,   -- the kernel's own
    TAKEN,    -- a caller's
    ASIDE     -- handed over, not yet restored
  };

  -- facts.md 6.1, boot order: scratch alone is used; scratch is extended; the preserved pages are
  -- set aside; the page allocator is up; KHO can be used.
  phase_t:  enum { EARLY, EXTENDED, RESERVED, INITCALLS, UP };

  -- Whether the kernel may move a page to another place.
  fixed_t:  enum {
    MOVABLE,   -- as it likes
    PINNED,    -- not while it is pinned
    FOR_EVER   -- never, for the kernel itself made it
  };

  -- What a caller may count on.
  stage_t:  enum {
    NONE,
    HAS,         -- has a page
    PRESERVED,   -- was told that it will survive
    DUE          -- it was to survive, and the caller has yet to ask for it
  };

var
  phase:     phase_t;

  -- Belief.
  stage:     array [caller_t] of stage_t;
  at:        array [caller_t] of page_t;     -- where it lies
  fixed:     array [caller_t] of fixed_t;
  named:     array [caller_t] of boolean;    -- its entry has been read
  mark:      array [page_t] of boolean;      -- the tracker's bit
  map:       array [page_t] of boolean;      -- GEN 1: what finalize has flattened; after the jump
  -- what the next kernel finds
  finalized: boolean;                        -- GEN 1
  blocks:    0 .. BLOCKS;                    -- linked blocks of entries
  entry:     array [1 .. BLOCKS] of caller_t;
  read:      0 .. BLOCKS;                    -- blocks that the next kernel has read
  extended:  array [page_t] of boolean;      -- scratch for this boot alone
  magic:     array [page_t] of boolean;      -- stamped on a page set aside, until it is restored
  used:      array [page_t] of used_t;

  -- Truth.
  scratch:   array [page_t] of boolean;      -- lies in a scratch area; never changes
  data:      array [page_t] of caller_t;     -- whose data it holds; undefined: nobody's
  tree:      array [page_t] of boolean;      -- holds what says which pages are preserved
  refs:      array [page_t] of 0 .. 2;       -- how many think that it is theirs
  cyclic:    boolean;                        -- the last block points back to the first

-- What memory does ----------------------------------------------------------------------------

procedure overwrite(p: page_t);
begin
  undefine data[p];
  tree[p] := false;
end;

-- A page is used by whoever has got it, so what it held is gone.
procedure allocate(p: page_t; whose: used_t);
begin
  used[p] := whose;
  overwrite(p);
end;

procedure fill(c: caller_t; p: page_t);
begin
  allocate(p, TAKEN);
  data[p] := c;
  refs[p] := refs[p] + 1;
  at[c] := p;
end;

procedure take(c: caller_t; p: page_t; how: fixed_t);
begin
  fill(c, p);
  fixed[c] := how;
  stage[c] := HAS;
end;

procedure give_back(p: page_t);
begin
  refs[p] := refs[p] - 1;
  if refs[p] = 0 then
    used[p] := FREE;
    overwrite(p);
  end;
end;

procedure let_go(c: caller_t);
begin
  stage[c] := NONE;
  undefine at[c];
  fixed[c] := MOVABLE;
  named[c] := false;
end;

-- No kernel has handed anything over to this one.
procedure begin_cold();
begin
  phase := INITCALLS;
  for c: caller_t do let_go(c); end;
  for p: page_t do
    mark[p] := false;
    map[p] := false;
    extended[p] := false;
    magic[p] := false;
    used[p] := FREE;
    refs[p] := 0;
    overwrite(p);
  end;
  for b: 1 .. BLOCKS do undefine entry[b]; end;
  finalized := false;
  blocks := 0;
  read := 0;
  cyclic := false;
end;

-- facts.md 6.1: the layout of scratch is inherited by every later kernel.
ruleset s: page_t do
  startstate "booted without a handover"
  begin
    begin_cold();
    for p: page_t do scratch[p] := p = s; end;
  end;
end;

function allocator_is_up(): boolean;
begin
  return phase = INITCALLS | phase = UP;
end;

-- facts.md 6.1, N11: scratch is CMA as soon as the page allocator is up, so that only what can be
-- moved lies in it.
function movable_only(p: page_t): boolean;
begin
  return scratch[p];
end;

-- What memblock may use until the page allocator is up (facts.md 6.1; N9).
function early_memory(p: page_t): boolean;
begin
  return !allocator_is_up() & (scratch[p] | extended[p]);
end;

-- Pages and their owners ----------------------------------------------------------------------

ruleset c: caller_t; p: page_t do
  -- facts.md 6.1: a page of user space is movable, so it may lie in scratch.
  rule "userspace: fill a page"
    phase = UP & stage[c] = NONE & used[p] = FREE
  ==>
  begin
    take(c, p, MOVABLE);
  end;

  -- facts.md 6.1, N11: what the kernel itself will hand over (page tables of an IOMMU, say) cannot
  -- be moved. It may be allocated before KHO can be used.
  -- @code mm/page_alloc.c:alloc_flags_cma
  rule "kernel: fill a page that cannot be moved"
    allocator_is_up() & stage[c] = NONE & used[p] = FREE & !movable_only(p)
  ==>
  begin
    take(c, p, FOR_EVER);
  end;

  -- N10 (adds to facts.md 6.1): a gigantic page comes from memblock, and not from scratch, because
  -- it may be preserved.
  -- @code mm/memblock.c:memblock_alloc_hugetlb
  rule "kernel: take a gigantic page early"
    early_memory(p) & stage[c] = NONE & used[p] = FREE & !scratch[p]
  ==>
  begin
    take(c, p, FOR_EVER);
  end;

  -- facts.md 6.1: what can be moved is moved whenever it suits the kernel, and always before it is
  -- pinned in scratch. Whoever has the page finds it again, but the tracker is not told.
  -- @code mm/migrate.c:migrate_pages
  rule "kernel: move a page"
    phase = UP
    & (stage[c] = HAS | stage[c] = PRESERVED)
    & fixed[c] = MOVABLE
    & used[p] = FREE
  ==>
  begin
    give_back(at[c]);
    fill(c, p);
  end;
end;

ruleset c: caller_t do
  -- facts.md 6.1: a page is not pinned for long where only movable ones may lie.
  -- @code mm/memfd_luo.c:memfd_luo_preserve_folios
  rule "kernel: pin a page"
    phase = UP & stage[c] = HAS & fixed[c] = MOVABLE & !movable_only(at[c])
  ==>
  begin
    fixed[c] := PINNED;
  end;

  -- facts.md 6.1, restore: what was restored is an ordinary page.
  rule "userspace: free a page"
    phase = UP & stage[c] = HAS
  ==>
  begin
    give_back(at[c]);
    let_go(c);
  end;
end;

ruleset p: page_t do
  -- facts.md 6.1: what is not movable stays out of scratch.
  -- @code mm/page_alloc.c:alloc_flags_cma
  rule "kernel: allocate a page"
    allocator_is_up() & used[p] = FREE & !movable_only(p)
  ==>
  begin
    allocate(p, KERNEL);
  end;

  -- As any page is freed; not in facts.md 6.1.
  -- @code mm/page_alloc.c:__free_pages
  rule "kernel: free a page"
    used[p] = KERNEL & !tree[p]
  ==>
  begin
    used[p] := FREE;
  end;
end;

-- Preserving ----------------------------------------------------------------------------------

ruleset c: caller_t do
  -- facts.md 6.1, "overlap of preserved page with scratch": nobody looks, unless
  -- CONFIG_KEXEC_HANDOVER_DEBUG is set. That the caller has pinned the page has to do.
  --
  -- N8: its entry needs a block, which is a preserved page, too; if there can be no more, the
  -- caller is refused.
  --
  -- Hole: who sees to it that nobody preserves a page twice? The bit does not count (facts.md 6.1,
  -- 7 B19). Here the second call is refused, as LUO refuses a file that is preserved already.
  --
  -- Hole: what of a call after finalize (GEN 1)? Refused, for the map is written.
  -- @code kernel/liveupdate/kexec_handover.c:kho_preserve_folio @holds tree->lock
  -- @code kernel/liveupdate/kho_block.c:kho_block_set_grow
  rule "kernel: preserve a page"
    phase = UP
    & stage[c] = HAS
    & fixed[c] != MOVABLE
    & !mark[at[c]]
    & blocks < BLOCKS
    & !finalized
  ==>
  begin
    blocks := blocks + 1;
    entry[blocks] := c;
    mark[at[c]] := true;
    stage[c] := PRESERVED;
  end;

  -- facts.md 6.1, "preserve twice + unpreserve once": one bit, which the first call clears. N8:
  -- blocks are given back from the end, so entries have to go newest first.
  -- @code kernel/liveupdate/kexec_handover.c:kho_unpreserve_folio @holds tree->lock
  -- @code kernel/liveupdate/kho_block.c:kho_block_set_shrink
  rule "kernel: unpreserve a page"
    phase = UP & stage[c] = PRESERVED & entry[blocks] = c & !finalized
  ==>
  begin
    mark[at[c]] := false;
    undefine entry[blocks];
    blocks := blocks - 1;
    stage[c] := HAS;
  end;

  -- facts.md 6.1, restore: the magic is cleared, so that a second restore fails.
  -- @code kernel/liveupdate/kexec_handover.c:kho_restore_page
  rule "kernel: restore a page"
    allocator_is_up() & stage[c] = DUE & named[c] & magic[at[c]]
  ==>
  begin
    magic[at[c]] := false;
    used[at[c]] := TAKEN;
    refs[at[c]] := refs[at[c]] + 1;
    named[c] := false;
    stage[c] := HAS;
  end;
end;

-- facts.md 6.1, GEN 1: builds the map of what is preserved.
-- @code kernel/liveupdate/kexec_handover.c:kho_finalize @holds kho_out.lock
rule "kernel: finalize"
  GEN = 1 & phase = UP & !finalized
==>
begin
  finalized := true;
  for p: page_t do map[p] := mark[p]; end;
end;

-- facts.md 6.1, GEN 1 (6.16: KEXEC_KHO_ABORT).
-- @code kernel/liveupdate/kexec_handover.c:kho_abort
rule "kernel: abort"
  GEN = 1 & phase = UP & finalized
==>
begin
  finalized := false;
  for p: page_t do map[p] := false; end;
end;

-- The jump ------------------------------------------------------------------------------------

-- Hole: a jump without finalize (GEN 1) hands over nothing, and nobody counts on anything. LUO
-- finalizes inside reboot().
--
-- Hole: a jump while something that was handed over has not been had back loses it. None, here.
function may_jump(): boolean;
begin
  return JUMP = 1 & phase = UP & (GEN = 2 | finalized) & forall c: caller_t do stage[c] != DUE end;
end;

-- facts.md 6.1, concepts: the next kernel and its initrd lie in scratch from here on. Who was told
-- that his page will survive counts on it, whatever the tracker says.
rule "machine: jump into the next kernel"
  may_jump()
==>
begin
  for p: page_t do
    if !isundefined(data[p]) & stage[data[p]] = HAS then
      undefine data[p];
    end;
    if GEN = 2 then
      map[p] := mark[p];
    end;
    mark[p] := false;
    used[p] := FREE;
    refs[p] := 0;
    if scratch[p] then
      overwrite(p);
    end;
  end;
  for c: caller_t do
    if stage[c] = HAS then
      let_go(c);
    elsif stage[c] = PRESERVED then
      stage[c] := DUE;
      fixed[c] := MOVABLE;
    end;
  end;
  finalized := false;
  phase := EARLY;
end;

-- A stray write; not in facts.md. N8 has the check for it.
rule "machine: a link between blocks is overwritten"
  FAULTS = 1 & phase = EARLY & blocks > 0
==>
begin
  cyclic := true;
end;

-- The next kernel comes up --------------------------------------------------------------------

ruleset p: page_t do
  -- facts.md 6.1, next-kernel boot order: memblock_set_kho_scratch_only.
  -- @code mm/memblock.c:choose_memblock_flags
  rule "kernel: allocate early"
    early_memory(p) & used[p] = FREE
  ==>
  begin
    allocate(p, KERNEL);
  end;
end;

-- N9 (adds to facts.md 6.1): the tree is walked, and what holds neither preserved memory nor the
-- tree itself, which is in no tree, is scratch for this boot.
-- @code kernel/liveupdate/kexec_handover.c:kho_extend_scratch @holds tree->lock
rule "kernel: extend scratch"
  GEN = 2 & EXTEND = 1 & phase = EARLY
==>
begin
  for p: page_t do extended[p] := !map[p] & !tree[p]; end;
  phase := EXTENDED;
end;

-- facts.md 6.1: kho_memory_init reserves the preserved pages. Now the tracker's own pages, which
-- nobody reserves, are free.
-- @code kernel/liveupdate/kexec_handover.c:kho_preserved_memory_reserve @holds tree->lock
rule "kernel: set the preserved pages aside"
  phase = (GEN = 2 & EXTEND = 1 ? EXTENDED : EARLY)
==>
begin
  for p: page_t do
    if map[p] then
      used[p] := ASIDE;
      magic[p] := true;
    end;
    map[p] := false;
    tree[p] := false;
  end;
  phase := RESERVED;
end;

-- facts.md 6.1, next-kernel boot order. N11: descriptions of pages that are still to be
-- initialised, are, but for those of pages set aside.
-- @code mm/memblock.c:memblock_free_all
rule "kernel: the page allocator is up"
  phase = RESERVED
==>
begin
  for p: page_t do extended[p] := false; end;
  phase := INITCALLS;
end;

-- N8 (adds to facts.md 6.1): the blocks are read one after the other, as they are linked.
-- @code kernel/liveupdate/kho_block.c:kho_block_set_restore
rule "kernel: read a block"
  phase = INITCALLS & !cyclic & read < blocks
==>
begin
  read := read + 1;
  named[entry[read]] := true;
end;

-- N8 (adds to facts.md 6.1): a chain that is a cycle is not read at all. For LUO that is a panic,
-- and the machine boots anew.
-- @code kernel/liveupdate/kho_block.c:kho_block_set_is_cyclic
rule "kernel: refuse blocks that are a cycle"
  phase = INITCALLS & cyclic
==>
begin
  begin_cold();
end;

ruleset p: page_t do
  -- facts.md 7, B6: the tracker's metadata must not come from a pool that may lie in scratch. Here
  -- it is a page of its own, from outside. The blocks that were read are given back.
  -- @code kernel/liveupdate/kexec_handover.c:kho_init
  rule "kernel: allocate the tracker"
    phase = INITCALLS & !cyclic & read = blocks & used[p] = FREE & !movable_only(p)
  ==>
  begin
    allocate(p, KERNEL);
    tree[p] := true;
    for b: 1 .. BLOCKS do undefine entry[b]; end;
    blocks := 0;
    read := 0;
    phase := UP;
  end;
end;

-- What must hold ------------------------------------------------------------------------------

-- Also after any number of jumps, and before the page was asked for again.
invariant "whoever has a page, or is to have it back, finds his data in it"
  forall c: caller_t do
    stage[c] != NONE -> !isundefined(data[at[c]]) & data[at[c]] = c
  end;

invariant "nobody finds the data of another who has gone"
  forall p: page_t do
    isundefined(data[p]) | exists c: caller_t do stage[c] != NONE & at[c] = p end
  end;

invariant "what is to be had back is set aside, and its owner can be found"
  forall c: caller_t do
    stage[c] = DUE -> (allocator_is_up() -> used[at[c]] = ASIDE) & (phase = UP -> named[c])
  end;

invariant "no page has two owners"
  forall p: page_t do refs[p] <= 1 & (refs[p] = 1) = (used[p] = TAKEN) end;

invariant "a page can be restored as long as it is set aside, and no longer"
  forall p: page_t do magic[p] = (used[p] = ASIDE) end;

-- Neither after an abort, nor after the last call to unpreserve, nor for ever.
invariant "no page is handed over for nobody"
  (phase = UP ->
    forall p: page_t do
      (mark[p] -> exists c: caller_t do stage[c] = PRESERVED & at[c] = p end)
      & (map[p] -> finalized & mark[p])
    end)
  & (finalized -> phase = UP)
  & forall p: page_t do
    used[p] = ASIDE -> exists c: caller_t do stage[c] = DUE & at[c] = p end
  end;

invariant "whoever has no page keeps nothing of it"
  forall c: caller_t do
    (stage[c] = NONE -> isundefined(at[c]) & fixed[c] = MOVABLE) & (named[c] -> stage[c] = DUE)
  end;

invariant "there is an entry in each block, and somebody for each entry"
  forall b: 1 .. BLOCKS do
    isundefined(entry[b]) = (b > blocks)
    & (phase = UP & b <= blocks -> stage[entry[b]] = PRESERVED)
  end;

-- N9: its own pages are in no tree.
invariant "what says which pages are preserved is there until it is read"
  (phase = EARLY | phase = EXTENDED | phase = UP -> exists p: page_t do tree[p] end)
  & (phase = UP -> forall p: page_t do tree[p] -> used[p] = KERNEL end);

-- Where nothing was allocated early, that is.
invariant "the first kernel keeps scratch for what can be moved"
  JUMP = 0 -> forall p: page_t do scratch[p] -> used[p] != KERNEL end;

liveness "everything handed over can still be had back"
  phase = UP & forall c: caller_t do stage[c] != DUE end;

liveness "all memory can be free again"
  phase = UP & forall p: page_t do used[p] = FREE | tree[p] end;

cover "finalized, and aborted"
  GEN = 2 | finalized & exists p: page_t do map[p] end;
cover "a page of a caller lies in scratch"
  exists c: caller_t do stage[c] = HAS & scratch[at[c]] end;
cover "as much as possible is preserved"
  phase = UP & (blocks = BLOCKS | blocks = CALLERS);
cover "there is no room for another entry"
  BLOCKS >= CALLERS | blocks = BLOCKS & exists c: caller_t do stage[c] = HAS end;
cover "handed over, and set aside"
  JUMP = 0 | exists c: caller_t do stage[c] = DUE & used[at[c]] = ASIDE end;
cover "something is due, and scratch is used"
  JUMP = 0
  | phase = EARLY & (exists c: caller_t do stage[c] = DUE end)
  & exists p: page_t do used[p] = KERNEL end;
cover "restored before KHO can be used"
  JUMP = 0 | phase = INITCALLS & exists c: caller_t do stage[c] = HAS & fixed[c] = MOVABLE end;
cover "a page table is allocated before KHO can be used"
  phase = INITCALLS & exists c: caller_t do stage[c] = HAS & fixed[c] = FOR_EVER end;
cover "what is preserved was pinned"
  exists c: caller_t do stage[c] = PRESERVED & fixed[c] = PINNED end;
cover "a gigantic page beside one that is due"
  JUMP = 0 | GEN = 1 | EXTEND = 0 | CALLERS = 1
  | phase = EXTENDED & exists c: caller_t do stage[c] = HAS end
  & exists d: caller_t do stage[d] = DUE end;
cover "a cycle"
  JUMP = 0 | FAULTS = 0 | phase = INITCALLS & cyclic & blocks > 0;

cover "what was allocated early lies in scratch when all is up"
  JUMP = 0 | phase = UP & exists p: page_t do used[p] = KERNEL & scratch[p] end;

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

function early_pages(): 0 .. PAGES;
  var count: 0 .. PAGES;
begin
  count := 0;
  for p: page_t do
    if early_memory(p) then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "pages set aside and not had back"
  set_aside();

measure "pages that a kernel may use early"
  early_pages();
