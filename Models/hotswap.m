-- Kernel hot-swap: the simplest case of the 2003 proposal to change the kernel of a running
-- machine.
--
-- One CPU is halted and the relieving kernel is started on it. The two kernels speak the four
-- sentences with which one officer of the deck relieves another, the processes move, the old
-- kernel exits, and the new one takes its CPUs. docs/models.md says what is left out.
--
-- Belief and truth are separate variables. What a kernel believes (view, table, drives) is read by
-- its own rules only; what is so (exec, image, alive, irq, reserved) is the machine's. A rule of
-- one kernel looks at the other's side only where the comment says how it could.
--
-- Comments that begin with "Hole" settle what the proposal leaves open.
--
-- Expect: holds

const
  CPUS:  2;   -- at least 2: one for each kernel
  PROCS: 2;   -- ids for processes, at least 1
  TRIES: 2;   -- a swap is given up after so many aborts
  QUEUE: 1;   -- messages on their way in one direction

  -- Hole: nothing fails but the assessments. Here a CPU may not come down or up, either kernel may
  -- hang at any step while there are two, the new one may be slow until it has relieved, and a
  -- message may be lost or come twice.
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
    FOREIGN,   -- no business of mine
    MINE,      -- available, I schedule on it
    HALTED,    -- in my hands, but unavailable
    DUE        -- the other kernel's now, mine to take once that kernel has stopped on it
  };

  -- What a kernel believes of a process: its entry in the process table.
  entry_t: enum { NONE, READY, STOPPED };

  old_t: enum {
    SERVING,           -- no swap in progress
    ASKED,             -- a swap is wanted
    HALTING,           -- a CPU is on its way out
    UNDOING,           -- it stopped half-way and comes back
    STARTED,           -- the new kernel was started; waits for its offer
    CHECKING_RELIEF,   -- second assessment
    READY_TO_GO,       -- said that it is ready to be relieved
    MOVING,            -- relieved; processes are moved
    AWAITING_MOVE,     -- one process is on its way
    VERIFIED,          -- all processes have moved
    EXITING,           -- said that it stands relieved
    GONE,              -- its last CPU has stopped
    ABORTING,          -- told the new kernel to shut down, or has stopped it
    FORCING,           -- does not wait for it any more
    RESCUING,          -- has stopped it and takes back what it had
    OLD_HUNG
  };

  -- A kernel that hangs believes nothing, but its CPUs execute it, and its memory stays as it is.
  new_t: enum {
    ABSENT, BOOTING, CHECKING_SELF, AWAITING_ANSWER, RELIEVING, IN_CHARGE,
    TAKING,            -- does not wait for the old kernel any more and takes all that it had
    NEW_HUNG
  };

  word_t: enum {
    EMPTY,
    READY_TO_RELIEVE, NOT_READY, READY_TO_BE_RELIEVED, SHUT_DOWN,
    I_RELIEVE_YOU, MOVE, MOVED, REFUSED, I_STAND_RELIEVED
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
  image:    array [kernel_t] of array [proc_t] of boolean; -- a whole image in this kernel's memory
  alive:    array [proc_t] of boolean;                     -- was forked and has not exited
  irq:      enum { TO_OLD, MASKED, TO_NEW };               -- where device interrupts go
  reserved: boolean;                                       -- memory is set aside for the new kernel
  faults:   0 .. FAULTS;                                   -- so far in this swap

  -- Messages to a kernel, the first in slot 1.
  --
  -- Hole: lost or late messages. Both kernels live in one coherent memory, so the queue keeps order,
  -- a sender waits for room, and only a fault loses or repeats a message. Late means only: later
  -- than anything else that can happen. Messages are numbered, so that one that comes again is known
  -- as such; handshake.m has the numbers.
  queue:    array [kernel_t] of array [slot_t] of message_t;

function runs(k: kernel_t): exec_t;
begin
  return k = OLD ? RUNS_OLD : RUNS_NEW;
end;

-- Is a kernel's memory there? That of a new one that was stopped is kept until it is empty.
function is_up(k: kernel_t): boolean;
begin
  return k = OLD ? old != GONE : new != ABSENT | old = RESCUING;
end;

function is_hung(k: kernel_t): boolean;
begin
  return k = OLD ? old = OLD_HUNG : new = NEW_HUNG;
end;

-- Is a kernel's code executed anywhere? Its processes run only then.
function has_cpu(k: kernel_t): boolean;
begin
  return !is_hung(k) & exists c: cpu_t do exec[c] = runs(k) end;
end;

-- The new kernel has given the old one up, and nothing executes that any more.
function has_stopped_old(): boolean;
begin
  return new = TAKING & forall c: cpu_t do view[NEW][c] != DUE end;
end;

function has_room(to_: kernel_t): boolean;
begin
  return queue[to_][QUEUE].word = EMPTY;
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

procedure send(to_: kernel_t; w: word_t);
  var sent: boolean;
begin
  sent := false;
  for i: slot_t do
    if !sent & queue[to_][i].word = EMPTY then
      queue[to_][i].word := w;
      sent := true;
    end;
  end;
end;

procedure send_about(to_: kernel_t; w: word_t; p: proc_t);
  var sent: boolean;
begin
  sent := false;
  for i: slot_t do
    if !sent & queue[to_][i].word = EMPTY then
      queue[to_][i].word := w;
      queue[to_][i].who := p;
      sent := true;
    end;
  end;
end;

procedure remove(k: kernel_t);
begin
  for i: slot_t do
    if i < QUEUE then
      queue[k][i] := queue[k][i + 1];
    else
      queue[k][i].word := EMPTY;
      undefine queue[k][i].who;
      queue[k][i].fate := ONCE;
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
    for i: slot_t do
      queue[k][i].word := EMPTY;
      undefine queue[k][i].who;
      queue[k][i].fate := ONCE;
    end;
  end;
end;

-- Init is not modelled apart: whichever process is the last does not exit.
procedure start_afresh(first: proc_t);
begin
  old := SERVING;
  new := ABSENT;
  tries := 0;
  for k: kernel_t do
    for c: cpu_t do view[k][c] := k = OLD ? MINE : FOREIGN; end;
    for p: proc_t do
      table[k][p] := k = OLD & p = first ? READY : NONE;
      image[k][p] := k = OLD & p = first;
    end;
    drives[k] := k = OLD;
  end;
  for c: cpu_t do exec[c] := RUNS_OLD; end;
  for p: proc_t do alive[p] := p = first; end;
  irq := TO_OLD;
  reserved := false;
  faults := 0;
  forget_messages();
end;

ruleset first: proc_t do
  startstate "one kernel, one process"
  begin
    start_afresh(first);
  end;
end;

-- The user's processes ------------------------------------------------------------------------

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
    has_cpu(k)
    & (exists p: proc_t do table[k][p] = READY end)
    & (forall j: kernel_t do table[j][child] = NONE end)
  ==>
  begin
    table[k][child] := READY;
    image[k][child] := true;
    alive[child] := true;
  end;
end;

ruleset k: kernel_t; p: proc_t do
  rule "user: exit"
    has_cpu(k)
    & table[k][p] = READY
    & (exists q: proc_t do q != p & alive[q] end)
  ==>
  begin
    table[k][p] := NONE;
    image[k][p] := false;
    alive[p] := false;
  end;
end;

-- A swap starts from a whole machine, so that "rolled back" needs no memory of what was there
-- before.
rule "user: ask for a swap"
  old = SERVING & (forall c: cpu_t do view[OLD][c] = MINE end)
==>
begin
  old := ASKED;
  tries := 0;
  faults := 0;
end;

rule "user: call the swap off"
  old = ASKED
==>
begin
  old := SERVING;
end;

-- Step 1: a CPU is halted and declared unavailable --------------------------------------------

ruleset c: cpu_t do
  rule "old: halt a CPU"
    old = ASKED
    & view[OLD][c] = MINE
    & (exists d: cpu_t do d != c & view[OLD][d] = MINE end)
  ==>
  begin
    view[OLD][c] := HALTED;
    exec[c] := PARKED_OLD;
    old := HALTING;
  end;

  -- Hotplug goes down in steps. One that fails leaves the CPU unavailable, but executing.
  rule "machine: a CPU is halted half-way"
    faults < FAULTS
    & old = ASKED
    & view[OLD][c] = MINE
    & (exists d: cpu_t do d != c & view[OLD][d] = MINE end)
  ==>
  begin
    faults := faults + 1;
    view[OLD][c] := HALTED;
    old := UNDOING;
  end;

  rule "old: bring the CPU back"
    old = UNDOING & view[OLD][c] = HALTED
  ==>
  begin
    view[OLD][c] := MINE;
    tries := tries + 1;
    old := tries = TRIES ? SERVING : ASKED;   -- give up, or try again
  end;

  -- Offline is not gone: a halted CPU has to leave the old kernel's text before another can have
  -- it.
  rule "old: INIT to the halted CPU"
    old = HALTING & view[OLD][c] = HALTED & exec[c] = PARKED_OLD
  ==>
  begin
    exec[c] := WAITS;
  end;

  -- Step 2: Kexec starts the new kernel. The facts about the hardware lie in its memory already.
  rule "old: boot the relieving kernel"
    old = HALTING & view[OLD][c] = HALTED & exec[c] = WAITS
  ==>
  begin
    reserved := true;
    view[OLD][c] := DUE;   -- due back, should the swap be aborted
    exec[c] := RUNS_NEW;
    new := BOOTING;
    old := STARTED;
  end;

  -- A kernel knows on which CPU it runs.
  rule "new: come up in relieving mode"
    new = BOOTING & exec[c] = RUNS_NEW
  ==>
  begin
    view[NEW][c] := MINE;
    new := CHECKING_SELF;
  end;
end;

-- Hole: the way back can fail as well, and Linux leaves a CPU where it is then. So it is tried
-- again until it succeeds.
rule "machine: a CPU does not come back"
  faults < FAULTS
  & (old = UNDOING
    | (old = ABORTING & (exists c: cpu_t do exec[c] = WAITS end))
    | (new = IN_CHARGE & (exists c: cpu_t do exec[c] = WAITS end)))
==>
begin
  faults := faults + 1;
end;

-- While there are two kernels. Otherwise it has nothing to do with the swap.
rule "machine: the new kernel hangs"
  faults < FAULTS
  & new != ABSENT
  & new != NEW_HUNG
  & (exists c: cpu_t do exec[c] = RUNS_OLD | exec[c] = PARKED_OLD end)
==>
begin
  faults := faults + 1;
  new := NEW_HUNG;
end;

rule "machine: the old kernel hangs"
  faults < FAULTS & new != ABSENT & old != GONE & old != OLD_HUNG
==>
begin
  faults := faults + 1;
  old := OLD_HUNG;
end;

-- Before it is relieved that is as bad as without a swap, and so it is when both hang.
ruleset first: proc_t do
  rule "machine: reset"
    old = OLD_HUNG & new != RELIEVING & new != IN_CHARGE & new != TAKING
  ==>
  begin
    start_afresh(first);
  end;
end;

ruleset k: kernel_t do
  rule "machine: a message is lost"
    faults < FAULTS & queue[k][1].word != EMPTY & queue[k][1].fate = ONCE
  ==>
  begin
    faults := faults + 1;
    queue[k][1].fate := LOST;
  end;

  rule "sender: say again what was not answered"
    queue[k][1].fate = LOST & (k = OLD ? new != NEW_HUNG : old != OLD_HUNG & old != GONE)
  ==>
  begin
    queue[k][1].fate := ONCE;
  end;

  -- Time was up too early, say.
  rule "machine: a message is said twice"
    faults < FAULTS & queue[k][1].word != EMPTY & queue[k][1].fate = ONCE
  ==>
  begin
    faults := faults + 1;
    queue[k][1].fate := TWICE;
  end;

  rule "receiver: ignore what it has heard before"
    queue[k][1].fate = HEARD
  ==>
  begin
    remove(k);
  end;
end;

-- Step 3: the relief --------------------------------------------------------------------------

rule "new: I am ready to relieve you"
  new = CHECKING_SELF & has_room(OLD)
==>
begin
  send(OLD, READY_TO_RELIEVE);
  new := AWAITING_ANSWER;
end;

rule "new: I am not ready"
  new = CHECKING_SELF & has_room(OLD)
==>
begin
  send(OLD, NOT_READY);
  new := AWAITING_ANSWER;
end;

rule "old: hear the offer"
  old = STARTED & hears(OLD, READY_TO_RELIEVE)
==>
begin
  take(OLD);
  old := CHECKING_RELIEF;
end;

rule "old: I am ready to be relieved"
  old = CHECKING_RELIEF & has_room(NEW)
==>
begin
  send(NEW, READY_TO_BE_RELIEVED);
  old := READY_TO_GO;
end;

-- Hole: no abort is defined from here on. There is none while both kernels work: once this is said,
-- the new kernel counts on every CPU, and a move that fails is tried again instead. If the new
-- kernel hangs, everything rolls back all the same; if the old one does, everything completes.
rule "new: I relieve you"
  new = AWAITING_ANSWER & hears(NEW, READY_TO_BE_RELIEVED) & has_room(OLD)
==>
begin
  take(NEW);
  send(OLD, I_RELIEVE_YOU);
  for c: cpu_t do
    if view[NEW][c] = FOREIGN then
      view[NEW][c] := DUE;
    end;
  end;
  new := RELIEVING;
end;

rule "old: hear that it is relieved"
  old = READY_TO_GO & hears(OLD, I_RELIEVE_YOU)
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

rule "old: abort, the relief is not ready"
  old = STARTED & hears(OLD, NOT_READY) & has_room(NEW)
==>
begin
  take(OLD);
  send(NEW, SHUT_DOWN);
  old := ABORTING;
end;

rule "old: abort, the relief is not fit"
  old = CHECKING_RELIEF & has_room(NEW)
==>
begin
  send(NEW, SHUT_DOWN);
  old := ABORTING;
end;

-- Hole: how long to wait. Until it has heard "I relieve you" the old kernel has given nothing away,
-- so that any time will do. That time is up for a kernel that is only slow counts as a fault. From
-- then on a kernel is given up only if it does hang; abort.m has two that suspect each other.
rule "old: time is up"
  (new = NEW_HUNG
    | (faults < FAULTS & (old = STARTED | old = CHECKING_RELIEF | old = READY_TO_GO)))
  & old != FORCING
  & old != GONE
  & old != OLD_HUNG
==>
begin
  if new != NEW_HUNG then
    faults := faults + 1;
  end;
  old := FORCING;
end;

ruleset c: cpu_t do
  rule "new: shut down"
    new = AWAITING_ANSWER & hears(NEW, SHUT_DOWN) & view[NEW][c] = MINE
  ==>
  begin
    take(NEW);
    view[NEW][c] := FOREIGN;
    exec[c] := PARKED_NEW;
    new := ABSENT;
  end;

  -- The old kernel sees that the CPU is parked: that is the last thing the CPU wrote to common
  -- memory. After INIT nothing executes the new kernel, so its memory is free again, and not
  -- sooner.
  rule "old: INIT to the lent CPU"
    old = ABORTING & view[OLD][c] = DUE & exec[c] = PARKED_NEW
  ==>
  begin
    exec[c] := WAITS;
    view[OLD][c] := HALTED;
    reserved := false;
    forget_messages();
  end;

  -- It has exited, as the proposal says. But its CPUs are parked in its memory until the new kernel
  -- sends them INIT, and watch whether that still works.
  rule "old: come back"
    old = GONE & new = NEW_HUNG & exec[c] = PARKED_OLD
  ==>
  begin
    exec[c] := RUNS_OLD;
    view[OLD][c] := MINE;
    old := FORCING;
  end;

  -- Also to one that only is slow. To each that is not the old kernel's own, parked ones as well.
  rule "old: INIT to a CPU that does not answer"
    old = FORCING & view[OLD][c] != MINE & exec[c] != WAITS
  ==>
  begin
    exec[c] := WAITS;
    if forall d: cpu_t do view[OLD][d] = MINE | exec[d] = WAITS end then
      for d: cpu_t do
        if view[OLD][d] != MINE then
          view[OLD][d] := HALTED;
        end;
        view[NEW][d] := FOREIGN;
      end;
      new := ABSENT;
      old := RESCUING;
    end;
  end;

  rule "old: take the CPU back"
    old = ABORTING & view[OLD][c] = HALTED & exec[c] = WAITS
  ==>
  begin
    exec[c] := RUNS_OLD;
    view[OLD][c] := MINE;
    if forall d: cpu_t do view[OLD][d] = MINE end then
      tries := tries + 1;
      old := tries = TRIES ? SERVING : ASKED;   -- give up, or try again
    end;
  end;
end;

-- Nothing executes the new kernel any more. A process that had come is taken from its memory, one
-- that was on its way goes on here.
ruleset p: proc_t do
  rule "old: take a process back"
    old = RESCUING & table[NEW][p] != NONE
  ==>
  begin
    image[OLD][p] := image[NEW][p];
    table[OLD][p] := READY;
    image[NEW][p] := false;
    table[NEW][p] := NONE;
  end;

  rule "old: resume a process that had not come"
    old = RESCUING & table[OLD][p] = STOPPED & table[NEW][p] = NONE & !has_moved(p)
  ==>
  begin
    image[NEW][p] := false;
    table[OLD][p] := READY;
  end;

  -- Hole: it came, ran, and has exited, and the old kernel has not heard of it. Its last copy must
  -- not run again.
  rule "old: drop a process that had come and has exited"
    old = RESCUING & table[OLD][p] = STOPPED & table[NEW][p] = NONE & has_moved(p)
  ==>
  begin
    image[OLD][p] := false;
    table[OLD][p] := NONE;
  end;
end;

rule "old: take the devices back"
  old = RESCUING & !drives[OLD]
==>
begin
  drives[NEW] := false;
  drives[OLD] := true;
  irq := TO_OLD;
end;

-- What was said is forgotten with the kernel that said it.
rule "old: everything is back"
  old = RESCUING
  & drives[OLD]
  & (forall p: proc_t do table[NEW][p] = NONE & table[OLD][p] != STOPPED end)
==>
begin
  forget_messages();
  reserved := false;
  old := ABORTING;
end;

-- The processes move, one at a time -----------------------------------------------------------

ruleset p: proc_t do
  rule "old: stop a process"
    old = MOVING
    & table[OLD][p] = READY
    & (forall q: proc_t do table[OLD][q] != STOPPED end)
  ==>
  begin
    table[OLD][p] := STOPPED;
  end;

  rule "old: send the stopped process"
    old = MOVING & table[OLD][p] = STOPPED & has_room(NEW)
  ==>
  begin
    image[NEW][p] := true;
    send_about(NEW, MOVE, p);
    old := AWAITING_MOVE;
  end;

  -- It runs at once. It may even exit before the old kernel has dropped its copy, which is why its
  -- id stays taken until then.
  rule "new: take a process"
    new = RELIEVING & hears_about(NEW, MOVE, p) & has_room(OLD)
  ==>
  begin
    take(NEW);
    table[NEW][p] := READY;
    send_about(OLD, MOVED, p);
  end;

  -- Out of memory, say.
  rule "new: refuse a process"
    new = RELIEVING & hears_about(NEW, MOVE, p) & has_room(OLD)
  ==>
  begin
    take(NEW);
    image[NEW][p] := false;
    send_about(OLD, REFUSED, p);
  end;

  rule "old: drop the moved process"
    old = AWAITING_MOVE & hears_about(OLD, MOVED, p)
  ==>
  begin
    take(OLD);
    table[OLD][p] := NONE;
    image[OLD][p] := false;
    old := MOVING;
  end;

  rule "old: resume the refused process"
    old = AWAITING_MOVE & hears_about(OLD, REFUSED, p)
  ==>
  begin
    take(OLD);
    table[OLD][p] := READY;
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
  old = MOVING & (forall p: proc_t do table[OLD][p] = NONE end)
==>
begin
  drives[OLD] := false;
  irq := MASKED;
  old := VERIFIED;
end;

rule "old: I stand relieved"
  old = VERIFIED & has_room(NEW)
==>
begin
  send(NEW, I_STAND_RELIEVED);
  old := EXITING;
end;

rule "new: hear that the old kernel stands relieved"
  new = RELIEVING & hears(NEW, I_STAND_RELIEVED)
==>
begin
  take(NEW);
  drives[NEW] := true;
  irq := TO_NEW;
  new := IN_CHARGE;
end;

-- Step 4: the old kernel exits, the new one assimilates its CPUs ------------------------------

ruleset c: cpu_t do
  rule "old: exit from a CPU"
    old = EXITING & view[OLD][c] = MINE
  ==>
  begin
    view[OLD][c] := FOREIGN;
    exec[c] := PARKED_OLD;
    if forall d: cpu_t do view[OLD][d] != MINE end then
      old := GONE;
    end;
  end;

  -- Hole: having said "I stand relieved" is no proof that the old kernel has stopped. The CPU
  -- itself is: parked, which it writes as its last act, and then held in wait-for-SIPI by INIT.
  rule "new: INIT to a parked CPU"
    new = IN_CHARGE
    & view[NEW][c] = DUE
    & exec[c] = PARKED_OLD
    & (forall d: cpu_t do view[NEW][d] != HALTED end)
  ==>
  begin
    exec[c] := WAITS;
    view[NEW][c] := HALTED;
  end;

  rule "new: assimilate a CPU"
    new = IN_CHARGE & view[NEW][c] = HALTED & exec[c] = WAITS
  ==>
  begin
    exec[c] := RUNS_NEW;
    view[NEW][c] := MINE;
  end;
end;

-- The old kernel hangs: everything completes -------------------------------------------------

-- After "I relieve you". Also when the old kernel has exited, and with it whoever would say "I stand
-- relieved" again.
rule "new: time is up"
  (old = OLD_HUNG & (new = RELIEVING | new = IN_CHARGE))
  | (old = GONE & new = RELIEVING & queue[NEW][1].fate = LOST)
==>
begin
  new := TAKING;
end;

ruleset c: cpu_t do
  rule "new: INIT to a CPU that does not answer"
    new = TAKING & view[NEW][c] = DUE
  ==>
  begin
    exec[c] := WAITS;
    view[NEW][c] := HALTED;
  end;
end;

ruleset p: proc_t do
  rule "new: take a process that had not come"
    has_stopped_old() & table[OLD][p] != NONE & table[NEW][p] = NONE & !has_moved(p)
  ==>
  begin
    image[NEW][p] := image[OLD][p];
    table[NEW][p] := READY;
    image[OLD][p] := false;
    table[OLD][p] := NONE;
  end;

  rule "new: drop the old copy of a process that had come"
    has_stopped_old() & table[OLD][p] != NONE & (table[NEW][p] != NONE | has_moved(p))
  ==>
  begin
    image[OLD][p] := false;
    table[OLD][p] := NONE;
  end;
end;

rule "new: everything is taken"
  has_stopped_old() & (forall p: proc_t do table[OLD][p] = NONE end)
==>
begin
  for c: cpu_t do view[OLD][c] := FOREIGN; end;
  drives[OLD] := false;
  drives[NEW] := true;
  irq := TO_NEW;
  forget_messages();
  tries := 0;
  old := GONE;
  new := IN_CHARGE;
end;

-- The next swap -------------------------------------------------------------------------------

function is_complete(): boolean;
begin
  return old = GONE & new = IN_CHARGE & forall c: cpu_t do view[NEW][c] = MINE end;
end;

-- No fact changes here, only the names: who was new is old for the next swap. Everything else a
-- kernel believes of itself goes with it.
rule "machine: the new kernel is the old one of the next swap"
  is_complete()
==>
begin
  view[OLD] := view[NEW];
  table[OLD] := table[NEW];
  image[OLD] := image[NEW];
  drives[OLD] := drives[NEW];
  for c: cpu_t do
    view[NEW][c] := FOREIGN;
    if exec[c] = RUNS_NEW then
      exec[c] := RUNS_OLD;
    end;
  end;
  for p: proc_t do
    table[NEW][p] := NONE;
    image[NEW][p] := false;
  end;
  drives[NEW] := false;
  irq := irq = TO_NEW ? TO_OLD : irq;
  reserved := false;   -- the memory is simply its own now
  forget_messages();
  faults := 0;
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
      exists k: kernel_t do is_up(k) & table[k][p] != NONE & image[k][p] end)
    & (forall k: kernel_t do table[k][p] = READY -> alive[p] & image[k][p] end)
  end;

-- Nobody for good: no kernel has the CPU or is bound to take it. A CPU is due only while a swap is
-- in progress. What a kernel that hangs believes of its CPUs is of no interest.
invariant "no CPU is owned twice, or by nobody for good"
  forall c: cpu_t do
    !(view[OLD][c] = MINE & view[NEW][c] = MINE)
    & (forall k: kernel_t do view[k][c] = MINE & !is_hung(k) -> exec[c] = runs(k) end)
    & (exists k: kernel_t do
        is_up(k)
        & (view[k][c] = MINE | view[k][c] = HALTED | (view[k][c] = DUE & old != SERVING))
      end)
  end;

-- The only trace an abort leaves is the count of tries. Whether a process that the old kernel
-- still lists is in one piece, the first invariant says.
invariant "a clean abort rolls back everything"
  ((old = ASKED | old = SERVING) & tries > 0) ->
  (new = ABSENT
    & !reserved
    & irq = TO_OLD & drives[OLD] & !drives[NEW]
    & (forall c: cpu_t do
        exec[c] = RUNS_OLD & view[OLD][c] = MINE & view[NEW][c] = FOREIGN
      end)
    & (forall p: proc_t do
        table[OLD][p] != STOPPED & table[NEW][p] = NONE & !image[NEW][p]
      end)
    & (forall k: kernel_t do forall i: slot_t do queue[k][i].word = EMPTY end end));

-- The two that follow are about the holes, not from the proposal.

invariant "devices are driven by one kernel, and interrupts reach no other"
  !(drives[OLD] & drives[NEW])
  & (irq = TO_OLD -> drives[OLD])
  & (irq = TO_NEW -> drives[NEW]);

-- Nor is a process left there.
invariant "no CPU executes from memory that was given back"
  (forall c: cpu_t do exec[c] = RUNS_NEW | exec[c] = PARKED_NEW -> reserved end)
  & (forall p: proc_t do table[NEW][p] != NONE -> reserved end);

liveness "every swap can still end"
  old = SERVING;

cover "a CPU is halted"                          old = HALTING;
cover "the new kernel boots"                     new = BOOTING;
cover "the new kernel assesses itself"           new = CHECKING_SELF;
cover "I am ready to relieve you"                hears(OLD, READY_TO_RELIEVE);
cover "the first assessment fails"               hears(OLD, NOT_READY);
cover "the old kernel assesses the new"          old = CHECKING_RELIEF;
cover "I am ready to be relieved"                hears(NEW, READY_TO_BE_RELIEVED);
cover "the new kernel is told to shut down"      hears(NEW, SHUT_DOWN);
cover "an abort, and a retry"                    old = ASKED & tries > 0;
cover "given up"                                 old = SERVING & tries = TRIES;
cover "relieved after an abort"                  old = READY_TO_GO & tries > 0;
cover "I relieve you"                            hears(OLD, I_RELIEVE_YOU);
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
  FAULTS = 0 | (old = RESCUING & (exists p: proc_t do table[NEW][p] = READY end));
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
  | (old = RESCUING & (exists p: proc_t do has_moved(p) & !alive[p] end));
cover "halted half-way, and not back at once"
  FAULTS < 2 | (old = UNDOING & faults = 2);
cover "both hang after the relief"
  FAULTS < 2 | (old = OLD_HUNG & new = NEW_HUNG & (exists p: proc_t do table[NEW][p] = READY end));

function serving_cpus(): 0 .. CPUS;
  var count: 0 .. CPUS;
begin
  count := 0;
  for c: cpu_t do
    if exec[c] = RUNS_OLD & view[OLD][c] = MINE & has_cpu(OLD) & drives[OLD] then
      count := count + 1;
    elsif exec[c] = RUNS_NEW
      & view[NEW][c] = MINE
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
    if alive[p] & (forall k: kernel_t do !(has_cpu(k) & table[k][p] = READY) end) then
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
