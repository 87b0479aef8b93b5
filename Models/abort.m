-- Abort and assimilation: either kernel may change its mind, give the other up, or crash, at any
-- step of the swap.
--
-- The proposal aborts after either assessment. It does not say what happens later, or when a kernel
-- says nothing more. Here everything rolls back or everything completes, also with some processes
-- on either side, and the survivor takes the CPUs and processes of the other kernel only when that
-- is proved to be stopped: not because it said so, and not because it has been silent for long. The
-- start and the assessments are one step each; see kexec.m and handshake.m.
--
-- A crash stops a kernel and leaves its memory as it is, in which the survivor finds the processes.
--
-- Belief and truth are separate variables. What a kernel believes (table, has) is read by its own
-- rules, and by the survivor's once the kernel has stopped; stage and winner lie in common memory;
-- what is so (exec, image, memory, kind) is the machine's. No rule reads image or said. README.md
-- beside the variants says what is assumed.
--
-- Comments that begin with "Hole" settle what the proposal leaves open.
--
-- Expect: holds

const
  CPUS:     2;   -- at least 2: one for each kernel
  PROCS:    2;
  FAULTS:   1;   -- crashes in one swap
  TIMEOUTS: 1;   -- 1: a kernel may give the other one up. 0: the normal way alone, without crashes
  MINDS:    1;   -- 1: kernels may change their minds

type
  cpu_t:    scalarset(CPUS);
  proc_t:   scalarset(PROCS);

  -- Roles, not machines: after a swap the new kernel is the old one of the next swap.
  kernel_t: enum { OLD, NEW };

  -- What a CPU really does: it waits for a start-up message, executes a kernel, is parked in that
  -- kernel's text, where it watches whether somebody goes on, or executes a kernel that has crashed.
  exec_t: enum { WAITS, RUNS_OLD, PARKED_OLD, HANGS_OLD, RUNS_NEW, PARKED_NEW, HANGS_NEW };

  entry_t: enum { NONE, READY, STOPPED };

  -- FRESH until it runs elsewhere.
  image_t: enum { NO_IMAGE, FRESH, STALE };

  -- What the new kernel is like. A bad one may find out itself, or has to be found out.
  kind_t: enum { GOOD, BAD, SECRETLY_BAD };

  word_t: enum {
    NOTHING, READY_TO_RELIEVE, NOT_READY, READY_TO_BE_RELIEVED, SHUT_DOWN, I_RELIEVE_YOU,
    I_STAND_RELIEVED
  };

  -- How far it is.
  stage_t: enum {
    SERVING,    -- no swap in progress
    STARTED,    -- the new kernel was started
    OFFERED,    -- "I am ready to relieve you"
    AGREED,     -- "I am ready to be relieved"
    MOVING,     -- "I relieve you"
    RELIEVED,   -- "I stand relieved"
    BACK        -- "not ready", or "shut down"
  };

var
  -- Belief.
  table:   array [kernel_t] of array [proc_t] of entry_t;
  has:     array [kernel_t] of array [cpu_t] of boolean;   -- available, I schedule on it

  -- Common memory, which either kernel changes by compare and swap.
  stage:   stage_t;
  winner:  enum { NOBODY, OLD_WINS, NEW_WINS };            -- who is to survive

  -- Truth.
  exec:    array [cpu_t] of exec_t;
  memory:  array [kernel_t] of boolean;   -- the kernel's text, stacks and page tables are there
  image:   array [kernel_t] of array [proc_t] of image_t;
  kind:    kind_t;
  crashes: 0 .. FAULTS;

  -- History: the sentence that was said last, by anybody, in this attempt; and how far it was before.
  said:     word_t;
  was:      stage_t;

function other(k: kernel_t): kernel_t;
begin
  return k = OLD ? NEW : OLD;
end;

function runs(k: kernel_t): exec_t;
begin
  return k = OLD ? RUNS_OLD : RUNS_NEW;
end;

function parked(k: kernel_t): exec_t;
begin
  return k = OLD ? PARKED_OLD : PARKED_NEW;
end;

function hangs(k: kernel_t): exec_t;
begin
  return k = OLD ? HANGS_OLD : HANGS_NEW;
end;

function acts(k: kernel_t): boolean;
begin
  return exists c: cpu_t do exec[c] = runs(k) end;
end;

-- It acts, or could.
function lives(k: kernel_t): boolean;
begin
  return exists c: cpu_t do exec[c] = runs(k) | exec[c] = parked(k) end;
end;

-- Each CPU shows that after INIT.
function is_stopped(k: kernel_t): boolean;
begin
  return forall c: cpu_t do exec[c] != runs(k) & exec[c] != parked(k) & exec[c] != hangs(k) end;
end;

-- A kernel goes on with the swap while it executes and nobody has been declared the winner.
function goes_on(k: kernel_t; s: stage_t): boolean;
begin
  return stage = s & winner = NOBODY & acts(k);
end;

function is_winner(k: kernel_t): boolean;
begin
  return winner = (k = OLD ? OLD_WINS : NEW_WINS);
end;

function has_relieved(): boolean;
begin
  return stage = MOVING | stage = RELIEVED;
end;

-- The one that the other leaves the machine to, as was agreed or because it has won.
function stays(k: kernel_t): boolean;
begin
  return acts(k)
  & (is_winner(k) | (winner = NOBODY & stage = (k = OLD ? BACK : RELIEVED)));
end;

procedure say(k: kernel_t; w: word_t; s: stage_t);
begin
  assert "who speaks executes" acts(k);
  said := w;
  was := stage;
  stage := s;
end;

procedure enter(k: kernel_t; p: proc_t; e: entry_t);
begin
  assert "who writes its table executes" acts(k);
  table[k][p] := e;
end;

procedure copy(p: proc_t; a: kernel_t; b: kernel_t);
begin
  assert "a process is not copied while it runs" !(acts(a) & table[a][p] = READY);
  image[b][p] := image[a][p];
end;

procedure park(k: kernel_t; c: cpu_t);
begin
  assert "a kernel stops itself only on a CPU that executes it" exec[c] = runs(k);
  has[k][c] := false;
  exec[c] := parked(k);
end;

-- INIT stops a CPU whatever it does.
procedure send_init(c: cpu_t);
begin
  assert "who works is stopped only when it was given up"
    winner != NOBODY | (exec[c] != RUNS_OLD & exec[c] != RUNS_NEW);
  exec[c] := WAITS;
end;

-- A start-up message to a CPU that does not wait for it is lost. One that does executes the kernel,
-- which has it from then on.
procedure start_up(c: cpu_t; k: kernel_t);
begin
  assert "a start-up message reaches a CPU that waits for it" exec[c] = WAITS;
  exec[c] := runs(k);
  has[k][c] := true;
end;

-- What the kernel believes is forgotten with it.
procedure give_back(k: kernel_t);
begin
  assert "memory is given back that nobody executes or waits in, and that nobody needs"
    is_stopped(k) & (forall p: proc_t do table[k][p] = NONE & image[k][p] = NO_IMAGE end);
  memory[k] := false;
  for c: cpu_t do has[k][c] := false; end;
end;

procedure end_swap();
begin
  undefine kind;
  undefine was;
  stage := SERVING;
  winner := NOBODY;
  crashes := 0;
end;

procedure boot();
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
  memory[OLD] := true;
  memory[NEW] := false;
  said := NOTHING;
  end_swap();
end;

startstate "one kernel"
begin
  boot();
end;

-- The machine ---------------------------------------------------------------------------------

-- What another kernel has of it is out of date from now on.
ruleset k: kernel_t; p: proc_t do
  rule "user: work"
    acts(k) & table[k][p] = READY
  ==>
  begin
    if image[other(k)][p] = FRESH then
      image[other(k)][p] := STALE;
    end;
  end;
end;

-- While both kernels are there. Otherwise it has nothing to do with the swap.
ruleset k: kernel_t do
  rule "machine: a kernel crashes"
    crashes < FAULTS & lives(k) & !is_stopped(other(k))
  ==>
  begin
    crashes := crashes + 1;
    for c: cpu_t do
      if exec[c] = runs(k) | exec[c] = parked(k) then
        exec[c] := hangs(k);
      end;
    end;
  end;
end;

-- Also where a kernel that has not relieved is all that is left.
rule "machine: reset"
  !lives(OLD) & !(acts(NEW) & has_relieved())
==>
begin
  boot();
end;

-- The swap ------------------------------------------------------------------------------------

ruleset c: cpu_t; q: kind_t do
  rule "old: start the new kernel"
    goes_on(OLD, SERVING)
  ==>
  begin
    said := NOTHING;
    stage := STARTED;
    kind := q;
    memory[NEW] := true;
    park(OLD, c);
    send_init(c);
    start_up(c, NEW);
  end;
end;

rule "new: I am ready to relieve you"
  goes_on(NEW, STARTED) & kind != BAD
==>
begin
  say(NEW, READY_TO_RELIEVE, OFFERED);
end;

rule "new: I am not ready"
  goes_on(NEW, STARTED) & kind = BAD
==>
begin
  say(NEW, NOT_READY, BACK);
end;

rule "old: I am ready to be relieved"
  goes_on(OLD, OFFERED) & kind = GOOD
==>
begin
  say(OLD, READY_TO_BE_RELIEVED, AGREED);
end;

rule "old: shut down, the relief is not fit"
  goes_on(OLD, OFFERED) & kind != GOOD
==>
begin
  say(OLD, SHUT_DOWN, BACK);
end;

rule "new: I relieve you"
  goes_on(NEW, AGREED)
==>
begin
  say(NEW, I_RELIEVE_YOU, MOVING);
end;

ruleset p: proc_t do
  rule "old: stop a process"
    goes_on(OLD, MOVING)
    & table[OLD][p] = READY
    & (forall q: proc_t do table[OLD][q] != STOPPED end)
  ==>
  begin
    enter(OLD, p, STOPPED);
  end;

  rule "new: take a process"
    goes_on(NEW, MOVING) & table[OLD][p] = STOPPED & table[NEW][p] = NONE
  ==>
  begin
    copy(p, OLD, NEW);
    enter(NEW, p, READY);
  end;

  rule "old: drop the moved process"
    goes_on(OLD, MOVING) & table[OLD][p] = STOPPED & table[NEW][p] != NONE
  ==>
  begin
    enter(OLD, p, NONE);
    image[OLD][p] := NO_IMAGE;
  end;
end;

rule "old: I stand relieved"
  goes_on(OLD, MOVING) & (forall p: proc_t do table[OLD][p] = NONE end)
==>
begin
  say(OLD, I_STAND_RELIEVED, RELIEVED);
end;

-- The abort -----------------------------------------------------------------------------------

-- Hole: how long may a kernel change its mind? The old one until it has said that it is ready to be
-- relieved, the new one until it has said that it relieves: then the other counts on it.
rule "old: change its mind"
  MINDS = 1 & (goes_on(OLD, STARTED) | goes_on(OLD, OFFERED))
==>
begin
  say(OLD, SHUT_DOWN, BACK);
end;

rule "new: change its mind"
  MINDS = 1 & (goes_on(NEW, OFFERED) | goes_on(NEW, AGREED))
==>
begin
  say(NEW, NOT_READY, BACK);
end;

-- One kernel leaves ---------------------------------------------------------------------------

-- Hole: when may a kernel exit, or shut down? Never by itself: the other one may have crashed, and
-- then nobody would be left. It parks its CPUs, and can come back, until the other one stops it.
-- Having said that it leaves is no proof that it has stopped; INIT is.
ruleset k: kernel_t; c: cpu_t do
  rule "kernel: park a CPU"
    goes_on(k, k = OLD ? RELIEVED : BACK) & exec[c] = runs(k)
  ==>
  begin
    park(k, c);
  end;

  rule "kernel: INIT to a CPU that is not its own"
    stays(k)
    & (exec[c] = parked(other(k))
      | (is_winner(k) & (exec[c] = runs(other(k)) | exec[c] = hangs(other(k)))))
  ==>
  begin
    send_init(c);
  end;

  rule "kernel: take a CPU"
    stays(k) & exec[c] = WAITS
  ==>
  begin
    start_up(c, k);
  end;
end;

ruleset k: kernel_t do
  rule "kernel: give the other's memory back"
    stays(k)
    & memory[other(k)]
    & is_stopped(other(k))
    & (forall p: proc_t do table[other(k)][p] = NONE end)
  ==>
  begin
    give_back(other(k));
  end;

  rule "kernel: serve alone"
    stays(k)
    & !memory[other(k)]
    & (forall c: cpu_t do has[k][c] end)
    & (forall p: proc_t do table[k][p] = READY end)
  ==>
  begin
    -- The new kernel is the old one of the next swap: no fact changes here, only the names.
    if k = NEW then
      assert "only names change" forall c: cpu_t do exec[c] = RUNS_NEW end;
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
      memory[OLD] := memory[NEW];
      memory[NEW] := false;
    end;
    end_swap();
  end;
end;

-- One kernel survives -------------------------------------------------------------------------

-- Hole: a kernel that says nothing. It may be slow, and suspect the other as well. Time is up for
-- one of them first; the other may reverse that as long as it still executes somewhere, lest the
-- winner has crashed. A new kernel that has not relieved leaves the machine to its fate. Whoever
-- wins asks its CPUs first: the other may have stopped some. So the old kernel may even come back
-- after "I stand relieved", while it has a CPU.
ruleset k: kernel_t do
  rule "kernel: time is up"
    TIMEOUTS = 1 & stage != SERVING & !is_winner(k) & lives(k) & (k = NEW -> has_relieved())
  ==>
  begin
    assert "who claims the machine executes" lives(k);
    for c: cpu_t do
      if exec[c] = parked(k) then
        exec[c] := runs(k);
      end;
      has[k][c] := exec[c] = runs(k);
    end;
    winner := k = OLD ? OLD_WINS : NEW_WINS;
  end;
end;

-- Both have it if it was being moved. Then it counts that it may have run on the new kernel.
ruleset k: kernel_t; p: proc_t do
  rule "survivor: take a process"
    stays(k) & is_stopped(other(k)) & table[other(k)][p] != NONE
  ==>
  begin
    if table[k][p] != READY then
      copy(p, other(k), k);
      enter(k, p, READY);
    end;
    image[other(k)][p] := NO_IMAGE;
    table[other(k)][p] := NONE;
  end;

  rule "survivor: resume its own"
    stays(k) & is_stopped(other(k)) & table[other(k)][p] = NONE & table[k][p] = STOPPED
  ==>
  begin
    enter(k, p, READY);
  end;
end;

-- What must hold ------------------------------------------------------------------------------

function executes(k: kernel_t; p: proc_t): boolean;
begin
  return acts(k) & table[k][p] = READY;
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
    acts(k) & !is_winner(other(k)) ->
    forall c: cpu_t do has[k][c] -> exec[c] = runs(k) end
  end;

invariant "what executes, waits or lies in a kernel's memory is not overwritten"
  forall k: kernel_t do
    memory[k] | (is_stopped(k) & (forall p: proc_t do image[k][p] = NO_IMAGE end))
  end;

invariant "everything rolls back, or everything completes"
  stage = SERVING ->
  (forall c: cpu_t do exec[c] = RUNS_OLD & has[OLD][c] & !has[NEW][c] end)
  & (forall p: proc_t do
      table[OLD][p] = READY & table[NEW][p] = NONE & image[NEW][p] = NO_IMAGE
    end)
  & memory[OLD]
  & !memory[NEW]
  & isundefined(kind)
  & isundefined(was)
  & winner = NOBODY
  & crashes = 0;

invariant "processes run on a kernel that was found good by both"
  forall p: proc_t do table[NEW][p] != NONE -> kind = GOOD end;

invariant "an entry stands for an image, and an image for an entry"
  forall k: kernel_t do forall p: proc_t do
      (table[k][p] = NONE) = (image[k][p] = NO_IMAGE)
    end end;

invariant "no kernel offers itself that knows better"
  stage = OFFERED -> kind != BAD;

invariant "how far it is, is what was said"
  (stage = STARTED -> said = NOTHING)
  & (stage = OFFERED -> said = READY_TO_RELIEVE)
  & (stage = AGREED -> said = READY_TO_BE_RELIEVED)
  & (stage = MOVING -> said = I_RELIEVE_YOU)
  & (stage = RELIEVED -> said = I_STAND_RELIEVED);

invariant "who is good is not refused, unless somebody changes his mind"
  MINDS = 0 & stage = BACK -> kind = (said = NOT_READY ? BAD : SECRETLY_BAD);

invariant "the new kernel completes only what it has said that it would"
  winner = NEW_WINS -> said = I_RELIEVE_YOU | said = I_STAND_RELIEVED;

invariant "nobody goes back on its word"
  stage = BACK ->
  (said = SHUT_DOWN & (was = STARTED | was = OFFERED))
  | (said = NOT_READY & (was = STARTED | was = OFFERED | was = AGREED));

-- If it strikes the old kernel before it is relieved, it is as bad as without a swap.
invariant "no single crash leaves nobody"
  lives(OLD) | lives(NEW) | crashes = 2;

-- So every swap can still end, too.
liveness "a swap can still succeed"
  stage = RELIEVED & (forall c: cpu_t do exec[c] = RUNS_NEW end);

cover "the new kernel finds out that it is bad"
  stage = BACK & said = NOT_READY & kind = BAD;
cover "the old kernel finds out that the new one is bad"
  stage = BACK & said = SHUT_DOWN & kind = SECRETLY_BAD;
cover "the old kernel waits to be stopped"
  stage = RELIEVED & (exists c: cpu_t do exec[c] = PARKED_OLD end);
cover "the new kernel waits to be stopped"
  stage = BACK & (exists c: cpu_t do exec[c] = PARKED_NEW end);

-- These need minds that can be changed.
cover "the old kernel changes its mind before it has heard anything"
  MINDS = 0 | (stage = BACK & said = SHUT_DOWN & was = STARTED);
cover "the old kernel changes its mind when the new one is good"
  MINDS = 0 | (stage = BACK & said = SHUT_DOWN & was = OFFERED & kind = GOOD);
cover "the new kernel changes its mind when it has offered itself"
  MINDS = 0 | (stage = BACK & said = NOT_READY & was = OFFERED);
cover "the new kernel changes its mind when the old one is ready"
  MINDS = 0 | (stage = BACK & said = NOT_READY & was = AGREED);

-- These need a kernel that is given up.
cover "a kernel is stopped that was only slow"
  TIMEOUTS = 0 | (winner = OLD_WINS & crashes = 0 & lives(OLD) & is_stopped(NEW));
cover "both suspect each other"
  TIMEOUTS = 0 | (winner = NEW_WINS & acts(OLD) & acts(NEW));
cover "the old kernel comes back although it stands relieved"
  TIMEOUTS = 0 | (stage = RELIEVED & winner = OLD_WINS & is_stopped(NEW));
cover "everything rolls back with processes on both sides"
  TIMEOUTS = 0 | PROCS = 1
  | (winner = OLD_WINS
    & is_stopped(NEW)
    & (exists p: proc_t do table[OLD][p] = READY end)
    & (exists p: proc_t do table[NEW][p] = READY end));
cover "everything completes with processes on both sides"
  TIMEOUTS = 0 | PROCS = 1
  | (winner = NEW_WINS
    & is_stopped(OLD)
    & (exists p: proc_t do table[OLD][p] = READY end)
    & (exists p: proc_t do table[NEW][p] = READY end));

-- These need a crash.
cover "the new kernel crashes with a process, and the old one has a stale copy"
  FAULTS = 0
  | ((exists c: cpu_t do exec[c] = HANGS_NEW end)
    & lives(OLD)
    & (exists p: proc_t do image[OLD][p] = STALE end));
cover "the old kernel crashes during the move"
  FAULTS = 0 | (stage = MOVING & (exists c: cpu_t do exec[c] = HANGS_OLD end) & acts(NEW));
cover "the old kernel crashes when it has changed its mind"
  FAULTS = 0 | (stage = BACK & (exists c: cpu_t do exec[c] = HANGS_OLD end) & acts(NEW));
cover "both crash"
  FAULTS < 2
  | ((exists c: cpu_t do exec[c] = HANGS_OLD end) & (exists c: cpu_t do exec[c] = HANGS_NEW end));

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
