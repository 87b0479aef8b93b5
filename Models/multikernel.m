-- Multikernel: a host hands CPUs and memory to a second kernel that runs beside it, and back.
--
-- A CPU is taken out of the host, parked, pointed at the instance's park loop, and the instance is
-- asked by message to bring it up. Memory is asked for likewise. A request may be refused, answered
-- late or never, and the caller waits ten seconds. The instance can be stopped by message, or by
-- NMI when it does not answer. docs/models.md says what is left out.
--
-- Sources: facts.md 6.4, which follows github.com/multikernel/linux, kernel/multikernel:
-- hotplug.c@3dc6b66f and @0646f02c, messaging.c@c69c023f. Where that tree seems to lack something,
-- a constant chooses: the default is a protocol that holds, the other value is the tree as facts.md
-- reads it. Nobody has reported these readings; docs/models.md says what would confirm them.
--
-- Belief and truth are separate variables. What the host believes: inst, books, asked, waiting and
-- for memory mbooks, masked, mwaiting. What the instance believes: present. What is so: at, online,
-- msg, mmsg, said, stop, nmis, hung. History: mistaken.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  CPUS:   2;           -- that can be handed over, beside one that each kernel keeps
  BLOCKS: 1;           -- blocks of memory; 2 for SAME_BLOCK: 0
  HALTS:  0;           -- 1: the instance can hang, and can be stopped

  -- What a caller does that has waited for ten seconds. 0: the record stays, and the resource is in
  -- doubt until the reply comes. 1 (the tree): the record is dropped and, for an ADD, the resource
  -- counts as free again. 2 (FORGET_CPU_ADD): as 1, but only if the CPU claims the way home.
  FORGET_CPU_ADD: 0;
  FORGET_MEM_ADD: 0;
  FORGET_REMOVE:  0;

  IDS:        1;       -- 1: replies name their request. 0 (the tree): operation and resource only
  SAME_BLOCK: 1;       -- 0 (the tree): accounts any region of the same size
  UNMARK:     1;       -- 0 (the tree): a CPU that fails to come up stays marked present
  HOME_AGAIN: 1;       -- 0 (the tree): a CPU that does not come home is the instance's

  -- 1: the host also hands over memory and a CPU together, both or none of them.
  TOGETHER:   0;

  -- How that is rolled back. 2: the entry of the log is made before the memory is asked for. 1: it
  -- is made afterwards, and skipped in silence where there is no memory for it. 0: nobody replays
  -- the log. The tree does both of the latter, as facts.md 6.4 (f) reads it.
  LOG:        2;

type
  cpu_t:   scalarset(CPUS);
  block_t: scalarset(BLOCKS);

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

  -- Where a CPU really is: runs a kernel, or is parked in a loop of the host's or the instance's
  -- memory (facts.md 4.2).
  at_t:    enum { ON_HOST, HOST_SLOT, INSTANCE_SLOT, ON_INSTANCE };

  inst_t:  enum { ACTIVE, HALTING, FORCING, DOWN };

  -- How far the host is with memory and a CPU together.
  both_t:  enum { NO_BOTH, MEMORY_FIRST, THEN_CPU, ROLLING_BACK, NONE_GIVEN, BOTH_GIVEN };

var
  -- Belief of the host.
  inst:     inst_t;
  books:    array [cpu_t] of books_t;
  asked:    array [cpu_t] of op_t;      -- the record of a request
  waiting:  array [cpu_t] of boolean;   -- a caller waits for it
  mbooks:   array [block_t] of books_t;
  masked:   array [block_t] of op_t;
  mwaiting: array [block_t] of boolean;
  both:     both_t;
  block:    block_t;                    -- of it; undefined where there is none
  cpu:      cpu_t;
  logged:   boolean;                    -- the log says that this block is to be taken back

  -- Belief of the instance.
  present:  array [cpu_t] of boolean;   -- may be brought up

  -- Truth.
  at:       array [cpu_t] of at_t;
  online:   array [block_t] of boolean; -- the instance uses this block
  msg:      array [cpu_t] of array [age_t] of msg_t;
  mmsg:     array [block_t] of array [age_t] of msg_t;
  said:     boolean;                    -- the instance has said that it has halted
  stop:     boolean;                    -- what an NMI handler of the instance looks at
  nmis:     boolean;                    -- flips whenever the host sends them
  hung:     boolean;                    -- the instance handles no more messages

  -- History.
  mistaken: boolean;                    -- a reply was taken for that to another request

function waits_for_none(): boolean;
begin
  return (forall c: cpu_t do !waiting[c] end) & (forall b: block_t do !mwaiting[b] end);
end;

-- One transaction at a time (kexec_trylock).
function idle(): boolean;
begin
  return waits_for_none() & both = NO_BOTH;
end;

function handles(): boolean;
begin
  return inst != DOWN & !hung & !said;
end;

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
  return op != NOTHING & asks_for(m) = op & (a = CURRENT | IDS = 0);
end;

procedure settle(c: cpu_t; a: age_t);
begin
  if a = FORGOTTEN then
    mistaken := true;
    msg[c][FORGOTTEN] := msg[c][CURRENT];   -- whose turn it is now to be too late
  end;
  msg[c][CURRENT] := NO_MSG;
  asked[c] := NOTHING;
  waiting[c] := false;
end;

procedure settle_memory(b: block_t; a: age_t);
begin
  if a = FORGOTTEN then
    mistaken := true;
    mmsg[b][FORGOTTEN] := mmsg[b][CURRENT];
  end;
  mmsg[b][CURRENT] := NO_MSG;
  masked[b] := NOTHING;
  mwaiting[b] := false;
end;

procedure end_both();
begin
  both := NO_BOTH;
  undefine block;
  undefine cpu;
  logged := false;
end;

-- Only a CPU in the instance's park loop can claim the way home.
procedure bring_home(c: cpu_t);
begin
  if at[c] = INSTANCE_SLOT then
    at[c] := HOST_SLOT;
    books[c] := POOL;
  else
    books[c] := HOME_AGAIN = 1 ? MOVING : INSTANCES;
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
    present[c] := false;
    at[c] := ON_HOST;
    for a: age_t do msg[c][a] := NO_MSG; end;
  end;
  for b: block_t do
    mbooks[b] := POOL;
    masked[b] := NOTHING;
    mwaiting[b] := false;
    online[b] := false;
    for a: age_t do mmsg[b][a] := NO_MSG; end;
  end;
  said := false;
  stop := false;
  nmis := false;
  hung := false;
  mistaken := false;
  end_both();
end;

-- A CPU on its way to the instance ------------------------------------------------------------

ruleset c: cpu_t do
  -- facts.md 6.4, step 1; mk_pool_cpu_add. How a CPU goes down is the matter of cpuhp.m.
  rule "host: take a CPU into the pool"
    idle() & books[c] = HOSTS & at[c] = ON_HOST
  ==>
  begin
    at[c] := HOST_SLOT;
    books[c] := POOL;
  end;

  -- facts.md 6.4, step 1, back; mk_pool_cpu_remove. A CPU that does not watch the host's slot does
  -- not come up: no change.
  rule "host: take a CPU out of the pool"
    idle() & books[c] = POOL & at[c] = HOST_SLOT
  ==>
  begin
    at[c] := ON_HOST;
    books[c] := HOSTS;
  end;

  -- facts.md 6.4, step 2; mk_repark_cpu_to_instance. If the CPU does not claim it: no change.
  rule "host: repark a CPU to the instance"
    idle() & inst = ACTIVE & books[c] = POOL & at[c] = HOST_SLOT
  ==>
  begin
    at[c] := INSTANCE_SLOT;
    books[c] := MOVING;
    waiting[c] := true;
  end;

  -- facts.md 6.4, step 3.
  rule "host: ask the instance to add the CPU"
    waiting[c] & books[c] = MOVING & asked[c] = NOTHING
  ==>
  begin
    asked[c] := ADD;
    msg[c][CURRENT] := ASK_ADD;
  end;

  -- facts.md 6.4, step 3; mk_send_cpu_add: mk_msg_pending_add or mk_send_message fails.
  rule "host: cannot ask, no memory or no room in the ring"
    waiting[c] & books[c] = MOVING & asked[c] = NOTHING
  ==>
  begin
    waiting[c] := false;
    bring_home(c);
  end;

  -- facts.md 6.4, reverse.
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
  -- facts.md 6.4, step 4; mk_do_cpu_add.
  rule "instance: mark the CPU present"
    handles() & msg[c][a] = ASK_ADD & !present[c]
  ==>
  begin
    present[c] := true;
  end;

  -- facts.md 6.4, step 4; mk_do_cpu_add. If it is up already, that is a success.
  rule "instance: add the CPU"
    handles()
    & msg[c][a] = ASK_ADD
    & present[c]
    & (at[c] = INSTANCE_SLOT | at[c] = ON_INSTANCE)
  ==>
  begin
    at[c] := ON_INSTANCE;
    msg[c][a] := ADDED;
  end;

  -- facts.md 6.4 (e).
  rule "instance: fail to add the CPU"
    handles() & msg[c][a] = ASK_ADD & present[c] & at[c] != ON_INSTANCE
  ==>
  begin
    present[c] := UNMARK = 1 ? false : present[c];
    msg[c][a] := NOT_ADDED;
  end;

  -- facts.md 6.4, reverse; mk_do_cpu_remove.
  rule "instance: remove the CPU"
    handles() & msg[c][a] = ASK_REMOVE & at[c] = ON_INSTANCE
  ==>
  begin
    at[c] := INSTANCE_SLOT;
    present[c] := false;
    msg[c][a] := REMOVED;
  end;

  -- facts.md 6.4, reverse; mk_do_cpu_remove. Busy; or it is not up, which is -ENODEV.
  rule "instance: fail to remove the CPU"
    handles() & msg[c][a] = ASK_REMOVE
  ==>
  begin
    msg[c][a] := NOT_REMOVED;
  end;

  -- Hole: the interrupt handler has no memory to queue the work. Here it answers at once; the tree
  -- does not answer (facts.md 7, B27).
  rule "instance: no memory for a request about a CPU"
    handles() & ((msg[c][a] = ASK_ADD & !present[c]) | msg[c][a] = ASK_REMOVE)
  ==>
  begin
    msg[c][a] := msg[c][a] = ASK_ADD ? NOT_ADDED : NOT_REMOVED;
  end;

  -- facts.md 6.4, step 5a.
  rule "host: hear that the CPU was added"
    msg[c][a] = ADDED & is_taken(asked[c], msg[c][a], a)
  ==>
  begin
    settle(c, a);
    books[c] := INSTANCES;
  end;

  -- facts.md 6.4, step 5b.
  rule "host: hear that the CPU was not added"
    msg[c][a] = NOT_ADDED & is_taken(asked[c], msg[c][a], a)
  ==>
  begin
    settle(c, a);
    bring_home(c);
  end;

  -- facts.md 6.4, reverse; mk_repark_cpu_to_host.
  rule "host: hear that the CPU was removed"
    msg[c][a] = REMOVED & is_taken(asked[c], msg[c][a], a)
  ==>
  begin
    settle(c, a);
    bring_home(c);
  end;

  -- facts.md 6.4, reverse: it does not claim the repark in time, and stays accounted to the
  -- instance. The tree asks the instance again, which no longer knows the CPU.
  rule "host: hear that the CPU was removed, but it does not come home"
    msg[c][a] = REMOVED & is_taken(asked[c], msg[c][a], a)
  ==>
  begin
    settle(c, a);
    books[c] := HOME_AGAIN = 1 ? MOVING : INSTANCES;
  end;

  -- facts.md 6.4, reverse; mk_send_cpu_remove returns the error.
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
  rule "host: drop a late reply about a CPU"
    asks_for(msg[c][FORGOTTEN]) != NOTHING
    & !is_taken(asked[c], msg[c][FORGOTTEN], FORGOTTEN)
  ==>
  begin
    msg[c][FORGOTTEN] := NO_MSG;
  end;

  -- facts.md 6.4, reverse. Hole: a removed CPU that has not come home is asked again to, without
  -- the instance.
  rule "host: bring a CPU home at last"
    waits_for_none() & books[c] = MOVING & asked[c] = NOTHING & at[c] = INSTANCE_SLOT
  ==>
  begin
    bring_home(c);
  end;

  -- facts.md 6.4: after 10 s the caller gets -ETIMEDOUT. Hole: what of the request? It goes on, and
  -- the CPU is in doubt until it is answered.
  rule "host: wait no longer for a CPU"
    waiting[c] & asked[c] != NOTHING & (asked[c] = ADD ? FORGET_CPU_ADD : FORGET_REMOVE) = 0
  ==>
  begin
    waiting[c] := false;
  end;

  -- facts.md 6.4, step 5b, (b); the tree. One forgotten request a CPU is enough here.
  rule "host: forget the request about a CPU"
    waiting[c]
    & asked[c] != NOTHING
    & (asked[c] = ADD ? FORGET_CPU_ADD : FORGET_REMOVE) != 0
    & (msg[c][FORGOTTEN] = NO_MSG | hung)
  ==>
  begin
    if asked[c] = ADD then
      books[c] := FORGET_CPU_ADD = 1 | at[c] = INSTANCE_SLOT ? POOL : INSTANCES;
      at[c] := at[c] = INSTANCE_SLOT ? HOST_SLOT : at[c];   -- best effort
    end;
    if msg[c][FORGOTTEN] = NO_MSG then
      msg[c][FORGOTTEN] := msg[c][CURRENT];
    end;
    msg[c][CURRENT] := NO_MSG;
    asked[c] := NOTHING;
    waiting[c] := false;
  end;
end;

-- Memory --------------------------------------------------------------------------------------

ruleset b: block_t do
  -- facts.md 6.4, messages: MEM_ADD; mk_send_mem_add.
  rule "host: ask the instance to add memory"
    idle() & inst = ACTIVE & mbooks[b] = POOL
  ==>
  begin
    mbooks[b] := MOVING;
    masked[b] := ADD;
    mwaiting[b] := true;
    mmsg[b][CURRENT] := ASK_ADD;
  end;

  -- facts.md 6.4, messages: MEM_REMOVE; mk_send_mem_remove.
  rule "host: ask the instance to remove memory"
    idle() & inst = ACTIVE & mbooks[b] = INSTANCES & masked[b] = NOTHING
  ==>
  begin
    masked[b] := REMOVE;
    mwaiting[b] := true;
    mmsg[b][CURRENT] := ASK_REMOVE;
  end;
end;

ruleset b: block_t; a: age_t do
  -- facts.md 6.4, MEM_ADD; mk_do_mem_add. What is online already cannot be added.
  rule "instance: add the memory"
    handles() & mmsg[b][a] = ASK_ADD & !online[b]
  ==>
  begin
    online[b] := true;
    mmsg[b][a] := ADDED;
  end;

  -- facts.md 6.4, MEM_REMOVE; mk_do_mem_remove.
  rule "instance: remove the memory"
    handles() & mmsg[b][a] = ASK_REMOVE & online[b]
  ==>
  begin
    online[b] := false;
    mmsg[b][a] := REMOVED;
  end;

  -- facts.md 6.4; mk_do_mem_add, mk_do_mem_remove. Also without memory to queue the work.
  rule "instance: refuse a request about memory"
    handles() & (mmsg[b][a] = ASK_ADD | mmsg[b][a] = ASK_REMOVE)
  ==>
  begin
    mmsg[b][a] := mmsg[b][a] = ASK_ADD ? NOT_ADDED : NOT_REMOVED;
  end;

  -- facts.md 6.4 (d); mk_send_mem_add, with the region that was sent.
  rule "host: hear that the memory was added"
    SAME_BLOCK = 1 & mmsg[b][a] = ADDED & is_taken(masked[b], mmsg[b][a], a)
  ==>
  begin
    settle_memory(b, a);
    mbooks[b] := INSTANCES;
  end;

  -- facts.md 6.4, ACK; mk_send_mem_add returns the error.
  rule "host: hear that the memory was not added"
    mmsg[b][a] = NOT_ADDED & is_taken(masked[b], mmsg[b][a], a)
  ==>
  begin
    settle_memory(b, a);
    mbooks[b] := POOL;
  end;

  -- facts.md 6.4, ACK; mk_send_mem_remove.
  rule "host: hear that the memory was removed"
    mmsg[b][a] = REMOVED & is_taken(masked[b], mmsg[b][a], a)
  ==>
  begin
    settle_memory(b, a);
    mbooks[b] := POOL;
  end;

  -- facts.md 6.4, ACK; mk_send_mem_remove returns the error.
  rule "host: hear that the memory was not removed"
    mmsg[b][a] = NOT_REMOVED & is_taken(masked[b], mmsg[b][a], a)
  ==>
  begin
    settle_memory(b, a);
    mbooks[b] := INSTANCES;
  end;
end;

-- facts.md 6.4 (d), the tree: mk_instance_add_memory_region takes a size, not an address.
ruleset b: block_t; d: block_t; a: age_t do
  rule "host: hear that memory was added, and account some of that size"
    SAME_BLOCK = 0
    & mmsg[b][a] = ADDED
    & is_taken(masked[b], mmsg[b][a], a)
    & (d = b | mbooks[d] = POOL)
  ==>
  begin
    settle_memory(b, a);
    mbooks[b] := POOL;
    mbooks[d] := INSTANCES;
  end;
end;

ruleset b: block_t do
  -- facts.md 6.4 (a); mk_msg_pending_complete finds no record.
  rule "host: drop a late reply about memory"
    asks_for(mmsg[b][FORGOTTEN]) != NOTHING
    & !is_taken(masked[b], mmsg[b][FORGOTTEN], FORGOTTEN)
  ==>
  begin
    mmsg[b][FORGOTTEN] := NO_MSG;
  end;

  -- facts.md 6.4: after 10 s. Hole: as for a CPU.
  rule "host: wait no longer for memory"
    mwaiting[b] & (masked[b] = ADD ? FORGET_MEM_ADD : FORGET_REMOVE) = 0
  ==>
  begin
    mwaiting[b] := false;
  end;

  -- facts.md 6.4 (c), the tree: no MEM_REMOVE follows.
  rule "host: forget the request about memory"
    mwaiting[b]
    & (masked[b] = ADD ? FORGET_MEM_ADD : FORGET_REMOVE) = 1
    & (mmsg[b][FORGOTTEN] = NO_MSG | hung)
  ==>
  begin
    if masked[b] = ADD then
      mbooks[b] := POOL;
    end;
    if mmsg[b][FORGOTTEN] = NO_MSG then
      mmsg[b][FORGOTTEN] := mmsg[b][CURRENT];
    end;
    mmsg[b][CURRENT] := NO_MSG;
    masked[b] := NOTHING;
    mwaiting[b] := false;
  end;
end;

-- Memory and a CPU together -------------------------------------------------------------------

-- facts.md 6.4, "transactional: memory, CPUs, ..., roll back in one place". Hole: a part that is in
-- doubt after ten seconds. It is waited for, because neither both nor none can be said before.
ruleset b: block_t; c: cpu_t do
  -- facts.md 6.4 (f). With LOG = 2 no memory for the entry means no request: no change.
  rule "host: begin to hand over memory and a CPU"
    TOGETHER = 1
    & idle()
    & inst = ACTIVE
    & mbooks[b] = POOL
    & books[c] = POOL
    & at[c] = HOST_SLOT
  ==>
  begin
    both := MEMORY_FIRST;
    block := b;
    cpu := c;
    logged := LOG = 2;
    mbooks[b] := MOVING;
    masked[b] := ADD;
    mwaiting[b] := true;
    mmsg[b][CURRENT] := ASK_ADD;
  end;

  -- facts.md 6.4, steps 2 and (f).
  rule "host: the memory is given, go on with the CPU"
    both = MEMORY_FIRST
    & b = block
    & c = cpu
    & inst = ACTIVE
    & waits_for_none()
    & mbooks[b] = INSTANCES
  ==>
  begin
    logged := true;
    both := THEN_CPU;
    at[c] := INSTANCE_SLOT;
    books[c] := MOVING;
    waiting[c] := true;
  end;

  -- facts.md 6.4 (f), the tree: kzalloc fails.
  rule "host: the memory is given, go on with the CPU without a log"
    LOG != 2
    & both = MEMORY_FIRST
    & b = block
    & c = cpu
    & inst = ACTIVE
    & waits_for_none()
    & mbooks[b] = INSTANCES
  ==>
  begin
    both := THEN_CPU;
    at[c] := INSTANCE_SLOT;
    books[c] := MOVING;
    waiting[c] := true;
  end;
end;

ruleset b: block_t do
  -- facts.md 6.4, "transactional".
  rule "host: the memory is refused"
    both = MEMORY_FIRST & b = block & waits_for_none() & mbooks[b] = POOL
  ==>
  begin
    both := NONE_GIVEN;
  end;
end;

ruleset c: cpu_t do
  -- facts.md 6.4, step 5a.
  rule "host: both are given"
    both = THEN_CPU & c = cpu & waits_for_none() & books[c] = INSTANCES
  ==>
  begin
    both := BOTH_GIVEN;
  end;

  -- facts.md 6.4, step 5b.
  rule "host: the CPU is refused"
    both = THEN_CPU & c = cpu & waits_for_none() & books[c] = POOL
  ==>
  begin
    both := ROLLING_BACK;
  end;
end;

ruleset b: block_t do
  -- facts.md 6.4 (f). Refused, it is asked for again.
  rule "host: replay the log, ask for the memory"
    both = ROLLING_BACK
    & b = block
    & LOG != 0
    & logged
    & inst = ACTIVE
    & waits_for_none()
    & mbooks[b] = INSTANCES
    & masked[b] = NOTHING
  ==>
  begin
    masked[b] := REMOVE;
    mwaiting[b] := true;
    mmsg[b][CURRENT] := ASK_REMOVE;
  end;

  -- facts.md 6.4 (f).
  rule "host: all of the log is replayed"
    both = ROLLING_BACK
    & b = block
    & waits_for_none()
    & (LOG != 0 & logged -> mbooks[b] = POOL)
  ==>
  begin
    both := NONE_GIVEN;
  end;
end;

-- facts.md 6.4: the caller hears of it.
rule "host: memory and a CPU together, done"
  both = NONE_GIVEN | both = BOTH_GIVEN
==>
begin
  end_both();
end;

-- Stopping the instance -----------------------------------------------------------------------

-- facts.md 6.4, messages: SHUTDOWN.
rule "userspace: stop the instance"
  HALTS = 1 & waits_for_none() & inst = ACTIVE
==>
begin
  inst := HALTING;
end;

-- facts.md 6.4: what the 30 s are for.
rule "instance: hang"
  HALTS = 1 & (inst = ACTIVE | inst = HALTING) & handles()
==>
begin
  hung := true;
end;

-- facts.md 6.4, messages: SHUTDOWN_ACK or HALTED. Its CPUs may still be on their way to the park
-- loop.
rule "instance: say that it has halted"
  inst = HALTING & handles()
==>
begin
  said := true;
end;

-- facts.md 6.4: after 30 s by NMI. Hole: what tells the handler to stop? A flag that only the host
-- takes back, not a message in the ring (facts.md 7, B26).
rule "host: force the instance to stop"
  inst = HALTING
==>
begin
  inst := FORCING;
  stop := true;
end;

-- facts.md 6.4; 7, B26: an NMI can be missed, and is sent again.
rule "host: send NMIs"
  inst = FORCING & exists c: cpu_t do at[c] = ON_INSTANCE end
==>
begin
  nmis := !nmis;
end;

ruleset c: cpu_t do
  -- facts.md 4.2; 6.4, memory pool teardown.
  rule "cpu: reach the park loop"
    inst = HALTING & said & at[c] = ON_INSTANCE
  ==>
  begin
    at[c] := INSTANCE_SLOT;
    present[c] := false;
  end;

  -- facts.md 7, B26.
  rule "cpu: stop on an NMI"
    inst = FORCING & stop & at[c] = ON_INSTANCE
  ==>
  begin
    at[c] := INSTANCE_SLOT;
    present[c] := false;
  end;
end;

-- facts.md 6.4: the image and the memory are free only after every CPU has been seen in its park
-- loop, and has claimed the way home. One that does not keeps all of it.
rule "host: take everything back"
  (inst = FORCING | (inst = HALTING & said)) & forall c: cpu_t do at[c] != ON_INSTANCE end
==>
begin
  for c: cpu_t do
    if at[c] = INSTANCE_SLOT then
      at[c] := HOST_SLOT;
      books[c] := POOL;
    end;
    present[c] := present[c] & at[c] = ON_INSTANCE;   -- that belief has gone with its memory
    asked[c] := NOTHING;
    for a: age_t do msg[c][a] := NO_MSG; end;
  end;
  for b: block_t do
    mbooks[b] := POOL;
    masked[b] := NOTHING;
    online[b] := false;
    for a: age_t do mmsg[b][a] := NO_MSG; end;
  end;
  said := false;
  stop := false;
  nmis := false;
  hung := false;
  end_both();   -- there is nobody to hand anything to
  inst := DOWN;
end;

-- facts.md 6.4, instance states: LOADED, ACTIVE.
rule "host: start the instance again"
  inst = DOWN & idle()
==>
begin
  inst := ACTIVE;
end;

-- What must hold ------------------------------------------------------------------------------

-- Twice: one kernel runs on it, and the other may hand it out.
invariant "no CPU is owned twice"
  forall c: cpu_t do
    (books[c] = HOSTS -> at[c] = ON_HOST)
    & (books[c] = POOL -> at[c] = HOST_SLOT)
  end;

invariant "no memory is owned twice"
  forall b: block_t do mbooks[b] = POOL -> !online[b] end;

-- Unless a request is under way. One that it runs on without having been given it is the matter of
-- the first invariant.
invariant "the instance waits for no CPU that it was not given"
  forall c: cpu_t do
    (books[c] = HOSTS | books[c] = POOL)
    & at[c] != ON_INSTANCE
    & (forall a: age_t do msg[c][a] != ASK_ADD end)
    -> !present[c]
  end;

invariant "a reply settles the request that it answers"
  !mistaken;

invariant "no CPU executes an image that was given back"
  inst = DOWN -> forall c: cpu_t do at[c] != INSTANCE_SLOT & at[c] != ON_INSTANCE end;

invariant "memory and a CPU are handed over together, or neither"
  (both = NONE_GIVEN ->
    forall b: block_t do b = block -> mbooks[b] = POOL & !online[b] end)
  & (both = BOTH_GIVEN ->
    (forall b: block_t do b = block -> mbooks[b] = INSTANCES end)
    & (forall c: cpu_t do c = cpu -> books[c] = INSTANCES end));

-- Every request settled, and none of the resources stranded.
liveness "the host can still have everything back"
  inst = ACTIVE
  & !hung
  & both = NO_BOTH
  & (forall c: cpu_t do books[c] = HOSTS & asked[c] = NOTHING end)
  & (forall b: block_t do mbooks[b] = POOL & masked[b] = NOTHING end);

cover "a CPU is handed over"    exists c: cpu_t do books[c] = INSTANCES & at[c] = ON_INSTANCE end;
cover "memory is handed over"   exists b: block_t do mbooks[b] = INSTANCES & online[b] end;
cover "a CPU comes home"
  exists c: cpu_t do asked[c] = REMOVE & at[c] = INSTANCE_SLOT end;
cover "memory comes home"       exists b: block_t do masked[b] = REMOVE & !online[b] end;
cover "a CPU is refused"        exists c: cpu_t do msg[c][CURRENT] = NOT_ADDED end;
cover "memory is refused"       exists b: block_t do mmsg[b][CURRENT] = NOT_ADDED end;
cover "a CPU in doubt, and it runs the instance"
  FORGET_CPU_ADD != 0
  | exists c: cpu_t do !waiting[c] & books[c] = MOVING & at[c] = ON_INSTANCE end;
cover "memory in doubt, and another request is under way"
  FORGET_MEM_ADD = 1
  | (exists b: block_t do mbooks[b] = MOVING & !mwaiting[b] end)
  & (exists c: cpu_t do waiting[c] end);
cover "a CPU that has not come home"
  HOME_AGAIN = 0
  | exists c: cpu_t do books[c] = MOVING & asked[c] = NOTHING & !waiting[c] end;
cover "a CPU has gone, the other is handed over"
  CPUS = 1
  | (exists c: cpu_t do at[c] = ON_INSTANCE end) & (exists c: cpu_t do waiting[c] end);
cover "the instance says that it has halted, and a CPU still runs it"
  HALTS = 0 | said & exists c: cpu_t do at[c] = ON_INSTANCE end;
cover "the instance hangs and is forced to stop"
  HALTS = 0 | hung & inst = FORCING & exists c: cpu_t do at[c] = ON_INSTANCE end;
cover "everything taken back"   HALTS = 0 | inst = DOWN;
cover "memory and a CPU are given"
  TOGETHER = 0 | both = BOTH_GIVEN;
cover "the memory is given, the CPU is refused"
  TOGETHER = 0 | both = ROLLING_BACK;
cover "what was given is taken back"
  TOGETHER = 0 | LOG = 0 | (both = ROLLING_BACK & exists b: block_t do masked[b] = REMOVE end);

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "CPUs that run a kernel"
  running_cpus();
