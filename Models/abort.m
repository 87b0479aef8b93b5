-- Abort and assimilation: either kernel may give up, or crash, at any step of the swap.
--
-- The proposal aborts after either assessment. It does not say what happens later, or when a kernel
-- says nothing more. Here everything rolls back or everything completes, also with some processes
-- on either side, and the survivor takes the CPUs and processes of the other kernel only when that
-- is proved to be stopped: not because it said so, and not because it has been silent for long. The
-- start and the assessments are one step each; see kexec.m and handshake.m.
--
-- A crash stops a kernel and leaves its memory as it is, in which the survivor finds the processes.
--
-- Belief and truth are separate variables. What a kernel believes (table, has, fit) is read by its
-- own rules, and by the survivor's once the kernel has stopped; stage and winner lie in common
-- memory; what is so (exec, image) is the machine's.
--
-- Comments that begin with "Hole" settle what the proposal leaves open.
--
-- Expect: holds

const
  CPUS:   2;   -- at least 2: one for each kernel
  PROCS:  2;
  FAULTS: 1;   -- crashes in one swap

type
  cpu_t:    scalarset(CPUS);
  proc_t:   scalarset(PROCS);

  -- Roles, not machines: after a swap the new kernel is the old one of the next swap.
  kernel_t: enum { OLD, NEW };

  -- What a CPU really does: it executes a kernel, or one that has crashed, or waits for SIPI.
  exec_t: enum { WAITS, RUNS_OLD, HANGS_OLD, RUNS_NEW, HANGS_NEW };

  entry_t: enum { NONE, READY, STOPPED };
  image_t: enum { NO_IMAGE, FRESH, STALE };

  -- The sentence that was said last, in common memory.
  stage_t: enum {
    SERVING,    -- no swap in progress
    STARTED,    -- the new kernel was started
    OFFERED,    -- "I am ready to relieve you"
    MOVING,     -- "I relieve you"
    RELIEVED,   -- "I stand relieved"
    BACK        -- aborted
  };

var
  -- Belief.
  table:   array [kernel_t] of array [proc_t] of entry_t;
  has:     array [kernel_t] of array [cpu_t] of boolean;   -- available, I schedule on it
  fit:     boolean;                                        -- the new kernel's, of itself

  -- Common memory, which either kernel changes by compare and swap.
  stage:   stage_t;
  winner:  enum { NOBODY, OLD_WINS, NEW_WINS };            -- who is to survive

  -- Truth.
  exec:    array [cpu_t] of exec_t;
  image:   array [kernel_t] of array [proc_t] of image_t;
  crashes: 0 .. FAULTS;

function other(k: kernel_t): kernel_t;
begin
  return k = OLD ? NEW : OLD;
end;

function runs(k: kernel_t): exec_t;
begin
  return k = OLD ? RUNS_OLD : RUNS_NEW;
end;

function hangs(k: kernel_t): exec_t;
begin
  return k = OLD ? HANGS_OLD : HANGS_NEW;
end;

function lives(k: kernel_t): boolean;
begin
  return exists c: cpu_t do exec[c] = runs(k) end;
end;

function has_crashed(k: kernel_t): boolean;
begin
  return exists c: cpu_t do exec[c] = hangs(k) end;
end;

function is_stopped(k: kernel_t): boolean;
begin
  return forall c: cpu_t do exec[c] != runs(k) & exec[c] != hangs(k) end;
end;

-- A kernel goes on with the swap while it executes and nobody has been declared the winner.
function goes_on(k: kernel_t; s: stage_t): boolean;
begin
  return stage = s & winner = NOBODY & lives(k);
end;

function is_winner(k: kernel_t): boolean;
begin
  return winner = (k = OLD ? OLD_WINS : NEW_WINS);
end;

function wins(k: kernel_t): boolean;
begin
  return lives(k) & is_winner(k);
end;

procedure serve_alone();
begin
  for p: proc_t do
    table[OLD][p] := READY;
    table[NEW][p] := NONE;
    image[OLD][p] := FRESH;
    image[NEW][p] := NO_IMAGE;
  end;
  for c: cpu_t do
    exec[c] := RUNS_OLD;
    has[OLD][c] := true;
    has[NEW][c] := false;
  end;
  fit := false;
  stage := SERVING;
  winner := NOBODY;
  crashes := 0;
end;

startstate "one kernel"
begin
  serve_alone();
end;

-- Crashes -------------------------------------------------------------------------------------

-- While both kernels are there. Otherwise it has nothing to do with the swap.
ruleset k: kernel_t do
  rule "machine: a kernel crashes"
    crashes < FAULTS & lives(k) & !is_stopped(other(k))
  ==>
  begin
    crashes := crashes + 1;
    for c: cpu_t do
      if exec[c] = runs(k) then
        exec[c] := hangs(k);
      end;
    end;
  end;
end;

-- Also where a relief that is not fit is all that is left.
rule "machine: reset"
  (!lives(OLD) & !lives(NEW)) | (has_crashed(OLD) & !fit)
==>
begin
  serve_alone();
end;

-- The swap ------------------------------------------------------------------------------------

ruleset c: cpu_t do
  rule "old: start the new kernel"
    goes_on(OLD, SERVING)
  ==>
  begin
    has[OLD][c] := false;
    exec[c] := RUNS_NEW;
    stage := STARTED;
  end;

  rule "new: I am ready to relieve you"
    goes_on(NEW, STARTED) & exec[c] = RUNS_NEW
  ==>
  begin
    has[NEW][c] := true;
    fit := true;
    stage := OFFERED;
  end;
end;

rule "new: I relieve you"
  goes_on(NEW, OFFERED)
==>
begin
  stage := MOVING;
end;

ruleset p: proc_t do
  rule "old: stop a process"
    goes_on(OLD, MOVING)
    & table[OLD][p] = READY
    & (forall q: proc_t do table[OLD][q] != STOPPED end)
  ==>
  begin
    table[OLD][p] := STOPPED;
  end;

  -- It runs at once, and what the old kernel still has is out of date.
  rule "new: take a process"
    goes_on(NEW, MOVING) & table[OLD][p] = STOPPED & table[NEW][p] = NONE
  ==>
  begin
    table[NEW][p] := READY;
    image[NEW][p] := FRESH;
    image[OLD][p] := STALE;
  end;

  rule "old: drop the moved process"
    goes_on(OLD, MOVING) & table[OLD][p] = STOPPED & table[NEW][p] != NONE
  ==>
  begin
    table[OLD][p] := NONE;
    image[OLD][p] := NO_IMAGE;
  end;
end;

rule "old: I stand relieved"
  goes_on(OLD, MOVING) & (forall p: proc_t do table[OLD][p] = NONE end)
==>
begin
  for c: cpu_t do has[OLD][c] := false; end;
  stage := RELIEVED;
end;

-- Hole: when may the old kernel exit? Never by itself: the new one may have crashed, and then
-- nobody would be left. It waits, and the new one stops it. Having said "I stand relieved" is no
-- proof that it has stopped; INIT is.
ruleset c: cpu_t do
  rule "new: INIT to a CPU of the old kernel"
    goes_on(NEW, RELIEVED) & exec[c] = RUNS_OLD
  ==>
  begin
    exec[c] := WAITS;
  end;

  rule "new: assimilate a CPU"
    goes_on(NEW, RELIEVED) & exec[c] = WAITS
  ==>
  begin
    exec[c] := RUNS_NEW;
    has[NEW][c] := true;
  end;
end;

-- No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next swap"
  stage = RELIEVED & (forall c: cpu_t do exec[c] = RUNS_NEW & has[NEW][c] end)
==>
begin
  for p: proc_t do
    table[OLD][p] := table[NEW][p];
    image[OLD][p] := image[NEW][p];
    table[NEW][p] := NONE;
    image[NEW][p] := NO_IMAGE;
  end;
  for c: cpu_t do
    exec[c] := RUNS_OLD;
    has[OLD][c] := has[NEW][c];
    has[NEW][c] := false;
  end;
  fit := false;
  stage := SERVING;
  winner := NOBODY;
  crashes := 0;
end;

-- The abort -----------------------------------------------------------------------------------

-- Hole: an abort after "I relieve you". There is one, until the old kernel stands relieved: what
-- has moved moves back.
rule "old: abort"
  goes_on(OLD, STARTED) | goes_on(OLD, OFFERED) | goes_on(OLD, MOVING)
==>
begin
  stage := BACK;
end;

rule "new: abort"
  goes_on(NEW, STARTED) | goes_on(NEW, OFFERED) | goes_on(NEW, MOVING)
==>
begin
  stage := BACK;
end;

ruleset p: proc_t do
  rule "new: stop a process"
    goes_on(NEW, BACK) & table[NEW][p] = READY
  ==>
  begin
    table[NEW][p] := STOPPED;
  end;

  rule "old: take a process back"
    goes_on(OLD, BACK) & table[NEW][p] = STOPPED
  ==>
  begin
    image[OLD][p] := image[NEW][p];
    image[NEW][p] := NO_IMAGE;
    table[NEW][p] := NONE;
    table[OLD][p] := READY;
  end;

  rule "old: resume a process"
    goes_on(OLD, BACK) & table[OLD][p] = STOPPED & table[NEW][p] = NONE
  ==>
  begin
    table[OLD][p] := READY;
  end;
end;

-- For the same reason the new kernel does not shut down by itself.
ruleset c: cpu_t do
  rule "old: INIT to the new kernel's CPU"
    goes_on(OLD, BACK) & exec[c] = RUNS_NEW & (forall p: proc_t do table[NEW][p] = NONE end)
  ==>
  begin
    exec[c] := WAITS;
  end;

  rule "old: take the CPU back"
    goes_on(OLD, BACK) & exec[c] = WAITS
  ==>
  begin
    exec[c] := RUNS_OLD;
    has[OLD][c] := true;
  end;
end;

rule "old: the abort is complete"
  goes_on(OLD, BACK)
  & (forall c: cpu_t do exec[c] = RUNS_OLD end)
  & (forall p: proc_t do table[OLD][p] = READY end)
==>
begin
  for c: cpu_t do has[NEW][c] := false; end;   -- with its memory
  fit := false;
  stage := SERVING;
  crashes := 0;
end;

-- One kernel survives -------------------------------------------------------------------------

-- Hole: a kernel that says nothing. It may be slow, and suspect the other as well. Time is up for
-- one of them first; the other may reverse that as long as it still executes somewhere, lest the
-- winner has crashed. A new kernel that does not think itself fit leaves the machine to its fate.
-- Whoever wins asks its CPUs first: the other may have stopped some. So the old kernel may even
-- come back after "I stand relieved", while it has a CPU.
ruleset k: kernel_t do
  rule "kernel: time is up"
    stage != SERVING & !is_winner(k) & lives(k) & (k = NEW -> fit)
  ==>
  begin
    for c: cpu_t do
      if exec[c] != runs(k) then
        has[k][c] := false;
      end;
    end;
    winner := k = OLD ? OLD_WINS : NEW_WINS;
  end;
end;

ruleset k: kernel_t do
  ruleset c: cpu_t do
    rule "survivor: INIT to a CPU that is not its own"
      wins(k) & exec[c] != runs(k) & exec[c] != WAITS
    ==>
    begin
      exec[c] := WAITS;
    end;

    rule "survivor: take a CPU"
      wins(k)
      & is_stopped(other(k))
      & (exec[c] = WAITS | (exec[c] = runs(k) & !has[k][c]))
    ==>
    begin
      exec[c] := runs(k);
      has[k][c] := true;
    end;
  end;

  -- Both have it if it was being moved. Then the copy counts that is not out of date.
  ruleset p: proc_t do
    rule "survivor: take a process"
      wins(k) & is_stopped(other(k)) & table[other(k)][p] != NONE
    ==>
    begin
      if image[k][p] != FRESH then
        image[k][p] := image[other(k)][p];
      end;
      image[other(k)][p] := NO_IMAGE;
      table[other(k)][p] := NONE;
      table[k][p] := READY;
    end;

    rule "survivor: resume its own"
      wins(k) & is_stopped(other(k)) & table[other(k)][p] = NONE & table[k][p] = STOPPED
    ==>
    begin
      table[k][p] := READY;
    end;
  end;

  rule "survivor: serve alone"
    wins(k)
    & (forall c: cpu_t do exec[c] = runs(k) & has[k][c] end)
    & (forall p: proc_t do table[k][p] = READY end)
  ==>
  begin
    if k = NEW then
      for p: proc_t do
        table[OLD][p] := table[NEW][p];
        image[OLD][p] := image[NEW][p];
        table[NEW][p] := NONE;
        image[NEW][p] := NO_IMAGE;
      end;
      for c: cpu_t do exec[c] := RUNS_OLD; end;
    end;
    for c: cpu_t do
      has[OLD][c] := has[k][c];
      has[NEW][c] := false;
    end;
    fit := false;
    stage := SERVING;
    winner := NOBODY;
    crashes := 0;
  end;
end;

-- What must hold ------------------------------------------------------------------------------

function executes(k: kernel_t; p: proc_t): boolean;
begin
  return lives(k) & table[k][p] = READY;
end;

invariant "no process is lost, set back or run twice"
  forall p: proc_t do
    (image[OLD][p] = FRESH | image[NEW][p] = FRESH)
    & !(executes(OLD, p) & executes(NEW, p))
    & (forall k: kernel_t do executes(k, p) -> image[k][p] = FRESH end)
  end;

-- What a kernel believes is of interest while it lives and is not being stopped.
invariant "a kernel has the CPUs that execute it"
  forall k: kernel_t do
    lives(k) & !is_winner(other(k)) ->
    forall c: cpu_t do has[k][c] -> exec[c] = runs(k) end
  end;

invariant "everything rolls back, or everything completes"
  stage = SERVING ->
  ((forall c: cpu_t do exec[c] = RUNS_OLD & has[OLD][c] & !has[NEW][c] end)
    & (forall p: proc_t do
        table[OLD][p] = READY & table[NEW][p] = NONE & image[NEW][p] = NO_IMAGE
      end));

invariant "processes run on a fit kernel"
  forall p: proc_t do executes(NEW, p) -> fit end;

-- If it strikes the old kernel before there is a fit relief, it is as bad as without a swap.
invariant "no single crash leaves nobody"
  lives(OLD) | lives(NEW) | crashes = 2;

liveness "every swap can still end"
  stage = SERVING;

cover "an abort with processes on both sides"
  PROCS = 1
  | (stage = BACK
    & (exists p: proc_t do table[OLD][p] = READY end)
    & (exists p: proc_t do table[NEW][p] = READY end));
cover "a kernel is stopped that was only slow"
  winner = OLD_WINS & crashes = 0 & lives(OLD) & is_stopped(NEW);
cover "both suspect each other"
  winner = NEW_WINS & lives(OLD) & lives(NEW);
cover "the old kernel comes back although it stands relieved"
  stage = RELIEVED & wins(OLD) & is_stopped(NEW);
cover "the swap is complete"
  stage = RELIEVED & (forall c: cpu_t do exec[c] = RUNS_NEW end);

-- These need a crash.
cover "the new kernel crashes with a process, and the old one has a stale copy"
  FAULTS = 0
  | (has_crashed(NEW) & lives(OLD) & (exists p: proc_t do image[OLD][p] = STALE end));
cover "the old kernel crashes during the move"
  FAULTS = 0 | (has_crashed(OLD) & lives(NEW) & stage = MOVING);
cover "the old kernel crashes as processes move back"
  FAULTS = 0
  | (has_crashed(OLD) & stage = BACK & (exists p: proc_t do table[NEW][p] != NONE end));
cover "the old kernel crashes before there is a fit relief"
  FAULTS = 0 | (has_crashed(OLD) & !fit);
cover "both crash"
  FAULTS < 2 | (has_crashed(OLD) & has_crashed(NEW));

function serving_cpus(): 0 .. CPUS;
  var count: 0 .. CPUS;
begin
  count := 0;
  for c: cpu_t do
    if (exec[c] = RUNS_OLD & has[OLD][c]) | (exec[c] = RUNS_NEW & has[NEW][c]) then
      count := count + 1;
    end;
  end;
  return count;
end;

function standing_still(): 0 .. PROCS;
  var count: 0 .. PROCS;
begin
  count := 0;
  for p: proc_t do
    if !executes(OLD, p) & !executes(NEW, p) then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "CPUs serving users"
  serving_cpus();

measure "processes standing still"
  standing_still();
