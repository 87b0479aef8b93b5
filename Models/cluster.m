-- A cache-coherent cluster: many kernels in one machine, each on a node of its own, swapped one
-- node at a time.
--
-- The proposal's figures: at least half of a machine with two CPUs stays with its users, and 31 of
-- 32 nodes of one with 512. One old kernel is the designated leader. It gives the others leave to
-- be swapped, supplies the new kernels with the facts about the hardware, and hands its role over
-- before its own node's turn. The CPUs of a node are alike, so it is enough to count them; the
-- nodes are a scalarset, so that 32 of them can be searched. What happens within a node's swap is
-- the matter of hotswap.m.
--
-- Belief and truth are separate variables. What a kernel believes (step, mine, leads, granted,
-- heard, former) is read by its own rules only; what is so (runs, busy) is the machine's.
--
-- `measure` is an extension of swapcheck. Without that line the file is plain Murphi.
--
-- Expect: holds

const
  NODES:     3;
  NODE_CPUS: 2;
  AT_ONCE:   1;   -- nodes that may be away at the same time, less than NODES if WHOLE is 1
  WHOLE:     1;   -- 1: all CPUs of a node are given to its new kernel at once; 0: first one of them

type
  node_t:      scalarset(NODES);
  cpu_count_t: 0 .. NODE_CPUS;

  -- Roles on a node, not machines: after a swap the new kernel is the old one of the next swap.
  kernel_t: enum { OLD, NEW };

  -- How far the swap of a node is.
  step_t: enum {
    OLD_SERVES,
    GRANTED,        -- has the leader's leave
    HALTING,        -- the old kernel's CPUs are on their way out
    BOOTING,        -- the new kernel was started
    TAKING_OVER,    -- the old kernel has no processes any more and exits
    REPORTING,      -- the new kernel has all CPUs and says so to the leader
    NEW_SERVES
  };

var
  -- Belief.
  step:    array [node_t] of step_t;
  mine:    array [node_t] of array [kernel_t] of cpu_count_t;   -- available, I schedule on them
  leads:   array [node_t] of boolean;                           -- this node's kernel leads
  heard:   array [node_t] of boolean;                           -- knows who leads
  former:  array [node_t] of boolean;                           -- led before, passes requests on
  granted: 0 .. AT_ONCE;                                        -- the leader's account

  -- Truth.
  runs:    array [node_t] of array [kernel_t] of cpu_count_t;   -- CPUs that execute this kernel
  busy:    array [node_t] of boolean;                           -- users' processes live here

function is_at_rest(n: node_t): boolean;
begin
  return step[n] = OLD_SERVES | step[n] = NEW_SERVES;
end;

-- CPUs that run the users' processes of a node: available to a kernel that has processes or would
-- take some. The old kernel has none once the new one takes over, the new one none before.
function serving(n: node_t): cpu_count_t;
begin
  if step[n] = OLD_SERVES | step[n] = GRANTED | step[n] = HALTING | step[n] = BOOTING then
    return mine[n][OLD];
  end;
  return mine[n][NEW];
end;

function serving_cpus(): 0 .. NODES * NODE_CPUS;
  var total: 0 .. NODES * NODE_CPUS;
begin
  total := 0;
  for n: node_t do total := total + serving(n); end;
  return total;
end;

ruleset first: node_t do
  startstate "every node runs its old kernel"
  begin
    for n: node_t do
      step[n] := OLD_SERVES;
      mine[n][OLD] := NODE_CPUS;
      mine[n][NEW] := 0;
      runs[n][OLD] := NODE_CPUS;
      runs[n][NEW] := 0;
      leads[n] := n = first;
      heard[n] := true;
      former[n] := false;
      busy[n] := true;
    end;
    granted := 0;
  end;
end;

-- The leader ----------------------------------------------------------------------------------

ruleset l: node_t; n: node_t do
  -- Who leads does not leave, unless its own new kernel is there before.
  rule "leader: give leave to swap a node"
    leads[l]
    & granted < AT_ONCE
    & step[n] = OLD_SERVES
    & heard[n]
    & !former[n]
    & (n != l | WHOLE = 0)
  ==>
  begin
    step[n] := GRANTED;
    granted := granted + 1;
  end;

  -- The account goes with the role, in common memory. Not before all have heard of the last time.
  rule "leader: hand the role over"
    leads[l]
    & n != l
    & is_at_rest(l)
    & is_at_rest(n)
    & (forall m: node_t do heard[m] & !former[m] end)
  ==>
  begin
    leads[l] := false;
    former[l] := true;
    leads[n] := true;
    for m: node_t do heard[m] := m = n | m = l; end;
  end;

  -- It supplies the facts about the hardware.
  rule "leader: boot the new kernel"
    leads[l]
    & heard[n]
    & step[n] = HALTING
    & mine[n][OLD] = (WHOLE = 1 ? 0 : NODE_CPUS - 1)
    & runs[n][OLD] = mine[n][OLD]
  ==>
  begin
    runs[n][NEW] := 1;
    step[n] := BOOTING;
  end;

  -- From now on processes are sent there.
  rule "leader: hear that a node is back"
    leads[l] & step[n] = REPORTING & heard[n]
  ==>
  begin
    granted := granted - 1;
    step[n] := NEW_SERVES;
    busy[n] := true;
  end;
end;

ruleset n: node_t do
  -- Also a new kernel, from the old one's memory.
  rule "node: hear who leads now"
    !heard[n]
  ==>
  begin
    heard[n] := true;
  end;

  -- Hole: how long a former leader has to pass requests on. Until every node has heard.
  rule "node: lead no longer"
    former[n] & (forall m: node_t do heard[m] end)
  ==>
  begin
    former[n] := false;
  end;
end;

-- The old kernel of a node --------------------------------------------------------------------

ruleset n: node_t do
  -- With BProc, to whichever nodes serve. With WHOLE = 0 they stay where they are.
  rule "old: move the processes to other nodes"
    WHOLE = 1
    & step[n] = GRANTED
    & busy[n]
    & (exists m: node_t do m != n & is_at_rest(m) end)
  ==>
  begin
    busy[n] := false;
  end;

  -- Declared unavailable first, halted then.
  rule "old: declare a CPU unavailable"
    (step[n] = GRANTED & (WHOLE = 1 -> !busy[n]) & (WHOLE = 0 -> NODE_CPUS > 1))
    | (step[n] = HALTING & WHOLE = 1 & mine[n][OLD] > 0 & mine[n][OLD] = runs[n][OLD])
  ==>
  begin
    mine[n][OLD] := mine[n][OLD] - 1;
    step[n] := HALTING;
  end;

  rule "old: halt the CPU"
    step[n] = HALTING & runs[n][OLD] > mine[n][OLD]
  ==>
  begin
    runs[n][OLD] := runs[n][OLD] - 1;
  end;

  rule "old: exit from a CPU"
    step[n] = TAKING_OVER & mine[n][OLD] > 0
  ==>
  begin
    mine[n][OLD] := mine[n][OLD] - 1;
    runs[n][OLD] := runs[n][OLD] - 1;
  end;
end;

-- The new kernel of a node --------------------------------------------------------------------

ruleset n: node_t do
  -- With WHOLE = 0 this is where the four sentences are said and the processes move.
  rule "new: relieve"
    step[n] = BOOTING
  ==>
  begin
    mine[n][NEW] := 1;
    step[n] := NODE_CPUS = 1 ? REPORTING : TAKING_OVER;
  end;

  -- The CPU is parked, which is seen; it executes neither kernel.
  rule "new: start a parked CPU"
    step[n] = TAKING_OVER
    & mine[n][NEW] = runs[n][NEW]
    & runs[n][OLD] + runs[n][NEW] < NODE_CPUS
  ==>
  begin
    runs[n][NEW] := runs[n][NEW] + 1;
  end;

  rule "new: declare the CPU available"
    step[n] = TAKING_OVER & mine[n][NEW] < runs[n][NEW]
  ==>
  begin
    mine[n][NEW] := mine[n][NEW] + 1;
    if mine[n][NEW] = NODE_CPUS then
      step[n] := REPORTING;
    end;
  end;
end;

-- No fact changes here, only the names.
rule "machine: the new kernels are the old ones of the next swap"
  forall n: node_t do step[n] = NEW_SERVES end
==>
begin
  for n: node_t do
    step[n] := OLD_SERVES;
    mine[n][OLD] := mine[n][NEW];
    mine[n][NEW] := 0;
    runs[n][OLD] := runs[n][NEW];
    runs[n][NEW] := 0;
  end;
end;

-- What must hold ------------------------------------------------------------------------------

-- The proposal's figures: at least 1 of 2, and 496 of 512.
invariant "no more is away than AT_ONCE nodes have"
  serving_cpus() >= NODES * NODE_CPUS - AT_ONCE * (WHOLE = 1 ? NODE_CPUS : NODE_CPUS - 1);

invariant "a CPU serves the kernel that counts it"
  forall n: node_t do
    runs[n][OLD] + runs[n][NEW] <= NODE_CPUS
    & (forall k: kernel_t do mine[n][k] <= runs[n][k] end)
  end;

invariant "there is one leader"
  (exists n: node_t do leads[n] end)
  & (forall n: node_t do forall m: node_t do leads[n] & leads[m] -> n = m end end);

-- Whom a node takes for the leader: that one, or the former, which passes it on.
invariant "who is asked is there"
  forall n: node_t do
    (leads[n] -> runs[n][OLD] + runs[n][NEW] > 0)
    & (!heard[n] -> exists m: node_t do former[m] & is_at_rest(m) end)
  end;

invariant "processes live where a CPU serves them"
  forall n: node_t do busy[n] -> serving(n) > 0 end;

liveness "all nodes can still be swapped"
  forall n: node_t do step[n] = NEW_SERVES end;

cover "half of the nodes are swapped"
  NODES = 1
  | ((exists n: node_t do step[n] = NEW_SERVES end)
    & (exists n: node_t do step[n] = OLD_SERVES end));
cover "a new kernel leads old ones"
  NODES = 1
  | ((exists n: node_t do step[n] = NEW_SERVES & leads[n] end)
    & (exists n: node_t do step[n] = OLD_SERVES end));
cover "the role is handed over while a node is away"
  NODES < 3
  | ((exists n: node_t do former[n] end) & (exists n: node_t do !is_at_rest(n) end));
cover "a node that is away has not heard who leads"
  NODES < 3 | exists n: node_t do !is_at_rest(n) & !heard[n] end;
cover "a node serves nobody"
  WHOLE = 0 | exists n: node_t do serving(n) = 0 end;

measure "CPUs serving users"
  serving_cpus();
