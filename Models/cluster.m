-- A cache-coherent cluster: many kernels in one machine, each on a node of its own, swapped one
-- node at a time.
--
-- The proposal's figures: at least half of a machine with two CPUs stays with its users, and 31 of
-- 32 nodes of one with 512. One old kernel is the designated leader. It gives the others leave to
-- be swapped, supplies the new kernels with the facts about the hardware, looks whether these are
-- still so before it lets them relieve, and hands its role over before its own node's turn. For a
-- while two releases run side by side, and read what the leader has written. The CPUs of a node are
-- alike, so it is enough to count them; the nodes are a scalarset, so that 32 of them can be
-- searched. What happens within a node's swap is the matter of hotswap.m.
--
-- Belief and truth are separate variables. What a kernel believes (step, mine, heard, former, and
-- the leader's known, granted and format) is read by its own rules only, or was said in common
-- memory (step, told). What is so (runs, processes) is the machine's and the users'; kernels change
-- it by what the machine does for them. Whether facts are of now is so as well, and a kernel finds
-- out by looking.
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
    AGREED,         -- the facts that it was told are those of now
    TAKING_OVER,    -- the old kernel has no processes any more and exits
    REPORTING,      -- the new kernel has all CPUs and says so to the leader
    NEW_SERVES
  };

  facts_t: enum { OF_NOW, OUTDATED };

  -- Of what the leader keeps in common memory. A release reads its own and the one before.
  format_t: enum {
    TOO_OLD,        -- the new kernels do not read it
    COMMON,         -- both releases do
    OF_THE_NEW      -- the old ones do not
  };

  where_t: enum { AT_HOME, WITH_OTHERS, LOST };

var
  -- Belief.
  step:    array [node_t] of step_t;
  mine:    array [node_t] of array [kernel_t] of cpu_count_t;   -- available, I schedule on them
  heard:   array [node_t] of boolean;                           -- knows who leads
  former:  array [node_t] of boolean;                           -- led before, passes requests on
  told:    array [node_t] of facts_t;          -- the new kernel that boots; undefined: nothing

  -- The leader's. Undefined with all others.
  known:   array [node_t] of facts_t;          -- what it knows of the hardware
  granted: array [node_t] of 0 .. AT_ONCE;     -- nodes that have its leave
  format:  array [node_t] of format_t;         -- how it writes its account

  -- Truth.
  runs:      array [node_t] of array [kernel_t] of cpu_count_t;   -- CPUs that execute this kernel
  processes: array [node_t] of where_t;                           -- of the users of this node

function is_at_rest(n: node_t): boolean;
begin
  return step[n] = OLD_SERVES | step[n] = NEW_SERVES;
end;

function leads(n: node_t): boolean;
begin
  return !isundefined(granted[n]);
end;

-- CPUs that run the users' processes of a node: available to a kernel that has processes or would
-- take some. The old kernel has none once the new one takes over, the new one none before.
function serving(n: node_t): cpu_count_t;
begin
  if step[n] = OLD_SERVES
    | step[n] = GRANTED
    | step[n] = HALTING
    | step[n] = BOOTING
    | step[n] = AGREED
  then
    return mine[n][OLD];
  end;
  return mine[n][NEW];
end;

function away(): 0 .. NODES;
  var count: 0 .. NODES;
begin
  count := 0;
  for n: node_t do
    if step[n] != OLD_SERVES & step[n] != NEW_SERVES then
      count := count + 1;
    end;
  end;
  return count;
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
      heard[n] := true;
      former[n] := false;
      undefine told[n];
      undefine known[n];
      undefine granted[n];
      undefine format[n];
      processes[n] := AT_HOME;
    end;
    known[first] := OF_NOW;
    granted[first] := 0;
    format[first] := COMMON;
  end;
end;

-- The machine and the users --------------------------------------------------------------------

-- By its kernel, or by INIT.
procedure stop_cpu(n: node_t; k: kernel_t);
begin
  runs[n][k] := runs[n][k] - 1;
end;

-- A CPU that executes neither kernel waits for a start-up message. What a kernel had that runs
-- nowhere any more is lost with the first CPU that executes another one.
procedure start_cpu(n: node_t);
begin
  assert "a CPU is parked" runs[n][OLD] + runs[n][NEW] < NODE_CPUS;
  if runs[n][OLD] + runs[n][NEW] = 0 & processes[n] = AT_HOME then
    processes[n] := LOST;
  end;
  runs[n][NEW] := runs[n][NEW] + 1;
end;

procedure move_away(n: node_t);
begin
  processes[n] := (exists m: node_t do m != n & serving(m) > 0 end) ? WITH_OTHERS : LOST;
end;

-- What changes once a new kernel relieves is the matter of its own hot-plug.
rule "machine: the hardware changes"
  true
==>
begin
  for n: node_t do
    if !isundefined(known[n]) then
      known[n] := OUTDATED;
    end;
    if step[n] = BOOTING then
      told[n] := OUTDATED;
    end;
  end;
end;

-- The leader ----------------------------------------------------------------------------------

ruleset l: node_t do
  -- When there is nobody left who cannot read it.
  rule "leader: write as the new release does"
    leads(l) & format[l] = COMMON & (forall m: node_t do step[m] = NEW_SERVES end)
  ==>
  begin
    format[l] := OF_THE_NEW;
  end;
end;

ruleset l: node_t; n: node_t do
  -- Who leads does not leave, unless its own new kernel is there before.
  rule "leader: give leave to swap a node"
    leads(l)
    & granted[l] < AT_ONCE
    & step[n] = OLD_SERVES
    & !former[n]
    & (n != l | WHOLE = 0)
  ==>
  begin
    step[n] := GRANTED;
    granted[l] := granted[l] + 1;
  end;

  -- The account and the facts go with the role. Not before all have heard of the last time.
  rule "leader: hand the role over"
    leads(l)
    & n != l
    & is_at_rest(l)
    & is_at_rest(n)
    & (forall m: node_t do heard[m] & !former[m] end)
  ==>
  begin
    known[n] := known[l];
    granted[n] := granted[l];
    format[n] := format[l];
    undefine known[l];
    undefine granted[l];
    undefine format[l];
    former[l] := true;
    for m: node_t do heard[m] := m = n | m = l; end;
  end;

  -- It supplies the facts about the hardware.
  rule "leader: boot the new kernel"
    leads(l)
    & step[n] = HALTING
    & mine[n][OLD] = (WHOLE = 1 ? 0 : NODE_CPUS - 1)
    & runs[n][OLD] = mine[n][OLD]
  ==>
  begin
    start_cpu(n);
    told[n] := known[l];
    step[n] := BOOTING;
  end;

  -- It looks at the hardware again.
  rule "leader: agree"
    leads(l) & step[n] = BOOTING & told[n] = OF_NOW
  ==>
  begin
    known[l] := OF_NOW;
    step[n] := AGREED;
  end;

  rule "leader: find that the facts have changed"
    leads(l) & step[n] = BOOTING & told[n] = OUTDATED
  ==>
  begin
    known[l] := OF_NOW;
    stop_cpu(n, NEW);
    undefine told[n];
    step[n] := HALTING;
  end;

  -- From now on processes are sent there.
  rule "leader: hear that a node is back"
    leads(l) & step[n] = REPORTING
  ==>
  begin
    granted[l] := granted[l] - 1;
    step[n] := NEW_SERVES;
    processes[n] := AT_HOME;
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
    & processes[n] = AT_HOME
    & (exists m: node_t do m != n & is_at_rest(m) end)
  ==>
  begin
    move_away(n);
  end;

  -- Declared unavailable first, halted then.
  rule "old: declare a CPU unavailable"
    (step[n] = GRANTED & (WHOLE = 1 -> processes[n] = WITH_OTHERS) & (WHOLE = 0 -> NODE_CPUS > 1))
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
    stop_cpu(n, OLD);
  end;

  rule "old: exit from a CPU"
    step[n] = TAKING_OVER & mine[n][OLD] > 0
  ==>
  begin
    mine[n][OLD] := mine[n][OLD] - 1;
    stop_cpu(n, OLD);
  end;
end;

-- The new kernel of a node --------------------------------------------------------------------

ruleset n: node_t do
  -- With WHOLE = 0 this is where the four sentences are said and the processes move.
  rule "new: relieve"
    step[n] = AGREED
  ==>
  begin
    mine[n][NEW] := 1;
    undefine told[n];
    step[n] := NODE_CPUS = 1 ? REPORTING : TAKING_OVER;
  end;

  -- The CPU is parked, which is seen; it executes neither kernel.
  rule "new: start a parked CPU"
    step[n] = TAKING_OVER
    & mine[n][NEW] = runs[n][NEW]
    & runs[n][OLD] + runs[n][NEW] < NODE_CPUS
  ==>
  begin
    start_cpu(n);
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
  forall n: node_t do step[n] = NEW_SERVES & (leads(n) -> format[n] = OF_THE_NEW) end
==>
begin
  for n: node_t do
    assert "nothing is left to the old kernel" mine[n][OLD] = 0 & runs[n][OLD] = 0;
    step[n] := OLD_SERVES;
    mine[n][OLD] := mine[n][NEW];
    mine[n][NEW] := 0;
    runs[n][OLD] := runs[n][NEW];
    runs[n][NEW] := 0;
    if leads(n) then
      format[n] := format[n] = OF_THE_NEW ? COMMON : TOO_OLD;
    end;
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

invariant "there is one leader, and nobody else has its account and its facts"
  (exists n: node_t do leads(n) end)
  & (forall n: node_t do
      isundefined(known[n]) = !leads(n)
      & isundefined(format[n]) = !leads(n)
      & (forall m: node_t do leads(n) & leads(m) -> n = m end)
    end);

-- Whom a node takes for the leader: that one, or the former, which passes it on.
invariant "who is asked is there, and knows who leads"
  forall n: node_t do
    (leads(n) -> runs[n][OLD] + runs[n][NEW] > 0)
    & (former[n] -> heard[n] & !leads(n))
    & (!heard[n] ->
      exists m: node_t do former[m] & (step[m] = OLD_SERVES | step[m] = NEW_SERVES) end)
  end;

invariant "the leader knows how many nodes have its leave"
  forall l: node_t do leads(l) -> granted[l] = away() end;

invariant "all kernels read what the leader has written"
  forall l: node_t do
    leads(l) ->
    (format[l] = TOO_OLD -> forall n: node_t do runs[n][NEW] = 0 end)
    & (format[l] = OF_THE_NEW -> forall n: node_t do runs[n][OLD] = 0 end)
  end;

invariant "a kernel relieves with facts of now, and none are left of an attempt"
  forall n: node_t do
    isundefined(told[n]) = (step[n] != BOOTING & step[n] != AGREED)
    & (step[n] = AGREED -> told[n] = OF_NOW)
  end;

invariant "processes live where a CPU serves them, and none are lost"
  forall n: node_t do
    processes[n] != LOST & (processes[n] = AT_HOME -> serving(n) > 0)
  end;

invariant "a node at rest has its processes"
  forall n: node_t do
    step[n] = OLD_SERVES | step[n] = NEW_SERVES -> processes[n] = AT_HOME
  end;

liveness "all nodes can still be swapped"
  forall n: node_t do step[n] = NEW_SERVES end;

liveness "another swap can follow"
  forall n: node_t do step[n] = OLD_SERVES end;

cover "half of the nodes are swapped"
  NODES = 1
  | ((exists n: node_t do step[n] = NEW_SERVES end)
    & (exists n: node_t do step[n] = OLD_SERVES end));
cover "a new kernel leads old ones"
  NODES = 1
  | ((exists n: node_t do step[n] = NEW_SERVES & leads(n) end)
    & (exists n: node_t do step[n] = OLD_SERVES end));
cover "the role is handed over while a node is away"
  NODES < 3
  | ((exists n: node_t do former[n] end) & (exists n: node_t do !is_at_rest(n) end));
cover "a node that is away has not heard who leads"
  NODES < 3 | exists n: node_t do !is_at_rest(n) & !heard[n] end;
cover "facts are outdated before a kernel relieves"
  exists n: node_t do step[n] = BOOTING & told[n] = OUTDATED end;
cover "a node serves nobody"
  WHOLE = 0 | exists n: node_t do serving(n) = 0 end;

measure "CPUs serving users"
  serving_cpus();
