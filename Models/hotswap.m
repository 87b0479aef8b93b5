-- Kernel hot-swap: the simplest case of the 2003 proposal to change the kernel of a running
-- machine.
--
-- One CPU is halted and the relieving kernel is started on it. The two kernels speak the four
-- sentences with which one officer of the deck relieves another, the processes move, the old
-- kernel exits, and the new one takes its CPUs. hotswap/README.md says what is left out.
--
-- Belief and truth are separate variables. What a kernel believes (old, new, tries, view, table,
-- drives) is read by its own rules only; what is so is the machine's, and is changed by procedures
-- that do what the machine does, whatever their caller believes. A kernel acts only where a CPU
-- executes it, and looks at the other's side only where the comment says how it could.
--
-- Comments that begin with "Hole" settle what the proposal leaves open.
--
-- Expect: holds

const
  CPUS:  2;   -- at least 2: one for each kernel
  PROCS: 2;   -- ids for processes, at least 1
  TRIES: 2;   -- a swap is given up after so many aborts
  QUEUE: 1;   -- messages on their way in one direction

  -- Hole: nothing fails but the assessments. Here a CPU may not come down, either kernel may hang
  -- at any step while there are two, the new one may be slow until it has relieved, and a message
  -- may be lost or come twice.
  FAULTS: 0;   -- in one swap

  -- What becomes of a message. Without a fault it is heard once.
  ONCE:  0;
  LOST:  1;    -- is not heard before its sender, who counts on an answer, says it again
  TWICE: 2;    -- will come again
  HEARD: 3;    -- has been heard, and comes again

type
  cpu_t:    scalarset(CPUS);
  proc_t:   scalarset(PROCS);
  slot_t:   1 .. QUEUE;
  tries_t:  0 .. TRIES;
  fate_t:   ONCE .. (FAULTS = 0 ? ONCE : HEARD);

  -- Roles, not machines: after a swap the new kernel is the old one of the next swap.
  kernel_t: enum { OLD, NEW };

  -- What a CPU really does. A parked CPU is halted inside a kernel's text and on its stack, so it
  -- still uses that kernel's memory. Only after INIT, waiting for a start-up message (SIPI), does
  -- it use none.
  exec_t: enum { WAITS, RUNS_OLD, PARKED_OLD, RUNS_NEW, PARKED_NEW };

  -- What a kernel believes of a CPU.
  view_t: enum {
    FOREIGN,      -- no business of mine
    MINE,         -- available, I schedule on it
    UNAVAILABLE,  -- in my hands, but nothing is to be scheduled on it
    DUE           -- the other kernel's now, mine to take once that kernel has stopped on it
  };

  -- What a kernel believes of a process: its entry in the process table.
  entry_t: enum { NONE, READY, STOPPED };

  -- What lies of a process in a kernel's memory.
  image_t: enum {
    NOTHING_THERE,
    STALE,         -- it has run elsewhere since this copy was made, or ran while it was made
    WHOLE
  };

  old_t: enum {
    SERVING,           -- no swap in progress
    ASKED,             -- a swap is wanted
    HALTING,           -- a CPU is on its way out
    UNDOING,           -- it stopped half-way and comes back
    STARTED,           -- the new kernel was started; waits for its offer
    CHECKING_RELIEF,   -- second assessment
    READY_TO_GO,       -- said that it is ready to be relieved
    MOVING,            -- relieved; processes are moved
    SENDING,           -- one is stopped, to be sent
    AWAITING_MOVE,     -- it is on its way
    VERIFIED,          -- all processes have moved
    EXITING,           -- said that it stands relieved
    GONE,              -- its last CPU has stopped
    ABORTING,          -- told the new kernel to shut down, or has stopped it
    FORCING,           -- does not wait for it any more: stops it and takes back what it had
    OLD_HUNG
  };

  -- A kernel that hangs believes nothing, but its CPUs execute it, and its memory stays as it is.
  new_t: enum {
    ABSENT, BOOTING, CHECKING_SELF, AWAITING_ANSWER, RELIEVING, IN_CHARGE,
    TAKING,            -- does not wait for the old kernel any more: stops it and takes all it had
    NEW_HUNG
  };

  word_t: enum {
    NOTHING,
    -- The sentences.
    READY_TO_RELIEVE, NOT_READY, READY_TO_BE_RELIEVED, SHUT_DOWN, I_RELIEVE_YOU, I_STAND_RELIEVED,
    -- About a process.
    MOVE, MOVED, REFUSED
  };

  message_t: record
    word: word_t;
    who:  proc_t;   -- only for MOVE, MOVED and REFUSED, else undefined
    fate: fate_t;
  end;

var
  -- Belief.
  old:      old_t;
  new:      new_t;
  tries:    tries_t;                                       -- aborts of this swap so far
  view:     array [kernel_t] of array [cpu_t] of view_t;
  table:    array [kernel_t] of array [proc_t] of entry_t;
  drives:   array [kernel_t] of boolean;                   -- believes that it drives the devices

  -- Truth.
  exec:     array [cpu_t] of exec_t;
  open:     array [cpu_t] of boolean;                      -- processes may be on it
  image:    array [kernel_t] of array [proc_t] of image_t;
  irq:      enum { TO_OLD, MASKED, TO_NEW };               -- where device interrupts go
  reserved: array [kernel_t] of boolean;                   -- its memory is set aside for it
  daemon:   boolean;                                       -- runs on the new kernel, see below
  faults:   0 .. FAULTS;                                   -- so far in this swap

  -- Messages to a kernel, the first in slot 1.
  --
  -- Hole: lost or late messages. Both kernels live in one coherent memory, so the queue keeps
  -- order, a sender waits for room, and only a fault loses or repeats a message. Late means only:
  -- later than anything else that can happen. Messages are numbered, so that one that comes again
  -- is known as such; handshake.m has the numbers.
  queue:    array [kernel_t] of array [slot_t] of message_t;

  -- The user's, whom no kernel can make do anything: what was promised to him.
  alive:    array [proc_t] of boolean;                     -- was forked and has not exited
  told:     boolean;   -- all that users need, the new kernel was told when it was started

  -- History: the last of the sentences that was said in this attempt. No rule reads it.
  said:     word_t;

-- The machine ---------------------------------------------------------------------------------

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

function may_fail(): boolean;
begin
  return faults < FAULTS;
end;

procedure fail();
begin
  faults := faults + 1;
end;

function is_hung(k: kernel_t): boolean;
begin
  return k = OLD ? old = OLD_HUNG : new = NEW_HUNG;
end;

-- Is a kernel's code executed anywhere, and of use? If so it counts in common memory, which the
-- other kernel can see: its heartbeat.
function has_cpu(k: kernel_t): boolean;
begin
  return !is_hung(k) & exists c: cpu_t do exec[c] = runs(k) end;
end;

-- A rule of a kernel is taken by a CPU that executes it.
function old_acts(phase: old_t): boolean;
begin
  return old = phase & has_cpu(OLD);
end;

function new_acts(phase: new_t): boolean;
begin
  return new = phase & has_cpu(NEW);
end;

-- Do a kernel's processes run?
function serves(k: kernel_t): boolean;
begin
  return !is_hung(k) & exists c: cpu_t do exec[c] = runs(k) & open[c] end;
end;

-- A kernel that no CPU executes, or can come back to, is no more.
procedure forget_stopped();
begin
  if forall c: cpu_t do exec[c] != RUNS_NEW end then
    new := ABSENT;
    for c: cpu_t do view[NEW][c] := FOREIGN; end;
    daemon := false;
    told := false;
  end;
  if forall c: cpu_t do exec[c] != RUNS_OLD & exec[c] != PARKED_OLD end then
    old := GONE;
    for c: cpu_t do view[OLD][c] := FOREIGN; end;
  end;
end;

-- Whatever the CPU does, it stops, and waits for a start-up message.
procedure init(c: cpu_t);
begin
  assert "INIT interrupts a kernel only when it is given up"
    (exec[c] = RUNS_OLD -> new = TAKING) & (exec[c] = RUNS_NEW -> old = FORCING);
  exec[c] := WAITS;
  open[c] := false;
  forget_stopped();
end;

procedure start_up(c: cpu_t; k: kernel_t);
begin
  assert "a start-up message goes to a CPU that waits for it" exec[c] = WAITS;
  exec[c] := runs(k);
  if k = NEW & new = ABSENT then
    new := BOOTING;
  end;
end;

-- The kernel that executes on the CPU halts it.
procedure park(c: cpu_t; k: kernel_t);
begin
  assert "a CPU is halted by the kernel that it executes" exec[c] = runs(k);
  assert "processes have left a CPU that is halted"
    open[c] -> forall p: proc_t do table[k][p] != READY end;
  exec[c] := parked(k);
  open[c] := false;
  forget_stopped();
end;

-- A parked CPU looks at common memory now and then, and can go on where it is.
procedure unpark(c: cpu_t; k: kernel_t);
begin
  assert "a CPU goes on in the kernel that it is parked in" exec[c] = parked(k);
  exec[c] := runs(k);
end;

-- What a process does while it runs is in no other copy of it.
procedure run(k: kernel_t; p: proc_t);
begin
  if image[other(k)][p] = WHOLE then
    image[other(k)][p] := STALE;
  end;
end;

-- Of a process that a CPU may be executing, a copy is torn.
procedure copy(from_: kernel_t; to_: kernel_t; p: proc_t);
begin
  if table[from_][p] = READY & exists c: cpu_t do exec[c] = runs(from_) end then
    image[to_][p] := STALE;
  else
    image[to_][p] := image[from_][p];
  end;
end;

-- A device's interrupts wait where they are masked.
procedure take_devices(k: kernel_t);
begin
  drives[k] := true;
  irq := k = OLD ? TO_OLD : TO_NEW;
end;

procedure let_devices_go();
begin
  irq := MASKED;
  drives[OLD] := false;
end;

-- Messages ------------------------------------------------------------------------------------

function waiting(k: kernel_t): 0 .. QUEUE;
  var count: 0 .. QUEUE;
begin
  count := 0;
  for i: slot_t do
    if queue[k][i].word != NOTHING then
      count := count + 1;
    end;
  end;
  return count;
end;

-- Is what a kernel will hear next still as it was said?
function is_under_way(k: kernel_t): boolean;
begin
  return queue[k][1].word != NOTHING & queue[k][1].fate = ONCE;
end;

function has_room(to_: kernel_t): boolean;
begin
  return waiting(to_) < QUEUE;
end;

function hears(k: kernel_t; w: word_t): boolean;
begin
  return queue[k][1].word = w & (queue[k][1].fate = ONCE | queue[k][1].fate = TWICE);
end;

function hears_about(k: kernel_t; w: word_t; p: proc_t): boolean;
begin
  return hears(k, w) & queue[k][1].who = p;
end;

-- Has the new kernel said that it has this process, and the old one not heard it? The queue can be
-- looked at when a kernel has been stopped, too.
function has_moved(p: proc_t): boolean;
begin
  return exists i: slot_t do
    queue[OLD][i].word = MOVED & queue[OLD][i].who = p & queue[OLD][i].fate != HEARD
  end;
end;

procedure send_about(to_: kernel_t; w: word_t; p: proc_t);
  var slot: slot_t;
begin
  assert "who speaks is executed" has_cpu(other(to_));
  slot := waiting(to_) + 1;
  queue[to_][slot].word := w;
  queue[to_][slot].who := p;
end;

procedure say(to_: kernel_t; w: word_t);
begin
  assert "who speaks is executed" has_cpu(other(to_));
  assert "the sentences are said in their order"
    (w = READY_TO_RELIEVE -> said = NOTHING)
    & (w = NOT_READY -> said = NOTHING | said = READY_TO_BE_RELIEVED)
    & (w = READY_TO_BE_RELIEVED -> said = READY_TO_RELIEVE)
    & (w = SHUT_DOWN -> said = NOT_READY | said = READY_TO_RELIEVE)
    & (w = I_RELIEVE_YOU -> said = READY_TO_BE_RELIEVED)
    & (w = I_STAND_RELIEVED -> said = I_RELIEVE_YOU);
  queue[to_][waiting(to_) + 1].word := w;
  said := w;
end;

procedure empty_slot(k: kernel_t; i: slot_t);
begin
  queue[k][i].word := NOTHING;
  undefine queue[k][i].who;
  queue[k][i].fate := ONCE;
end;

procedure remove(k: kernel_t);
begin
  assert "who listens is executed, and there is something to hear"
    has_cpu(k) & queue[k][1].word != NOTHING;
  for i: slot_t do
    if i < QUEUE then
      queue[k][i] := queue[k][i + 1];
    else
      empty_slot(k, i);
    end;
  end;
end;

-- Takes the first message out, once it has come for the last time.
procedure take(k: kernel_t);
begin
  if queue[k][1].fate = TWICE then
    queue[k][1].fate := HEARD;
  else
    remove(k);
  end;
end;

procedure forget_messages();
begin
  for k: kernel_t do
    for i: slot_t do empty_slot(k, i); end;
  end;
end;

-- A kernel's memory is free for anything else, and what was said to it or by it is forgotten.
procedure give_back(k: kernel_t);
begin
  reserved[k] := false;
  forget_messages();
end;

-- The user's processes ------------------------------------------------------------------------

procedure start_afresh(first: proc_t);
begin
  old := SERVING;
  tries := 0;
  for k: kernel_t do
    for p: proc_t do
      table[k][p] := k = OLD & p = first ? READY : NONE;
      image[k][p] := k = OLD & p = first ? WHOLE : NOTHING_THERE;
    end;
    reserved[k] := k = OLD;
    drives[k] := false;
  end;
  for c: cpu_t do
    exec[c] := RUNS_OLD;
    open[c] := true;
    view[OLD][c] := MINE;
  end;
  forget_stopped();
  take_devices(OLD);
  for p: proc_t do alive[p] := p = first; end;
  faults := 0;
  forget_messages();
  said := NOTHING;
end;

ruleset first: proc_t do
  startstate "one kernel, one process"
  begin
    start_afresh(first);
  end;
end;

-- Hole: a process that forks or exits during the move. Both stay allowed at all times on either
-- kernel, except for a process that is stopped for its move. A child is born where its parent is,
-- so a child born on the old kernel has to be moved as well.
--
-- Ids come from one space, as with BProc: an id is free when neither kernel has an entry for it.
-- The call that hands it out is atomic.
--
-- A signal to a stopped process waits at its id until the process runs again, on whichever kernel.
-- That changes nothing here, so signals are not modelled; one that kills is an exit.
ruleset k: kernel_t; child: proc_t do
  rule "user: fork"
    serves(k)
    & (exists p: proc_t do table[k][p] = READY end)
    & (forall j: kernel_t do table[j][child] = NONE end)
  ==>
  begin
    table[k][child] := READY;
    image[k][child] := WHOLE;
    alive[child] := true;
  end;
end;

ruleset k: kernel_t; p: proc_t do
  rule "user: exit"
    serves(k) & table[k][p] = READY
  ==>
  begin
    table[k][p] := NONE;
    image[k][p] := NOTHING_THERE;
    alive[p] := false;
  end;
end;

-- A file system is mounted, say, and served by another daemon. When that was makes no difference as
-- long as nobody looks. The old kernel refuses it from the end of its assessment on, until the swap
-- has ended. What users need no more does no harm.
rule "user: need what the new kernel was not told of"
  old_acts(CHECKING_RELIEF)
==>
begin
  told := false;
end;

rule "user: ask for a swap"
  old_acts(SERVING)
==>
begin
  old := ASKED;
  tries := 0;
  faults := 0;
end;

rule "user: call the swap off"
  old_acts(ASKED)
==>
begin
  old := SERVING;
end;

-- Step 1: a CPU is declared unavailable and halted --------------------------------------------

procedure attempt_failed();
begin
  tries := tries + 1;
  old := tries = TRIES ? SERVING : ASKED;   -- give up, or try again
end;

ruleset c: cpu_t do
  rule "old: declare a CPU unavailable"
    old_acts(ASKED)
    & view[OLD][c] = MINE
    & (exists d: cpu_t do d != c & view[OLD][d] = MINE end)
  ==>
  begin
    view[OLD][c] := UNAVAILABLE;
    old := HALTING;
  end;

  -- They go to other CPUs.
  rule "old: have the processes leave the CPU"
    has_cpu(OLD) & view[OLD][c] = UNAVAILABLE
  ==>
  begin
    open[c] := false;
  end;

  rule "old: halt the CPU"
    old_acts(HALTING) & view[OLD][c] = UNAVAILABLE & exec[c] = RUNS_OLD & !open[c]
  ==>
  begin
    park(c, OLD);
  end;

  -- Hotplug goes down in steps. One that fails leaves the CPU unavailable, but executing.
  rule "machine: a CPU is halted half-way"
    may_fail() & old = HALTING & view[OLD][c] = UNAVAILABLE & exec[c] = RUNS_OLD
  ==>
  begin
    fail();
    old := UNDOING;
  end;

  -- Hole: the way back can fail as well, and Linux leaves a CPU where it is then. Here it is tried
  -- until it succeeds, which is one step that has not been taken yet.
  rule "old: bring the CPU back"
    old_acts(UNDOING) & view[OLD][c] = UNAVAILABLE
  ==>
  begin
    view[OLD][c] := MINE;
    open[c] := true;
    attempt_failed();
  end;

  -- Offline is not gone: a halted CPU has to leave the old kernel's text before another can have
  -- it.
  rule "old: INIT to the halted CPU"
    old_acts(HALTING) & view[OLD][c] = UNAVAILABLE & exec[c] = PARKED_OLD
  ==>
  begin
    init(c);
  end;

  -- Step 2: Kexec starts the new kernel. The facts about the hardware, and what users need, lie in
  -- its memory already.
  rule "old: boot the relieving kernel"
    old_acts(HALTING) & view[OLD][c] = UNAVAILABLE & exec[c] = WAITS
  ==>
  begin
    reserved[NEW] := true;
    told := true;
    view[OLD][c] := DUE;   -- due back, should the swap be aborted
    start_up(c, NEW);
    old := STARTED;
  end;

  -- A kernel knows on which CPU it runs.
  rule "new: come up in relieving mode"
    new = BOOTING & exec[c] = RUNS_NEW
  ==>
  begin
    view[NEW][c] := MINE;
    open[c] := true;
    new := CHECKING_SELF;
  end;
end;

-- Faults --------------------------------------------------------------------------------------

-- While there are two kernels. Otherwise it has nothing to do with the swap.
rule "machine: the new kernel hangs"
  may_fail()
  & has_cpu(NEW)
  & (exists c: cpu_t do exec[c] = RUNS_OLD | exec[c] = PARKED_OLD end)
==>
begin
  fail();
  new := NEW_HUNG;
end;

rule "machine: the old kernel hangs"
  may_fail() & has_cpu(OLD) & new != ABSENT
==>
begin
  fail();
  old := OLD_HUNG;
end;

-- Before it is relieved that is as bad as without a swap, and so it is when both hang.
ruleset first: proc_t do
  rule "machine: reset"
    old = OLD_HUNG & new != RELIEVING & new != IN_CHARGE & new != TAKING
  ==>
  begin
    assert "no process runs on a machine that is reset"
      forall k: kernel_t do
        serves(k) -> forall p: proc_t do table[k][p] != READY end
      end;
    start_afresh(first);
  end;
end;

ruleset k: kernel_t do
  rule "machine: a message is lost"
    may_fail() & is_under_way(k)
  ==>
  begin
    fail();
    queue[k][1].fate := LOST;
  end;

  rule "sender: say again what was not answered"
    queue[k][1].fate = LOST & has_cpu(other(k))
  ==>
  begin
    queue[k][1].fate := ONCE;
  end;

  -- Time was up too early, say.
  rule "machine: a message is said twice"
    may_fail() & is_under_way(k)
  ==>
  begin
    fail();
    queue[k][1].fate := TWICE;
  end;

  rule "receiver: ignore what it has heard before"
    queue[k][1].fate = HEARD & has_cpu(k)
  ==>
  begin
    remove(k);
  end;
end;

-- Step 3: the relief --------------------------------------------------------------------------

-- Without it no process of a user could be served here.
rule "new: start the daemon that users need"
  new_acts(CHECKING_SELF)
==>
begin
  daemon := true;
end;

-- Hole: what is assessed. First the new kernel looks whether it has what it was told that users
-- need, ...
rule "new: I am ready to relieve you"
  new_acts(CHECKING_SELF) & daemon & has_room(OLD)
==>
begin
  say(OLD, READY_TO_RELIEVE);
  new := AWAITING_ANSWER;
end;

-- For want of the daemon, or of anything else.
rule "new: I am not ready"
  new_acts(CHECKING_SELF) & has_room(OLD)
==>
begin
  say(OLD, NOT_READY);
  new := AWAITING_ANSWER;
end;

rule "old: hear the offer"
  old_acts(STARTED) & hears(OLD, READY_TO_RELIEVE)
==>
begin
  take(OLD);
  old := CHECKING_RELIEF;
end;

-- ... and then the old one whether what it had told is what they need by now.
rule "old: I am ready to be relieved"
  old_acts(CHECKING_RELIEF) & told & has_room(NEW)
==>
begin
  say(NEW, READY_TO_BE_RELIEVED);
  old := READY_TO_GO;
end;

-- Until it has said that it relieves, the new kernel may change its mind.
rule "new: I am not ready after all"
  new_acts(AWAITING_ANSWER) & hears(NEW, READY_TO_BE_RELIEVED) & has_room(OLD)
==>
begin
  take(NEW);
  say(OLD, NOT_READY);
end;

-- Hole: no abort is defined from here on. There is none while both kernels work: once this is said,
-- the new kernel counts on every CPU, and a move that fails is tried again instead. If the new
-- kernel hangs, everything rolls back all the same; if the old one does, everything completes.
rule "new: I relieve you"
  new_acts(AWAITING_ANSWER) & hears(NEW, READY_TO_BE_RELIEVED) & has_room(OLD)
==>
begin
  take(NEW);
  say(OLD, I_RELIEVE_YOU);
  for c: cpu_t do
    if view[NEW][c] = FOREIGN then
      view[NEW][c] := DUE;
    end;
  end;
  new := RELIEVING;
end;

rule "old: hear that it is relieved"
  old_acts(READY_TO_GO) & hears(OLD, I_RELIEVE_YOU)
==>
begin
  take(OLD);
  for c: cpu_t do
    if view[OLD][c] = DUE then
      view[OLD][c] := FOREIGN;   -- lent no longer, given
    end;
  end;
  tries := 0;   -- counts for nothing now
  old := MOVING;
end;

-- The abort, after either assessment ----------------------------------------------------------

procedure abort();
begin
  say(NEW, SHUT_DOWN);
  old := ABORTING;
end;

rule "old: abort, the relief is not ready"
  (old_acts(STARTED) | old_acts(READY_TO_GO)) & hears(OLD, NOT_READY) & has_room(NEW)
==>
begin
  take(OLD);
  abort();
end;

-- Also for a reason of its own: it may change its mind until it has said that it is ready.
rule "old: abort, the relief is not fit"
  old_acts(CHECKING_RELIEF) & has_room(NEW)
==>
begin
  abort();
end;

ruleset c: cpu_t do
  rule "new: shut down"
    new_acts(AWAITING_ANSWER) & hears(NEW, SHUT_DOWN) & view[NEW][c] = MINE
  ==>
  begin
    park(c, NEW);
  end;

  -- The old kernel sees that the CPU is parked: that is the last thing the CPU wrote to common
  -- memory. After INIT nothing executes the new kernel, so its memory is free again, and not
  -- sooner.
  rule "old: INIT to the lent CPU"
    old_acts(ABORTING) & view[OLD][c] = DUE & exec[c] = PARKED_NEW
  ==>
  begin
    init(c);
    view[OLD][c] := UNAVAILABLE;
    give_back(NEW);
    said := NOTHING;
  end;

  rule "old: take the CPU back"
    old_acts(ABORTING) & view[OLD][c] = UNAVAILABLE & exec[c] = WAITS
  ==>
  begin
    start_up(c, OLD);
    view[OLD][c] := MINE;
    open[c] := true;
    if forall d: cpu_t do view[OLD][d] = MINE end then
      attempt_failed();
    end;
  end;
end;

-- The new kernel hangs, or seems to: everything rolls back ------------------------------------

procedure give_up_new();
begin
  old := FORCING;
  for c: cpu_t do
    if view[OLD][c] = FOREIGN then
      view[OLD][c] := DUE;
    end;
  end;
end;

-- The old kernel has given the new one up, and nothing executes that any more.
function has_stopped_new(): boolean;
begin
  return old_acts(FORCING) & forall c: cpu_t do view[OLD][c] != DUE end;
end;

-- Hole: how long to wait. Until it has heard "I relieve you" the old kernel has given nothing away,
-- so that any time will do. That time is up for a kernel that is only slow counts as a fault. From
-- then on a kernel is given up only when its heartbeat has stood still for long, and one that has
-- is taken not to come back; abort.m has two that suspect each other.
rule "old: time is up"
  has_cpu(OLD) & new != ABSENT & !has_cpu(NEW)
==>
begin
  give_up_new();
end;

rule "old: time is up, though the new kernel is only slow"
  may_fail()
  & has_cpu(OLD)
  & has_cpu(NEW)
  & (old = STARTED | old = READY_TO_GO | old = ABORTING)
==>
begin
  fail();
  give_up_new();
end;

ruleset c: cpu_t do
  -- It has exited, as the proposal says. But its CPUs are parked in its memory until the new kernel
  -- sends them INIT, and watch its heartbeat.
  rule "old: come back"
    old = GONE & exec[c] = PARKED_OLD & !has_cpu(NEW)
  ==>
  begin
    unpark(c, OLD);
    view[OLD][c] := MINE;
    open[c] := true;
  end;

  -- Also to one that only is slow. To each that is not the old kernel's own, parked ones as well.
  rule "old: INIT to a CPU that does not answer"
    old_acts(FORCING) & view[OLD][c] = DUE
  ==>
  begin
    init(c);
    view[OLD][c] := UNAVAILABLE;
  end;
end;

-- A process that had come is taken from the new kernel's memory, one that was on its way goes on
-- here.
ruleset p: proc_t do
  rule "old: take a process back"
    has_stopped_new() & table[NEW][p] != NONE
  ==>
  begin
    copy(NEW, OLD, p);
    table[OLD][p] := READY;
    run(OLD, p);
    table[NEW][p] := NONE;
    image[NEW][p] := NOTHING_THERE;
  end;

  rule "old: resume a process that had not come"
    has_stopped_new() & table[OLD][p] = STOPPED & table[NEW][p] = NONE & !has_moved(p)
  ==>
  begin
    table[OLD][p] := READY;
    run(OLD, p);
    image[NEW][p] := NOTHING_THERE;
  end;

  -- Hole: it came, ran, and has exited, and the old kernel has not heard of it. Its last copy must
  -- not run again.
  rule "old: drop a process that had come and has exited"
    has_stopped_new() & table[OLD][p] = STOPPED & table[NEW][p] = NONE & has_moved(p)
  ==>
  begin
    table[OLD][p] := NONE;
    image[OLD][p] := NOTHING_THERE;
  end;
end;

rule "old: take the devices back"
  has_stopped_new()
==>
begin
  drives[NEW] := false;
  take_devices(OLD);
end;

-- What was said is forgotten with the kernel that said it.
rule "old: everything is back"
  has_stopped_new()
  & drives[OLD]
  & (forall p: proc_t do table[NEW][p] = NONE & table[OLD][p] != STOPPED end)
==>
begin
  give_back(NEW);
  said := NOTHING;
  old := ABORTING;
end;

-- The processes move, one at a time -----------------------------------------------------------

ruleset p: proc_t do
  rule "old: stop a process"
    old_acts(MOVING) & table[OLD][p] = READY
  ==>
  begin
    table[OLD][p] := STOPPED;
    old := SENDING;
  end;

  rule "old: send the stopped process"
    old_acts(SENDING) & table[OLD][p] = STOPPED & has_room(NEW)
  ==>
  begin
    copy(OLD, NEW, p);
    send_about(NEW, MOVE, p);
    old := AWAITING_MOVE;
  end;

  -- It runs at once. It may even exit before the old kernel has dropped its copy, which is why its
  -- id stays taken until then.
  rule "new: take a process"
    new_acts(RELIEVING) & hears_about(NEW, MOVE, p) & has_room(OLD)
  ==>
  begin
    take(NEW);
    table[NEW][p] := READY;
    run(NEW, p);
    send_about(OLD, MOVED, p);
  end;

  -- Out of memory, say.
  rule "new: refuse a process"
    new_acts(RELIEVING) & hears_about(NEW, MOVE, p) & has_room(OLD)
  ==>
  begin
    take(NEW);
    image[NEW][p] := NOTHING_THERE;
    send_about(OLD, REFUSED, p);
  end;

  rule "old: drop the moved process"
    old_acts(AWAITING_MOVE) & hears_about(OLD, MOVED, p)
  ==>
  begin
    take(OLD);
    table[OLD][p] := NONE;
    image[OLD][p] := NOTHING_THERE;
    old := MOVING;
  end;

  -- And it is tried again.
  rule "old: resume the refused process"
    old_acts(AWAITING_MOVE) & hears_about(OLD, REFUSED, p)
  ==>
  begin
    take(OLD);
    table[OLD][p] := READY;
    run(OLD, p);
    old := MOVING;
  end;
end;

-- Hole: who verifies that all were transferred? The old kernel does, by its own table: an entry
-- leaves it only when the process exits or the new kernel has said MOVED. Once the table is empty
-- it stays empty, because only a process can fork.
--
-- Hole: who owns the devices meanwhile? The old kernel, up to here; processes that have moved
-- reach them through it. Now it lets go, and interrupts stay masked, but pending, until the new
-- kernel takes over.
rule "old: verify that all were transferred"
  old_acts(MOVING) & (forall p: proc_t do table[OLD][p] = NONE end)
==>
begin
  let_devices_go();
  old := VERIFIED;
end;

rule "old: I stand relieved"
  old_acts(VERIFIED) & has_room(NEW)
==>
begin
  say(NEW, I_STAND_RELIEVED);
  old := EXITING;
end;

-- Hole: nobody answers that in words. The new kernel takes the devices, and sends INIT to CPUs that
-- are parked, which is answer enough.
rule "new: hear that the old kernel stands relieved"
  new_acts(RELIEVING) & hears(NEW, I_STAND_RELIEVED)
==>
begin
  take(NEW);
  take_devices(NEW);
  new := IN_CHARGE;
end;

-- Step 4: the old kernel exits, the new one assimilates its CPUs ------------------------------

ruleset c: cpu_t do
  rule "old: exit from a CPU"
    old_acts(EXITING) & view[OLD][c] = MINE
  ==>
  begin
    view[OLD][c] := FOREIGN;
    park(c, OLD);
    if forall d: cpu_t do view[OLD][d] != MINE end then
      old := GONE;
    end;
  end;

  -- Hole: having said "I stand relieved" is no proof that the old kernel has stopped. The CPU
  -- itself is: parked, which it writes as its last act, and then held in wait-for-SIPI by INIT.
  rule "new: INIT to a parked CPU"
    new_acts(IN_CHARGE)
    & view[NEW][c] = DUE
    & exec[c] = PARKED_OLD
    & (forall d: cpu_t do view[NEW][d] != UNAVAILABLE end)   -- one at a time
  ==>
  begin
    init(c);
    view[NEW][c] := UNAVAILABLE;
  end;

  rule "new: assimilate a CPU"
    new_acts(IN_CHARGE) & view[NEW][c] = UNAVAILABLE & exec[c] = WAITS
  ==>
  begin
    start_up(c, NEW);
    view[NEW][c] := MINE;
    open[c] := true;
  end;
end;

-- The old kernel's text, stacks and page tables are of use to it as long as a CPU executes them or
-- waits in them.
rule "new: give the old kernel's memory back"
  new_acts(IN_CHARGE)
  & (forall c: cpu_t do view[NEW][c] != DUE end)
==>
begin
  give_back(OLD);
end;

-- The old kernel hangs: everything completes -------------------------------------------------

-- The new kernel has given the old one up, and nothing executes that any more.
function has_stopped_old(): boolean;
begin
  return new_acts(TAKING) & forall c: cpu_t do view[NEW][c] != DUE end;
end;

-- After "I relieve you". Also when the old kernel has exited, and with it whoever would say "I
-- stand relieved" again.
rule "new: time is up"
  has_cpu(NEW)
  & !has_cpu(OLD)
  & ((new = RELIEVING & !hears(NEW, I_STAND_RELIEVED))
    | (new = IN_CHARGE & (exists c: cpu_t do exec[c] = RUNS_OLD end)))
==>
begin
  new := TAKING;
end;

ruleset c: cpu_t do
  rule "new: INIT to a CPU that does not answer"
    new_acts(TAKING) & view[NEW][c] = DUE
  ==>
  begin
    init(c);
    view[NEW][c] := UNAVAILABLE;
  end;
end;

ruleset p: proc_t do
  rule "new: take a process that had not come"
    has_stopped_old() & table[OLD][p] != NONE & table[NEW][p] = NONE & !has_moved(p)
  ==>
  begin
    copy(OLD, NEW, p);
    table[NEW][p] := READY;
    run(NEW, p);
    table[OLD][p] := NONE;
    image[OLD][p] := NOTHING_THERE;
  end;

  rule "new: drop the old copy of a process that had come"
    has_stopped_old() & table[OLD][p] != NONE & (table[NEW][p] != NONE | has_moved(p))
  ==>
  begin
    table[OLD][p] := NONE;
    image[OLD][p] := NOTHING_THERE;
  end;
end;

rule "new: everything is taken"
  has_stopped_old() & (forall p: proc_t do table[OLD][p] = NONE end)
==>
begin
  drives[OLD] := false;
  take_devices(NEW);
  new := IN_CHARGE;
end;

-- The next swap -------------------------------------------------------------------------------

function is_complete(): boolean;
begin
  return old = GONE
  & new = IN_CHARGE
  & !reserved[OLD]
  & forall c: cpu_t do view[NEW][c] = MINE end;
end;

-- No fact changes here, only the names: who was new is old for the next swap. Everything else a
-- kernel believes of itself goes with it.
rule "machine: the new kernel is the old one of the next swap"
  is_complete()
==>
begin
  assert "only names change"
    (forall c: cpu_t do exec[c] = RUNS_NEW & open[c] end)
    & (forall p: proc_t do
        table[OLD][p] = NONE
        & image[OLD][p] = NOTHING_THERE
        & (table[NEW][p] = READY) = alive[p]
      end)
    & irq = TO_NEW & drives[NEW]
    & reserved[NEW] & !reserved[OLD]
    & (forall k: kernel_t do
        forall i: slot_t do queue[k][i].word = NOTHING & queue[k][i].fate = ONCE end
      end);
  for c: cpu_t do exec[c] := RUNS_OLD; end;
  view[OLD] := view[NEW];
  table[OLD] := table[NEW];
  image[OLD] := image[NEW];
  reserved[OLD] := reserved[NEW];
  drives[OLD] := drives[NEW];
  irq := TO_OLD;
  for c: cpu_t do view[NEW][c] := FOREIGN; end;
  for p: proc_t do
    table[NEW][p] := NONE;
    image[NEW][p] := NOTHING_THERE;
  end;
  reserved[NEW] := false;
  drives[NEW] := false;
  daemon := false;   -- it is one of many processes now
  told := false;
  said := NOTHING;
  new := ABSENT;
  old := SERVING;
end;

-- What must hold ------------------------------------------------------------------------------

-- Lost: alive, but no kernel whose memory is there has both an entry and an image for it. A process
-- that has exited must not run again either.
invariant "no process is lost or runs twice"
  forall p: proc_t do
    !(table[OLD][p] = READY & table[NEW][p] = READY)
    & (alive[p] ->
      exists k: kernel_t do
        reserved[k] & table[k][p] != NONE & image[k][p] != NOTHING_THERE
      end)
    & (forall k: kernel_t do table[k][p] = READY -> alive[p] end)
  end;

-- Whatever it has done, it has done.
invariant "no process is set back in time"
  forall p: proc_t do
    forall k: kernel_t do table[k][p] = READY -> image[k][p] = WHOLE end
  end;

-- Where a kernel works. Only a CPU that is on its way out may have some left.
invariant "processes are on CPUs that are available to their kernel"
  (forall c: cpu_t do
      open[c] ->
      (exists k: kernel_t do
          exec[c] = runs(k)
          & (view[k][c] = MINE | is_hung(k) | (k = OLD & (old = HALTING | old = UNDOING)))
        end)
    end)
  & (forall k: kernel_t do
      has_cpu(k) & (exists p: proc_t do table[k][p] = READY end) -> serves(k)
    end);

-- Nobody for good: no kernel has the CPU or is bound to take it. A CPU is due only while a swap is
-- in progress, and to the old kernel only until it stands relieved. What a kernel that hangs
-- believes of its CPUs is of no interest.
invariant "no CPU is owned twice, or by nobody for good"
  forall c: cpu_t do
    !(view[OLD][c] = MINE & view[NEW][c] = MINE)
    & (view[OLD][c] = DUE -> old != EXITING & old != GONE)
    & (forall k: kernel_t do view[k][c] = MINE & !is_hung(k) -> exec[c] = runs(k) end)
    & (exists k: kernel_t do
        reserved[k]
        & (view[k][c] = MINE | view[k][c] = UNAVAILABLE | (view[k][c] = DUE & old != SERVING))
      end)
  end;

-- Also after a swap.
invariant "a clean abort rolls back everything"
  (old = ASKED | old = SERVING) ->
  (new = ABSENT
    & !reserved[NEW] & !daemon & !told
    & irq = TO_OLD & drives[OLD] & !drives[NEW]
    & (forall c: cpu_t do
        exec[c] = RUNS_OLD & open[c] & view[OLD][c] = MINE & view[NEW][c] = FOREIGN
      end)
    & (forall p: proc_t do
        table[OLD][p] != STOPPED & table[NEW][p] = NONE & image[NEW][p] = NOTHING_THERE
      end)
    & (forall k: kernel_t do
        forall i: slot_t do queue[k][i].word = NOTHING & queue[k][i].fate = ONCE end
      end));

-- Users have all CPUs but the one that is lent, until nobody is left on the old kernel.
invariant "one CPU at most is away until the old kernel stands relieved"
  old = EXITING | old = GONE | old = ABORTING | old = FORCING | old = OLD_HUNG
  | (forall c: cpu_t do
      forall d: cpu_t do
        c = d | (exec[c] = RUNS_OLD & open[c]) | (exec[d] = RUNS_OLD & open[d])
      end
    end);

invariant "one process at most is stopped"
  forall p: proc_t do
    forall q: proc_t do
      p = q | !(table[OLD][p] = STOPPED & table[OLD][q] = STOPPED)
    end
  end;

invariant "the new kernel has no processes before it relieves"
  (exists p: proc_t do table[NEW][p] != NONE end) ->
  said = I_RELIEVE_YOU | said = I_STAND_RELIEVED;

-- From "I relieve you" on, nobody who works is given up.
invariant "no kernel that works and has processes is given up"
  (old = FORCING & has_cpu(NEW) -> forall p: proc_t do table[NEW][p] = NONE end)
  & (new = TAKING -> !has_cpu(OLD));

invariant "who relieves has what users need"
  new = RELIEVING | new = IN_CHARGE | new = TAKING -> daemon & told;

-- The three that follow are about the holes, not from the proposal.

invariant "devices are driven by one kernel, and interrupts reach no other"
  !(drives[OLD] & drives[NEW])
  & (irq = TO_OLD -> drives[OLD])
  & (irq = TO_NEW -> drives[NEW]);

invariant "the old kernel drives the devices until all have moved"
  old = VERIFIED | old = EXITING | old = GONE | old = FORCING | old = OLD_HUNG
  | (drives[OLD] & irq = TO_OLD);

invariant "no CPU executes from memory that was given back"
  forall c: cpu_t do
    forall k: kernel_t do exec[c] = runs(k) | exec[c] = parked(k) -> reserved[k] end
  end;

liveness "every swap can still end"
  old = SERVING;

-- Not only by an abort.
liveness "a swap can still succeed"
  is_complete();

cover "a first attempt"                          old = HALTING & tries = 0;
cover "processes are on a CPU that is unavailable"
  old = HALTING & (exists c: cpu_t do view[OLD][c] = UNAVAILABLE & open[c] end);
cover "a CPU is halted"
  old = HALTING & (exists c: cpu_t do exec[c] = PARKED_OLD end);
cover "the new kernel boots"                     new = BOOTING;
cover "the new kernel assesses itself"           new = CHECKING_SELF;
cover "I am ready to relieve you"                hears(OLD, READY_TO_RELIEVE);
cover "the first assessment fails"
  old = STARTED & hears(OLD, NOT_READY);
cover "the new kernel changes its mind"          old = READY_TO_GO & hears(OLD, NOT_READY);
cover "the old kernel assesses the new"          old = CHECKING_RELIEF;
cover "users need what the new kernel was not told of"
  old = CHECKING_RELIEF & !told;
cover "I am ready to be relieved"                hears(NEW, READY_TO_BE_RELIEVED);
cover "the new kernel is told to shut down"      hears(NEW, SHUT_DOWN);
cover "an abort, and a retry"                    old = ASKED & tries > 0;
cover "called off after an abort"                old = SERVING & tries > 0 & tries < TRIES;
cover "given up"                                 old = SERVING & tries = TRIES;
cover "relieved after an abort"                  old = READY_TO_GO & tries > 0;
cover "I relieve you"                            hears(OLD, I_RELIEVE_YOU);
cover "a process has gone on since it was copied"
  exists p: proc_t do image[OLD][p] = STALE end;
cover "a process is refused"                     hears(OLD, REFUSED);
cover "all are verified to be transferred"       old = VERIFIED;
cover "I stand relieved"                         hears(NEW, I_STAND_RELIEVED);
cover "the old kernel has exited"                old = GONE & !is_complete();
cover "the swap is complete"                     is_complete();
-- These need a second process; with one there is nothing to see.
cover "processes on both kernels"
  PROCS = 1
  | ((exists p: proc_t do table[OLD][p] = READY end)
    & (exists p: proc_t do table[NEW][p] = READY end));
cover "a process exits before its old copy is dropped"
  PROCS = 1
  | exists p: proc_t do hears_about(OLD, MOVED, p) & !alive[p] end;

-- And these a fault, or two.
cover "a CPU is halted half-way"
  FAULTS = 0 | old = UNDOING;
cover "the new kernel hangs"
  FAULTS = 0 | new = NEW_HUNG;
cover "it hangs when it was told to shut down"
  FAULTS = 0 | (new = NEW_HUNG & old = ABORTING);
cover "time is up after it has said that it relieves"
  FAULTS = 0 | (old = FORCING & hears(OLD, I_RELIEVE_YOU));
cover "relieved in spite of a fault"
  FAULTS = 0 | (old = MOVING & faults > 0);
cover "the new kernel hangs with a process, and the old one has its copy"
  FAULTS = 0
  | (new = NEW_HUNG & (exists p: proc_t do table[OLD][p] = STOPPED & table[NEW][p] = READY end));
cover "the old kernel has exited and comes back"
  FAULTS = 0 | (old = FORCING & drives[NEW]);
cover "an abort after the relief"
  FAULTS = 0 | (has_stopped_new() & (exists p: proc_t do table[NEW][p] = READY end));
cover "the old kernel hangs before it has said that it stands relieved"
  FAULTS = 0 | (new = TAKING & drives[OLD] & (exists p: proc_t do table[OLD][p] = READY end));
cover "the old kernel hangs as it exits"
  FAULTS = 0 | (new = TAKING & drives[NEW]);
cover "the last sentence is lost, and nobody is left to say it again"
  FAULTS = 0 | (old = GONE & queue[NEW][1].fate = LOST);
cover "a process comes twice"
  FAULTS = 0 | (queue[NEW][1].word = MOVE & queue[NEW][1].fate = HEARD);
cover "a process has come and exited, and its kernel hangs before that is heard"
  FAULTS = 0
  | PROCS = 1
  | (has_stopped_new() & (exists p: proc_t do has_moved(p) & !alive[p] end));
cover "both hang after the relief"
  FAULTS < 2 | (old = OLD_HUNG & new = NEW_HUNG & (exists p: proc_t do table[NEW][p] = READY end));

function serving_cpus(): 0 .. CPUS;
  var count: 0 .. CPUS;
begin
  count := 0;
  for c: cpu_t do
    if exec[c] = RUNS_OLD & open[c] & has_cpu(OLD) & drives[OLD] then
      count := count + 1;
    elsif exec[c] = RUNS_NEW
      & open[c]
      & (new = RELIEVING | new = IN_CHARGE | new = TAKING) then
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
    if alive[p] & (forall k: kernel_t do !(serves(k) & table[k][p] = READY) end) then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without those lines the file is plain Murphi.
--
-- Of two CPUs one at least, as the proposal says. Of more, one as well: the old kernel has exited
-- from all before the new one takes them. None with a fault, until it is noticed.
measure "CPUs serving users"
  serving_cpus();

-- One, with no fault. All, with one.
measure "processes standing still"
  standing_still();
