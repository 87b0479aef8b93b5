-- Multikernel: a host hands CPUs and memory to a second kernel that runs beside it, and back.
--
-- A CPU is taken out of the host, parked, pointed at the instance's park loop, and the instance is
-- asked by message to bring it up. Memory is asked for likewise. A request may be refused, answered
-- late or never, and the caller waits ten seconds. The instance can be stopped by message, or by
-- NMI when it does not answer. multikernel/README.md says what is left out.
--
-- Sources: facts.md 6.4 and facts-2026.md (N numbers), which follow github.com/multikernel/linux,
-- kernel/multikernel: hotplug.c@0646f02c, core.c@00ff7b01, iommu.c@223163d8; arch/x86, arm64 and
-- riscv. The default is that tree, with the fix of N20. Readings of it that nobody has reported are
-- patches in multikernel/hypotheses, and the default is then a protocol that holds.
--
-- Belief and truth are separate variables. What the host believes: inst, books, asked, waiting and
-- for memory mbooks, mwaiting. What the instance believes: present, online. What is so: at,
-- boot, mapped, msg, mmsg, said, stop, hung, deaf, icache, hooked, reset. History: mistaken. What a
-- CPU does is in the procedures of the machine, whatever the kernel that asks for it believes.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  CPUS:   1;   -- that can be handed over, beside one that each kernel keeps
  BLOCKS: 1;   -- blocks of memory
  HALTS:  1;   -- 0: the instance neither hangs nor stops

  -- How a CPU waits. 1 (x86): in a loop in memory, where it hears the kernel to whose slot it has
  -- been pointed; it claims when it is pointed at another. 0 (arm64, riscv; N19): it is off, in
  -- firmware, executes nothing, and belongs to whoever turns it on.
  PARK:   1;

  -- 1: a CPU of the instance may be one that no forced stop reaches (N21: arm64 without SDEI and
  -- pseudo-NMI, where it spins with everything masked).
  DEAF:   0;

  -- 1 (riscv, where CPUs wait off; N27): a CPU keeps instructions of an image that it ran, which
  -- nobody can flush while it is off; and the stock way down of a kernel resets the machine.
  RISCV:  0;

  -- When ten seconds are over. 1 (the tree; N20 for ADD): the record is dropped, and a CPU stays
  -- with the instance, also one that was removed and does not come home. 0: the record stays, and
  -- the CPU is in doubt until the reply comes.
  LATE:   1;

type
  cpu_t:    scalarset(CPUS);
  block_t:  scalarset(BLOCKS);
  kernel_t: enum { HOST, INSTANCE };

  -- The host's books.
  books_t: enum {
    HOSTS,       -- a CPU of the host's own; never memory
    POOL,        -- free to be handed over
    MOVING,      -- on its way, in doubt
    INSTANCES
  };

  op_t:    enum { NOTHING, ADD, REMOVE };

  -- What is under way for one request: the question or, after it, the answer.
  msg_t:   enum { NO_MSG, ASK_ADD, ASK_REMOVE, ADDED, NOT_ADDED, REMOVED, NOT_REMOVED };
  age_t:   enum { CURRENT, FORGOTTEN };

  -- Where a CPU really is.
  at_t:    enum {
    ON_HOST,         -- it runs the host
    HOST_SLOT,       -- parked in the host's memory
    INSTANCE_SLOT,   -- parked in the instance's memory
    OFF,             -- parked in firmware
    ON_INSTANCE,     -- it runs the instance
    LEAVING          -- on its way to where it parks, in the instance's text
  };

  -- Instructions in the cache of a CPU: none of an image, of that which is there, of one that is gone.
  icache_t: enum { NO_LINES, OF_IMAGE, STALE };

  inst_t:  enum {
    ACTIVE,
    HALTING,   -- it has been asked to
    LOADED,    -- it has halted, as far as the host knows, and its CPUs are on their way
    DOWN       -- and everything is taken back
  };

var
  -- Belief of the host.
  inst:     inst_t;
  books:    array [cpu_t] of books_t;
  asked:    array [cpu_t] of op_t;      -- the record of a request
  waiting:  array [cpu_t] of boolean;   -- a caller waits for it
  mbooks:   array [block_t] of books_t;
  mwaiting: array [block_t] of boolean;

  -- Belief of the instance.
  present:  array [cpu_t] of boolean;   -- may be brought up
  online:   array [block_t] of boolean; -- this block is in use

  -- Truth.
  at:       array [cpu_t] of at_t;
  boot:     at_t;                       -- the CPU that the instance keeps
  mapped:   array [block_t] of boolean; -- devices of the instance reach this block
  msg:      array [cpu_t] of array [age_t] of msg_t;
  mmsg:     array [block_t] of msg_t;
  said:     boolean;                    -- the instance has said that it halts
  stop:     boolean;                    -- what the NMI handler of the instance looks at
  hung:     boolean;                    -- the instance handles no more messages
  deaf:     array [cpu_t] of boolean;   -- takes no NMI
  icache:   array [cpu_t] of icache_t;
  boot_icache: icache_t;
  hooked:   boolean;                    -- what halts the instance stops its CPUs, one by one
  reset:    boolean;                    -- the machine was reset

  -- History.
  mistaken: boolean;                    -- a reply was taken for that to another request

-- The machine ---------------------------------------------------------------------------------

function is_parked(place: at_t): boolean;
begin
  return place = HOST_SLOT | place = INSTANCE_SLOT | place = OFF;
end;

function executes_instance(place: at_t): boolean;
begin
  return place = INSTANCE_SLOT | place = ON_INSTANCE | place = LEAVING;
end;

-- Can this kernel wake it?
function waits_for(place: at_t; k: kernel_t): boolean;
begin
  return place = OFF | place = (k = HOST ? HOST_SLOT : INSTANCE_SLOT);
end;

-- Where it stops is in the memory of the kernel that it runs.
procedure park(var place: at_t);
begin
  if PARK = 0 then
    place := OFF;
  else
    place := place = ON_HOST ? HOST_SLOT : INSTANCE_SLOT;
  end;
end;

-- fence.i, which a CPU can only execute for itself.
procedure flush(var lines: icache_t);
begin
  lines := NO_LINES;
end;

-- Instructions come into the cache as they are executed, where there are none of that place.
procedure execute_image(var place: at_t; var lines: icache_t);
begin
  place := ON_INSTANCE;
  if RISCV = 1 & lines = NO_LINES then
    lines := OF_IMAGE;
  end;
end;

-- N27: the way into an image is a stub that never changes, which flushes first.
procedure enter_image(var place: at_t; var lines: icache_t);
begin
  flush(lines);
  execute_image(place, lines);
end;

-- A CPU that waits elsewhere, or does not wait, does not notice.
procedure wake(var place: at_t; var lines: icache_t; k: kernel_t);
begin
  if waits_for(place, k) then
    if k = HOST then
      place := ON_HOST;
    else
      enter_image(place, lines);
    end;
  end;
end;

-- The same, into the image of the instance.
procedure spawn(var place: at_t; var lines: icache_t);
begin
  if waits_for(place, HOST) then
    enter_image(place, lines);
  end;
end;

-- A CPU of an instance that halts. The stock way down is firmware's, for the whole machine (N27).
procedure halt(var place: at_t);
begin
  if hooked then
    park(place);
  else
    reset := true;
  end;
end;

procedure outdate(var lines: icache_t);
begin
  if lines = OF_IMAGE then
    lines := STALE;
  end;
end;

-- A CPU goes down; the rest of its way is in the text of the kernel that it runs.
procedure go_down(var place: at_t);
begin
  if place = ON_INSTANCE then
    place := LEAVING;
  end;
end;

-- A parked CPU is pointed at this kernel's slot. That it has claimed it, or is off, is seen.
procedure repark(var place: at_t; k: kernel_t);
begin
  if PARK = 1 & is_parked(place) then
    place := k = HOST ? HOST_SLOT : INSTANCE_SLOT;
  end;
end;

-- What the instance knew goes with its memory, which may be used for something else from now on.
procedure lose_image();
begin
  for c: cpu_t do
    present[c] := false;
    outdate(icache[c]);
    for a: age_t do msg[c][a] := NO_MSG; end;
  end;
  outdate(boot_icache);
  hooked := RISCV = 0;
  for b: block_t do
    online[b] := false;
    mapped[b] := false;
    mmsg[b] := NO_MSG;
  end;
  said := false;
  hung := false;
end;

-- What the host does ----------------------------------------------------------------------------

function waiters(): 0 .. CPUS + BLOCKS;
  var n: 0 .. CPUS + BLOCKS;
begin
  n := 0;
  for c: cpu_t do n := n + (waiting[c] ? 1 : 0); end;
  for b: block_t do n := n + (mwaiting[b] ? 1 : 0); end;
  return n;
end;

-- One transaction at a time (kexec_trylock).
function idle(): boolean;
begin
  return waiters() = 0;
end;

-- The instance acts where its own CPU executes it, also when it has said that it halts.
function handles(): boolean;
begin
  return boot = ON_INSTANCE & !hung;
end;

-- As far as the host knows.
function is_lent(c: cpu_t): boolean;
begin
  return books[c] = MOVING | books[c] = INSTANCES;
end;

function asks_for(m: msg_t): op_t;
begin
  if m = ADDED | m = NOT_ADDED then
    return ADD;
  elsif m = REMOVED | m = NOT_REMOVED then
    return REMOVE;
  else
    return NOTHING;
  end;
end;

-- Is this reply taken for the one that is waited for?
function is_taken(op: op_t; m: msg_t; a: age_t): boolean;
begin
  return op != NOTHING & asks_for(m) = op & a = CURRENT;
end;

-- What has no CPU says nothing, nor does what hangs.
procedure answer(c: cpu_t; a: age_t; m: msg_t);
begin
  assert "who answers runs" boot = ON_INSTANCE & !hung;
  msg[c][a] := m;
end;

procedure answer_about_memory(b: block_t; m: msg_t);
begin
  assert "who answers runs" boot = ON_INSTANCE & !hung;
  mmsg[b] := m;
end;

procedure say_that_it_halts();
begin
  assert "who says that it halts runs" boot = ON_INSTANCE & !hung;
  said := true;
end;

procedure settle(c: cpu_t; a: age_t);
begin
  if a = FORGOTTEN then
    mistaken := true;
  end;
  msg[c][a] := NO_MSG;
  asked[c] := NOTHING;
  waiting[c] := false;
end;

procedure settle_memory(b: block_t);
begin
  mmsg[b] := NO_MSG;
  mwaiting[b] := false;
end;

-- Only a CPU that is seen to have parked for the host is free.
procedure bring_home(c: cpu_t);
begin
  repark(at[c], HOST);
  if waits_for(at[c], HOST) then
    books[c] := POOL;
  else
    books[c] := LATE = 1 ? INSTANCES : MOVING;
  end;
end;

-- facts.md 6.4, instance states: ACTIVE.
startstate "the instance runs, the host has everything"
begin
  inst := ACTIVE;
  for c: cpu_t do
    books[c] := HOSTS;
    asked[c] := NOTHING;
    waiting[c] := false;
    at[c] := ON_HOST;
    deaf[c] := false;
    icache[c] := NO_LINES;
  end;
  for b: block_t do
    mbooks[b] := POOL;
    mwaiting[b] := false;
  end;
  boot_icache := NO_LINES;
  lose_image();
  execute_image(boot, boot_icache);
  hooked := true;
  reset := false;
  stop := false;
  mistaken := false;
end;

-- A CPU on its way to the instance ------------------------------------------------------------

ruleset c: cpu_t do
  -- facts.md 6.4, step 1. How a CPU goes down is the matter of cpuhp.m.
  -- @code kernel/multikernel/hotplug.c:mk_pool_cpu_add
  rule "host: take a CPU into the pool"
    books[c] = HOSTS
  ==>
  begin
    assert "a CPU that is taken down runs its kernel" at[c] = ON_HOST;
    park(at[c]);
    books[c] := POOL;
  end;

  -- facts.md 6.4, step 1, back. A CPU that does not come up stays in the pool.
  -- @code kernel/multikernel/hotplug.c:mk_pool_cpu_remove
  rule "host: take a CPU out of the pool"
    books[c] = POOL
  ==>
  begin
    wake(at[c], icache[c], HOST);
    books[c] := at[c] = ON_HOST ? HOSTS : POOL;
  end;

  -- facts.md 6.4, step 2; N19: where a CPU is off, this is bookkeeping.
  -- @code kernel/multikernel/hotplug.c:mk_send_cpu_add, arch/x86/multikernel/spawn.c:mk_repark_cpu_to_instance @holds kexec_trylock
  rule "host: repark a CPU to the instance"
    idle() & inst = ACTIVE & books[c] = POOL
  ==>
  begin
    repark(at[c], INSTANCE);
    books[c] := MOVING;
    waiting[c] := true;
  end;

  -- facts.md 6.4, step 3.
  -- @code kernel/multikernel/hotplug.c:mk_send_cpu_add, kernel/multikernel/messaging.c:mk_msg_pending_add @holds kexec_trylock
  rule "host: ask the instance to add the CPU"
    waiting[c] & asked[c] = NOTHING
  ==>
  begin
    asked[c] := ADD;
    msg[c][CURRENT] := ASK_ADD;
  end;

  -- facts.md 6.4, step 3: no memory for the record, or no room in the ring.
  -- @code kernel/multikernel/hotplug.c:mk_send_cpu_add @holds kexec_trylock
  rule "host: cannot ask, no memory or no room in the ring"
    waiting[c] & asked[c] = NOTHING
  ==>
  begin
    waiting[c] := false;
    bring_home(c);
  end;

  -- facts.md 6.4, reverse.
  -- @code kernel/multikernel/hotplug.c:mk_send_cpu_remove @holds kexec_trylock
  rule "host: ask the instance to remove the CPU"
    idle() & inst = ACTIVE & books[c] = INSTANCES & asked[c] = NOTHING
  ==>
  begin
    waiting[c] := true;
    asked[c] := REMOVE;
    msg[c][CURRENT] := ASK_REMOVE;
  end;
end;

ruleset c: cpu_t; a: age_t do
  -- facts.md 6.4, step 4.
  -- @code kernel/multikernel/hotplug.c:mk_do_cpu_add
  rule "instance: mark the CPU present"
    handles() & msg[c][a] = ASK_ADD & !present[c]
  ==>
  begin
    present[c] := true;
  end;

  -- facts.md 6.4, step 4. If it is up already, that is a success.
  -- @code kernel/multikernel/hotplug.c:mk_do_cpu_add, kernel/multikernel/hotplug.c:mk_cpu_add_work_fn
  rule "instance: add the CPU"
    handles()
    & msg[c][a] = ASK_ADD
    & present[c]
    & (at[c] = ON_INSTANCE | waits_for(at[c], INSTANCE))
  ==>
  begin
    wake(at[c], icache[c], INSTANCE);
    answer(c, a, ADDED);
  end;

  -- facts.md 6.4 (e): what does not come up is not present any more. The tree leaves the mark, as
  -- that reads it (hypotheses/stays-present.patch).
  -- @code kernel/multikernel/hotplug.c:mk_do_cpu_add, kernel/multikernel/hotplug.c:mk_cpu_add_work_fn
  rule "instance: fail to add the CPU"
    handles() & msg[c][a] = ASK_ADD & at[c] != ON_INSTANCE
  ==>
  begin
    present[c] := false;
    answer(c, a, NOT_ADDED);
  end;

  -- facts.md 6.4, reverse. The answer may be there before the CPU has parked.
  -- @code kernel/multikernel/hotplug.c:mk_do_cpu_remove, kernel/multikernel/hotplug.c:mk_cpu_remove_work_fn
  rule "instance: remove the CPU"
    handles() & msg[c][a] = ASK_REMOVE & at[c] = ON_INSTANCE & !deaf[c]
  ==>
  begin
    go_down(at[c]);
    present[c] := false;
    answer(c, a, REMOVED);
  end;

  -- facts.md 6.4, reverse. Busy; or it is not up. (The tree calls the latter a success if the CPU
  -- is present: hypotheses/removed-while-down.patch.)
  -- @code kernel/multikernel/hotplug.c:mk_do_cpu_remove, kernel/multikernel/hotplug.c:mk_cpu_remove_work_fn
  rule "instance: refuse to remove the CPU"
    handles() & msg[c][a] = ASK_REMOVE
  ==>
  begin
    answer(c, a, NOT_REMOVED);
  end;

  -- facts.md 7, B27: the interrupt handler has no memory to queue the work, and does not answer.
  -- Hole: where a CPU is in doubt until the answer comes, there has to be one.
  -- @code kernel/multikernel/hotplug.c:mk_handle_cpu_add, kernel/multikernel/hotplug.c:mk_handle_cpu_remove
  rule "instance: no memory for a request about a CPU"
    LATE = 1 & handles() & ((msg[c][a] = ASK_ADD & !present[c]) | msg[c][a] = ASK_REMOVE)
  ==>
  begin
    msg[c][a] := NO_MSG;
  end;

  -- facts.md 6.4, step 5a.
  -- @code kernel/multikernel/hotplug.c:mk_send_cpu_add, kernel/multikernel/messaging.c:mk_msg_pending_complete
  rule "host: hear that the CPU was added"
    msg[c][a] = ADDED & is_taken(asked[c], msg[c][a], a)
  ==>
  begin
    settle(c, a);
    books[c] := INSTANCES;
  end;

  -- facts.md 6.4, step 5b.
  -- @code kernel/multikernel/hotplug.c:mk_send_cpu_add, arch/x86/multikernel/spawn.c:mk_repark_cpu_to_host
  rule "host: hear that the CPU was not added"
    msg[c][a] = NOT_ADDED & is_taken(asked[c], msg[c][a], a)
  ==>
  begin
    settle(c, a);
    bring_home(c);
  end;

  -- facts.md 6.4, reverse. If it does not claim the repark in time, it stays accounted to the
  -- instance; asked again, that does not know the CPU any more.
  -- @code kernel/multikernel/hotplug.c:mk_send_cpu_remove, arch/x86/multikernel/spawn.c:mk_repark_cpu_to_host
  rule "host: hear that the CPU was removed"
    msg[c][a] = REMOVED & is_taken(asked[c], msg[c][a], a)
  ==>
  begin
    settle(c, a);
    bring_home(c);
  end;

  -- facts.md 6.4, reverse: the error is returned.
  -- @code kernel/multikernel/hotplug.c:mk_send_cpu_remove
  rule "host: hear that the CPU was not removed"
    msg[c][a] = NOT_REMOVED & is_taken(asked[c], msg[c][a], a)
  ==>
  begin
    settle(c, a);
    books[c] := INSTANCES;
  end;
end;

ruleset c: cpu_t do
  -- facts.md 6.4 (a); mk_msg_pending_complete finds no record.
  -- @code kernel/multikernel/messaging.c:mk_msg_pending_complete
  rule "host: drop a late reply about a CPU"
    asks_for(msg[c][FORGOTTEN]) != NOTHING
    & !is_taken(asked[c], msg[c][FORGOTTEN], FORGOTTEN)
  ==>
  begin
    msg[c][FORGOTTEN] := NO_MSG;
  end;

  -- facts.md 6.4: after 10 s the caller gets -ETIMEDOUT. Hole: what of the request? It goes on, and
  -- the CPU is in doubt until it is answered.
  rule "host: wait no longer for a CPU"
    LATE = 0 & asked[c] != NOTHING
  ==>
  begin
    waiting[c] := false;
  end;

  -- facts.md 6.4 (b) and step 5b; N20: the record goes, and the CPU stays with the instance. That
  -- two forgotten requests are under way is left out, but for those that nobody will read.
  -- @code kernel/multikernel/messaging.c:mk_msg_pending_wait, kernel/multikernel/hotplug.c:mk_send_cpu_add, kernel/multikernel/hotplug.c:mk_send_cpu_remove @holds kexec_trylock
  rule "host: forget the request about a CPU"
    LATE = 1
    & waiting[c]
    & asked[c] != NOTHING
    & ((forall d: cpu_t do msg[d][FORGOTTEN] = NO_MSG end) | !handles())
  ==>
  begin
    books[c] := INSTANCES;
    msg[c][FORGOTTEN] := msg[c][CURRENT];
    msg[c][CURRENT] := NO_MSG;
    asked[c] := NOTHING;
    waiting[c] := false;
  end;

  -- facts.md 6.4, reverse. Hole: a removed CPU that has not come home is asked again to, without
  -- the instance.
  rule "host: bring a CPU home at last"
    idle() & books[c] = MOVING & asked[c] = NOTHING
  ==>
  begin
    bring_home(c);
  end;

  -- facts.md 4.2; N25: the rest of the way is in the text of the instance.
  -- @code kernel/multikernel/core.c:mk_notify_down_and_park
  rule "cpu: park"
    at[c] = LEAVING | (said & !hung & at[c] = ON_INSTANCE)
  ==>
  begin
    if at[c] = LEAVING then
      park(at[c]);
    else
      halt(at[c]);
    end;
  end;
end;

-- Memory --------------------------------------------------------------------------------------

ruleset b: block_t do
  -- facts.md 6.4, MEM_ADD; N22: devices reach it before the instance is told.
  -- @code kernel/multikernel/hotplug.c:mk_send_mem_add, kernel/multikernel/iommu.c:mk_iommu_map @holds kexec_trylock
  rule "host: ask the instance to add memory"
    idle() & inst = ACTIVE & mbooks[b] = POOL
  ==>
  begin
    mapped[b] := true;
    mbooks[b] := MOVING;
    mwaiting[b] := true;
    mmsg[b] := ASK_ADD;
  end;

  -- facts.md 6.4, MEM_REMOVE.
  -- @code kernel/multikernel/hotplug.c:mk_send_mem_remove @holds kexec_trylock
  rule "host: ask the instance to remove memory"
    idle() & inst = ACTIVE & mbooks[b] = INSTANCES & mmsg[b] = NO_MSG
  ==>
  begin
    mwaiting[b] := true;
    mmsg[b] := ASK_REMOVE;
  end;

  -- facts.md 6.4, MEM_ADD.
  -- @code kernel/multikernel/hotplug.c:mk_do_mem_add, kernel/multikernel/hotplug.c:mk_mem_add_work_fn
  rule "instance: add the memory"
    handles() & mmsg[b] = ASK_ADD
  ==>
  begin
    assert "memory is added once" !online[b];
    online[b] := true;
    answer_about_memory(b, ADDED);
  end;

  -- facts.md 6.4, MEM_REMOVE.
  -- @code kernel/multikernel/hotplug.c:mk_do_mem_remove, kernel/multikernel/hotplug.c:mk_mem_remove_work_fn
  rule "instance: remove the memory"
    handles() & mmsg[b] = ASK_REMOVE
  ==>
  begin
    assert "memory that is removed is in use" online[b];
    online[b] := false;
    answer_about_memory(b, REMOVED);
  end;

  -- facts.md 6.4. Hole (B27): it answers also without memory to queue the work.
  -- @code kernel/multikernel/hotplug.c:mk_handle_mem_add, kernel/multikernel/hotplug.c:mk_do_mem_add
  rule "instance: refuse to add memory"
    handles() & mmsg[b] = ASK_ADD
  ==>
  begin
    answer_about_memory(b, NOT_ADDED);
  end;

  -- facts.md 6.4. Hole (B27): the same.
  -- @code kernel/multikernel/hotplug.c:mk_handle_mem_remove, kernel/multikernel/hotplug.c:mk_do_mem_remove
  rule "instance: refuse to remove memory"
    handles() & mmsg[b] = ASK_REMOVE
  ==>
  begin
    answer_about_memory(b, NOT_REMOVED);
  end;

  -- facts.md 6.4 (d): the block that was sent is accounted.
  -- @code kernel/multikernel/hotplug.c:mk_send_mem_add, kernel/multikernel/messaging.c:mk_msg_pending_complete
  rule "host: hear that the memory was added"
    mmsg[b] = ADDED
  ==>
  begin
    settle_memory(b);
    mbooks[b] := INSTANCES;
  end;

  -- facts.md 6.4; N22.
  -- @code kernel/multikernel/hotplug.c:mk_send_mem_add, kernel/multikernel/iommu.c:mk_iommu_unmap
  rule "host: hear that the memory was not added"
    mmsg[b] = NOT_ADDED
  ==>
  begin
    settle_memory(b);
    mapped[b] := false;
    mbooks[b] := POOL;
  end;

  -- facts.md 6.4; N22: devices are cut off after the answer.
  -- @code kernel/multikernel/hotplug.c:mk_send_mem_remove, kernel/multikernel/iommu.c:mk_iommu_unmap
  rule "host: hear that the memory was removed"
    mmsg[b] = REMOVED
  ==>
  begin
    settle_memory(b);
    mapped[b] := false;
    mbooks[b] := POOL;
  end;

  -- facts.md 6.4: the error is returned.
  -- @code kernel/multikernel/hotplug.c:mk_send_mem_remove
  rule "host: hear that the memory was not removed"
    mmsg[b] = NOT_REMOVED
  ==>
  begin
    settle_memory(b);
    mbooks[b] := INSTANCES;
  end;

  -- facts.md 6.4 (c): after 10 s. Hole: the memory is in doubt until the answer comes, because
  -- there is no claim for memory.
  -- @code kernel/multikernel/messaging.c:mk_msg_pending_wait
  rule "host: wait no longer for memory"
    mwaiting[b]
  ==>
  begin
    mwaiting[b] := false;
  end;
end;

-- Stopping the instance -----------------------------------------------------------------------

-- facts.md 6.4, messages: SHUTDOWN.
-- @code kernel/multikernel/core.c:multikernel_halt_by_id
rule "host: ask the instance to halt"
  HALTS = 1 & idle() & inst = ACTIVE
==>
begin
  inst := HALTING;
end;

-- facts.md 6.4: what the 30 s are for. Before that, one that hangs is one that is late.
rule "instance: hang"
  inst = HALTING & boot = ON_INSTANCE
==>
begin
  hung := true;
end;

-- facts.md 6.4; N27: before anything runs that may ask for a halt.
-- @code arch/x86/multikernel/spawn.c:mk_spawn_reboot_init
rule "instance: take over its way down"
  RISCV = 1 & handles() & !hooked
==>
begin
  assert "who takes over its way down runs" boot = ON_INSTANCE & !hung;
  hooked := true;
end;

-- facts.md 6.4, messages: SHUTDOWN_ACK, or HALTED where it stops by itself. Its CPUs may still be
-- on their way to the park loop, the last of them the one that says so.
-- @code kernel/multikernel/core.c:mk_notify_down_and_park, kernel/multikernel/core.c:mk_halt_to_pool
rule "instance: say that it halts"
  HALTS = 1 & handles() & hooked & !said
==>
begin
  say_that_it_halts();
end;

-- facts.md 6.4, messages: SHUTDOWN_ACK, HALTED.
-- @code kernel/multikernel/core.c:multikernel_halt_by_id, kernel/multikernel/core.c:mk_halted_work_fn, kernel/multikernel/core.c:mk_instance_settle_halted
rule "host: hear that the instance halts"
  said & (inst = ACTIVE | inst = HALTING) & idle()
==>
begin
  inst := LOADED;
end;

-- facts.md 6.4; 7, B26: after 30 s. What tells the handler to stop is a flag that only the host
-- takes back, not a message in the ring. It is done again for a CPU that an earlier halt missed.
-- @code kernel/multikernel/core.c:multikernel_force_halt_by_id, kernel/multikernel/ipi.c:mk_arm_force_halt
rule "host: force the instance to stop"
  (inst = HALTING | inst = LOADED) & !stop
==>
begin
  stop := true;
  inst := LOADED;
end;

ruleset c: cpu_t do
  -- facts.md 7, B26. They are sent, if need be again, to the CPUs that are the instance's in the
  -- host's books.
  rule "cpu: take an NMI"
    stop & is_lent(c) & at[c] = ON_INSTANCE & !deaf[c]
  ==>
  begin
    park(at[c]);
  end;

  -- N21 (beside facts.md 6.4).
  rule "cpu: spin with everything masked"
    DEAF = 1 & hung & at[c] = ON_INSTANCE & forall d: cpu_t do !deaf[d] end
  ==>
  begin
    deaf[c] := true;
  end;
end;

-- facts.md 7, B26.
rule "instance's own cpu: take an NMI"
  stop & boot = ON_INSTANCE
==>
begin
  park(boot);
end;

-- facts.md 4.2; N25.
-- @code kernel/multikernel/core.c:mk_notify_down_and_park
rule "instance's own cpu: park"
  said & handles()
==>
begin
  halt(boot);
end;

-- facts.md 6.4; N25: the image and the memory are free only after every CPU has been seen parked,
-- and has claimed the way home. One that does not keeps all of it.
-- @code kernel/multikernel/core.c:mk_instance_confirm_parked, arch/x86/multikernel/spawn.c:mk_arch_confirm_parked, kernel/multikernel/core.c:mk_instance_free_memory, kernel/multikernel/iommu.c:mk_iommu_release, arch/x86/multikernel/spawn.c:mk_repark_instance_to_host
rule "host: take everything back"
  inst = LOADED
  & is_parked(boot)
  & forall c: cpu_t do is_lent(c) -> is_parked(at[c]) end
==>
begin
  for c: cpu_t do
    if is_lent(c) then
      bring_home(c);
      asked[c] := NOTHING;
    end;
  end;
  repark(boot, HOST);
  for b: block_t do
    mbooks[b] := POOL;
  end;
  lose_image();
  inst := DOWN;
end;

-- facts.md 6.4, instance states: LOADED, ACTIVE. N25: the flag goes with the shared area of the
-- last run, once no CPU is left that it is for.
-- @code kernel/multikernel/core.c:mk_instance_set_kexec_active, kernel/multikernel/iommu.c:mk_iommu_contain
rule "host: start the instance again"
  inst = DOWN & idle()
==>
begin
  stop := false;
  spawn(boot, boot_icache);
  assert "the CPU that the instance keeps comes up" boot = ON_INSTANCE;
  inst := ACTIVE;
end;

-- What must hold ------------------------------------------------------------------------------

-- Twice: one kernel runs on it, and the other may hand it out.
invariant "no CPU is owned twice"
  forall c: cpu_t do
    (books[c] = HOSTS -> at[c] = ON_HOST)
    & (books[c] = POOL -> waits_for(at[c], HOST))
    & (at[c] = ON_HOST -> books[c] = HOSTS)
  end;

-- Nor do devices of the instance reach it.
invariant "no memory is owned twice"
  forall b: block_t do mbooks[b] = POOL -> !online[b] & !mapped[b] end;

-- Transfers of a driver of the instance would fault.
invariant "the instance's devices reach the memory that it uses"
  forall b: block_t do online[b] -> mapped[b] end;

-- Unless a request is under way. One that it runs on without having been given it is the matter of
-- the first invariant.
invariant "the instance counts on the CPUs that it was given, and on no others"
  forall c: cpu_t do
    (at[c] = ON_INSTANCE -> present[c])
    & ((books[c] = HOSTS | books[c] = POOL)
      & at[c] != ON_INSTANCE
      & (forall a: age_t do msg[c][a] != ASK_ADD end)
      -> !present[c])
  end;

invariant "a reply settles the request that it answers"
  !mistaken;

invariant "no CPU executes an image that was given back"
  inst = DOWN -> !executes_instance(boot) & forall c: cpu_t do !executes_instance(at[c]) end;

-- N27.
invariant "no CPU executes instructions of an image that is gone"
  (executes_instance(boot) -> boot_icache != STALE)
  & forall c: cpu_t do executes_instance(at[c]) -> icache[c] != STALE end;

-- N27.
invariant "the host outlives an instance that halts"
  !reset;

-- kexec_trylock, and for overlays a mutex: two callers would move one CPU to two places. A record
-- goes when its caller goes.
invariant "what is under way was asked for, by one caller at a time"
  waiters() <= 1
  & (forall c: cpu_t do
      (waiting[c] -> is_lent(c))
      & (msg[c][CURRENT] != NO_MSG -> asked[c] != NOTHING)
      & (LATE = 1 & asked[c] != NOTHING -> waiting[c])
    end)
  & (forall b: block_t do
      (mwaiting[b] -> mmsg[b] != NO_MSG)
      & (mmsg[b] != NO_MSG -> mbooks[b] = MOVING | mbooks[b] = INSTANCES)
    end);

-- A stray NMI would stop CPUs of the next instance.
invariant "what stopped an instance does not stop the next"
  inst = ACTIVE -> !stop;

-- Every request settled, and none of the resources stranded.
liveness "the host can still have everything back"
  inst = ACTIVE
  & handles()
  & (forall c: cpu_t do books[c] = HOSTS & asked[c] = NOTHING end)
  & (forall b: block_t do mbooks[b] = POOL end);

cover "a CPU waits in memory"
  PARK = 0 | exists c: cpu_t do at[c] = INSTANCE_SLOT end;
cover "a CPU is off"
  PARK = 1 | exists c: cpu_t do at[c] = OFF end;
cover "a CPU is refused, and comes home"
  exists c: cpu_t do msg[c][CURRENT] = NOT_ADDED & at[c] != ON_INSTANCE end;
cover "a CPU is removed, and is still on its way when the host hears of it"
  exists c: cpu_t do msg[c][CURRENT] = REMOVED & at[c] = LEAVING end;
cover "a CPU is removed, and has parked when the host hears of it"
  exists c: cpu_t do msg[c][CURRENT] = REMOVED & is_parked(at[c]) end;
cover "memory is refused"
  exists b: block_t do mmsg[b] = NOT_ADDED end;
cover "memory is kept"
  exists b: block_t do mmsg[b] = NOT_REMOVED end;
cover "somebody waits for memory to be added"
  exists b: block_t do mwaiting[b] & mbooks[b] = MOVING end;
cover "somebody waits for memory to be removed"
  exists b: block_t do mwaiting[b] & mbooks[b] = INSTANCES end;
cover "memory is in doubt, and another request is under way"
  (exists b: block_t do mbooks[b] = MOVING & !mwaiting[b] end)
  & (exists c: cpu_t do waiting[c] end);
cover "nobody will answer, and somebody waits"
  LATE = 0 | exists c: cpu_t do asked[c] != NOTHING & msg[c][CURRENT] = NO_MSG end;
cover "a request is forgotten, and another is under way"
  LATE = 0 | exists c: cpu_t do msg[c][FORGOTTEN] != NO_MSG & msg[c][CURRENT] != NO_MSG end;
cover "a CPU is in doubt, and it runs the instance"
  LATE = 1 | exists c: cpu_t do !waiting[c] & books[c] = MOVING & at[c] = ON_INSTANCE end;
cover "a CPU is with the instance, which has refused it"
  LATE = 0 | exists c: cpu_t do
    books[c] = INSTANCES & asked[c] = NOTHING & is_parked(at[c])
    & (forall a: age_t do msg[c][a] = NO_MSG end)
  end;
cover "a CPU has gone, the other is on its way"
  CPUS = 1
  | (exists c: cpu_t do at[c] = ON_INSTANCE end) & (exists c: cpu_t do waiting[c] end);
cover "the instance halts by itself"
  HALTS = 0 | said & inst = ACTIVE;
cover "the instance's own CPU has parked, and another still runs it"
  HALTS = 0 | !stop & is_parked(boot) & exists c: cpu_t do at[c] = ON_INSTANCE end;
cover "a CPU parks because the instance halts"
  HALTS = 0 | said & handles() & !stop & exists c: cpu_t do
    present[c] & is_parked(at[c]) & (forall a: age_t do msg[c][a] != ASK_ADD end)
  end;
cover "the instance hangs and is forced to stop"
  HALTS = 0 | hung & inst = LOADED & exists c: cpu_t do at[c] = ON_INSTANCE end;
cover "a CPU has run an image that is gone, and another one runs"
  RISCV = 0 | inst = ACTIVE & exists c: cpu_t do icache[c] = STALE end;
cover "an instance halts by itself that another one was before"
  RISCV = 0 | HALTS = 0 | said & inst = ACTIVE & exists c: cpu_t do icache[c] = STALE end;
cover "a CPU that an instance keeps has run an image that is gone"
  RISCV = 0 | HALTS = 0 | boot_icache = STALE;
cover "an instance runs that has not taken over its way down"
  RISCV = 0 | HALTS = 0 | inst = ACTIVE & !hooked & handles();
cover "everything is taken back without force, and the host has kept a CPU"
  HALTS = 0 | inst = DOWN & !stop & exists c: cpu_t do books[c] = HOSTS end;

function running_cpus(): 0 .. CPUS;
  var n: 0 .. CPUS;
begin
  n := 0;
  for c: cpu_t do
    if at[c] = ON_HOST | at[c] = ON_INSTANCE then
      n := n + 1;
    end;
  end;
  return n;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "CPUs that run a kernel"
  running_cpus();
