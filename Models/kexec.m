-- Kexec: the old kernel loads the new one and boots it on CPUs that it has halted, in relieving
-- mode.
--
-- Relieving mode is no probe of the hardware and no init: two flags on the command line, which a
-- kernel that does not know them ignores. The facts about the hardware are supplied by the old
-- kernel or, where several kernels share the machine, by a designated leader. The new kernel is
-- told on which CPUs it may run, and finds out which of them come. The boot can hang, wake another
-- CPU than was meant, or come up with the wrong facts. Until the relief begins, everything can be
-- undone. What is said in between is the matter of handshake.m, and the relief itself that of
-- hotswap.m.
--
-- Belief and truth are separate variables. What a kernel believes is read by its own rules only.
-- What is so is the machine's, and changes as the machine does: start_up, send_init, come_up.
--
-- Comments that begin with "Hole" settle what the proposal leaves open. Lines with @code name the
-- functions of Linux that do today what the rule does.
--
-- Expect: holds

const
  CPUS:   3;   -- more than SET
  SET:    1;   -- that the new kernel is to be booted on, at least 1
  LEADER: 0;   -- 1: the facts come from a leader on another node
  FAULTS: 1;   -- 0: the machine has none; 1: any number of them
  HURRY:  1;   -- 0: the old kernel gives up for a reason only, and not because time is up

type
  cpu_t:    scalarset(CPUS);
  kernel_t: enum { OLD, NEW };

  -- Of the hardware: whether what was written down is what is there. A copy that has become wrong
  -- does not become right again by itself.
  facts_t: enum { RIGHT, WRONG };

  flag_t: enum { NO_PROBE, NO_INIT };

  -- What a CPU really does. See hotswap.m about a parked CPU.
  exec_t: enum {
    RUNS_OLD,
    PARKED,     -- in the old kernel's text
    WAITS,      -- for a start-up message (SIPI); uses no memory
    RUNS_NEW,
    HUNG        -- in the new kernel's text
  };

  -- What the old kernel believes of a CPU.
  view_t: enum {
    MINE,
    HALTED,     -- declared unavailable: it leaves, and parks
    RESET,      -- INIT was sent
    LENT,       -- to the new kernel
    SWITCHED_OFF
  };

  -- What lies in the memory that was set aside.
  image_t: enum {
    NO_IMAGE,
    RELIEF,     -- says of itself that it knows relieving mode
    ORDINARY,   -- does not, and ignores the flags
    DAMAGED
  };

  old_t: enum {
    SERVING,
    LOADED,
    KICKED,       -- the start-up message was sent
    ACCEPTED,     -- the new kernel is up, and the relief can begin
    RELIEVED,     -- the old kernel leaves its CPUs
    ABORTING,     -- stops all CPUs that are not its own,
    ONCE_MORE,    -- and once more
    TAKING_BACK   -- nothing executes the new kernel any more
  };

  new_t: enum {
    NOT_UP,
    LOOKING,    -- up, and looks for its other CPUs
    REPORTED
  };

  letter_t: enum { NO_LETTER, ASKS_FOR_FACTS, FACTS, ASKS_AGAIN, STILL_RIGHT, NO_LONGER_RIGHT };

var
  -- Belief of the old kernel.
  old:    old_t;
  view:   array [cpu_t] of view_t;
  sent:   array [cpu_t] of boolean;   -- INIT, in an abort
  answer: boolean;                    -- whether the facts are right still; undefined until known

  -- Belief of the new kernel, in the memory that was set aside, where the old one can read it.
  new:    new_t;
  boot:   cpu_t;                      -- the CPU that it came up on, by its own number
  next:   cpu_t;                      -- that it is about to start
  found:  array [cpu_t] of boolean;   -- executes me
  took:   facts_t;                    -- the facts that it goes by

  -- Truth.
  exec:     array [cpu_t] of exec_t;
  reserved: boolean;                   -- memory is set aside for the new kernel. In it lie
  image:    image_t;
  line:     array [flag_t] of boolean; -- the command line,
  supplied: facts_t;                   -- the facts,
  told:     array [cpu_t] of boolean;  -- and on which CPUs the new kernel may run
  letter:   letter_t;                  -- what was said last between the old kernel and the leader,
  enclosed: facts_t;                   -- and the facts in it
  held:     boolean;                   -- who supplies the facts lets nobody change the hardware

  -- History: what nobody may do, or undo.
  off:    array [cpu_t] of boolean;    -- the user has switched it off, for it is faulty, say
  probed: boolean;                     -- hardware was probed that another kernel drives
  inits:  1 .. 2;                      -- that have been started
  lost:   boolean;                     -- INIT hit a CPU at work for the users
  left:   boolean;                     -- the old kernel has left its last CPU

function runs_new(c: cpu_t): boolean;
begin
  return exec[c] = RUNS_NEW | exec[c] = HUNG;
end;

function count_of(v: view_t): 0 .. CPUS;
  var count: 0 .. CPUS;
begin
  count := 0;
  for c: cpu_t do
    if view[c] = v then
      count := count + 1;
    end;
  end;
  return count;
end;

-- What the machine does ------------------------------------------------------------------------

-- A start-up message. It works only on a CPU that waits for it; on any other it is lost.
procedure start_up(c: cpu_t; k: kernel_t);
begin
  if exec[c] = WAITS then
    exec[c] := k = OLD ? RUNS_OLD : RUNS_NEW;
  end;
end;

-- INIT does not ask what a CPU does. What it knew is lost.
procedure send_init(c: cpu_t);
begin
  if exec[c] = RUNS_OLD then
    lost := true;
  end;
  exec[c] := WAITS;
  if !isundefined(boot) & boot = c then
    undefine boot;
    undefine next;
  end;
end;

function heeds(f: flag_t): boolean;
begin
  return image = RELIEF & line[f];
end;

-- What a kernel does first, if nothing keeps it from it.
procedure come_up(c: cpu_t);
begin
  boot := c;
  if !heeds(NO_PROBE) then
    probed := true;
  end;
  if !heeds(NO_INIT) then
    inits := 2;
  end;
end;

-- What the kernels do --------------------------------------------------------------------------

procedure forget_image();
begin
  reserved := false;
  image := NO_IMAGE;
  for f: flag_t do line[f] := false; end;
  undefine supplied;
  for c: cpu_t do
    told[c] := false;
    found[c] := false;
  end;
  new := NOT_UP;
  undefine took;
end;

-- A leader who is about to answer hears with the next letter that the attempt is over.
procedure attempt_ends();
begin
  undefine answer;
  if letter = NO_LETTER then
    held := false;
  end;
end;

procedure write_letter(l: letter_t);
begin
  assert "the last letter was read" letter = NO_LETTER;
  letter := l;
end;

procedure put_letter_away();
begin
  letter := NO_LETTER;
  undefine enclosed;
end;

-- What the old kernel sees: its own hardware; of a leader's, what the leader has said.
function seen_facts(): facts_t;
begin
  return LEADER = 0 ? RIGHT : supplied;
end;

procedure supply(f: facts_t);
begin
  supplied := f;
  line[NO_PROBE] := true;
  line[NO_INIT] := true;
  for c: cpu_t do told[c] := view[c] = RESET; end;
end;

-- The start-up message for the new kernel; it reaches d.
procedure boot_on(d: cpu_t);
begin
  for c: cpu_t do
    if view[c] = RESET then
      view[c] := LENT;
    end;
  end;
  start_up(d, NEW);
  old := KICKED;
end;

-- The image is looked at for the last time: it is whole, and says of itself that it knows relieving
-- mode. Once it runs it is too late, because the first thing that an ordinary kernel does is probe.
function can_boot(): boolean;
begin
  return old = LOADED & image = RELIEF & !isundefined(supplied);
end;

function is_where_it_should_be(): boolean;
begin
  return forall c: cpu_t do found[c] = (view[c] = LENT) end;
end;

procedure abort();
begin
  for c: cpu_t do sent[c] := false; end;
  old := ABORTING;
end;

startstate "one kernel"
begin
  old := SERVING;
  for c: cpu_t do
    view[c] := MINE;
    sent[c] := false;
    exec[c] := RUNS_OLD;
    off[c] := false;
  end;
  undefine boot;
  undefine next;
  forget_image();
  letter := NO_LETTER;
  undefine enclosed;
  held := false;
  undefine answer;
  probed := false;
  inits := 1;
  lost := false;
  left := false;
end;

-- The machine, and its users -------------------------------------------------------------------

-- Hole: a change while the relief is accepted. Hardware is plugged and pulled with the consent of
-- who supplies the facts. Once he has said that they are right he gives none until the attempt is
-- over.
rule "machine: the hardware changes"
  !held
==>
begin
  if !isundefined(supplied) then
    supplied := WRONG;
  end;
  if !isundefined(took) then
    took := WRONG;
  end;
  if !isundefined(enclosed) then
    enclosed := WRONG;
  end;
end;

rule "machine: the loaded image is damaged"
  FAULTS = 1 & old = LOADED
==>
begin
  image := DAMAGED;
end;

ruleset c: cpu_t do
  rule "machine: the boot hangs"
    FAULTS = 1 & exec[c] = RUNS_NEW & !found[c]
  ==>
  begin
    exec[c] := HUNG;
  end;

  -- As long as there are enough for a swap.
  -- @code kernel/cpu.c:cpu_device_down
  rule "user: switch a CPU off"
    view[c] = MINE & count_of(SWITCHED_OFF) + SET + 1 < CPUS
  ==>
  begin
    exec[c] := PARKED;
    send_init(c);
    view[c] := SWITCHED_OFF;
    off[c] := true;
  end;

  -- @code kernel/cpu.c:cpu_device_up
  rule "user: switch a CPU on"
    view[c] = SWITCHED_OFF & count_of(MINE) > 0
  ==>
  begin
    send_init(c);
    start_up(c, OLD);
    view[c] := MINE;
    off[c] := false;
  end;
end;

-- Load ----------------------------------------------------------------------------------------

-- Any image may be loaded: an ordinary one is meant for a kexec that ends all else.
ruleset i: image_t do
  -- @code kernel/kexec_file.c:kimage_file_alloc_init
  rule "user: load an image"
    old = SERVING & (i = RELIEF | i = ORDINARY)
  ==>
  begin
    reserved := true;
    image := i;
    old := LOADED;
  end;
end;

rule "old: supply the facts"
  LEADER = 0 & old = LOADED & count_of(RESET) = SET
==>
begin
  supply(seen_facts());
end;

rule "old: ask the leader for the facts"
  LEADER = 1 & old = LOADED & isundefined(supplied) & letter = NO_LETTER
==>
begin
  write_letter(ASKS_FOR_FACTS);
end;

rule "leader: send the facts"
  letter = ASKS_FOR_FACTS
==>
begin
  letter := FACTS;
  enclosed := RIGHT;
end;

-- Facts are about the hardware, so it does not matter which attempt they were asked for.
rule "old: pass the leader's facts on"
  letter = FACTS & old = LOADED & count_of(RESET) = SET
==>
begin
  supply(enclosed);
  put_letter_away();
end;

-- Boot ----------------------------------------------------------------------------------------

ruleset c: cpu_t do
  -- No more than the new kernel is to have, and never the last.
  -- @code kernel/cpu.c:_cpu_down @holds cpu_hotplug_lock(w)
  rule "old: halt a CPU"
    old = LOADED & view[c] = MINE & count_of(HALTED) + count_of(RESET) < SET
  ==>
  begin
    view[c] := HALTED;
  end;

  -- @code arch/x86/kernel/smpboot.c:native_play_dead
  rule "cpu: park"
    view[c] = HALTED
  ==>
  begin
    exec[c] := PARKED;
  end;

  -- It has shown that it has left.
  -- @code arch/x86/kernel/smpboot.c:send_init_sequence
  rule "old: INIT to a halted CPU"
    view[c] = HALTED & exec[c] = PARKED
  ==>
  begin
    send_init(c);
    view[c] := RESET;
  end;

  -- @code arch/x86/purgatory/purgatory.c:verify_sha256_digest
  rule "old: boot the new kernel"
    can_boot() & view[c] = RESET
  ==>
  begin
    assert "a start-up message is for a CPU that waits" exec[c] = WAITS;
    boot_on(c);
  end;

  rule "machine: the start-up message goes to another CPU"
    FAULTS = 1 & can_boot() & view[c] != RESET
  ==>
  begin
    boot_on(c);
  end;

  -- The first one boots, and goes by the facts that it finds, or finds something else.
  -- @code arch/x86/kernel/smpboot.c:start_secondary
  ruleset misread: boolean do
    rule "new: a CPU comes"
      exec[c] = RUNS_NEW & (misread -> FAULTS = 1)
    ==>
    begin
      if new = NOT_UP then
        come_up(c);
        took := misread ? WRONG : supplied;
        new := LOOKING;
      end;
      found[c] := true;
    end;
  end;

  -- Hole: how a CPU is "reliably detected". One that waits comes when it is called, and one that
  -- does anything else does not. But not all that wait are meant: one that was switched off waits,
  -- too. So the new kernel calls those that it was told of, and counts those that have come. The
  -- table is looked at first, and the message sent then; between the two much can happen.
  rule "new: choose a CPU to start"
    !isundefined(boot) & told[c]
  ==>
  begin
    next := c;
  end;

  -- One that was called and does not come is called once more; and in a relief what has shown that
  -- it has stopped is the new kernel's.
  -- @code arch/x86/kernel/smpboot.c:send_init_sequence
  rule "new: INIT to a CPU"
    !isundefined(boot) & !found[c] & (exec[c] = PARKED | told[c])
  ==>
  begin
    send_init(c);
    told[c] := true;
  end;
end;

-- @code arch/x86/kernel/smpboot.c:wakeup_secondary_cpu_via_init
rule "new: send a start-up message"
  !isundefined(next)
==>
begin
  start_up(next, NEW);
  undefine next;
end;

rule "new: report"
  !isundefined(boot) & (forall c: cpu_t do told[c] -> found[c] end)
==>
begin
  new := REPORTED;
end;

-- Who supplied the facts looks at the hardware again, and says whether they are still right.
rule "old: look whether the facts are right"
  LEADER = 0 & new = REPORTED
==>
begin
  answer := took = seen_facts();
  held := answer;
end;

rule "old: ask the leader whether the facts are right"
  LEADER = 1 & old = KICKED & new = REPORTED & isundefined(answer) & letter = NO_LETTER
==>
begin
  write_letter(ASKS_AGAIN);
  enclosed := took;
end;

rule "leader: look whether the facts are right"
  letter = ASKS_AGAIN
==>
begin
  held := enclosed = RIGHT;
  letter := held ? STILL_RIGHT : NO_LONGER_RIGHT;
end;

rule "old: hear whether the facts are right"
  old = KICKED & (letter = STILL_RIGHT | letter = NO_LONGER_RIGHT)
==>
begin
  answer := letter = STILL_RIGHT;
  put_letter_away();
end;

-- Hole: an answer of an attempt that is over. The next attempt cannot ask for facts, nor boot
-- without them, before this answer was dropped. Then the leader hears that nobody needs it.
rule "old: drop a late answer"
  old != KICKED & (letter = STILL_RIGHT | letter = NO_LONGER_RIGHT)
==>
begin
  put_letter_away();
  held := false;
end;

rule "old: accept the relief"
  old = KICKED & new = REPORTED & is_where_it_should_be() & !isundefined(answer) & answer
==>
begin
  old := ACCEPTED;
end;

-- Abort ---------------------------------------------------------------------------------------

rule "old: abort, the relief is not what it should be"
  old = KICKED & new = REPORTED & (!is_where_it_should_be() | (!isundefined(answer) & !answer))
==>
begin
  abort();
end;

rule "old: abort, the image is no relief"
  old = LOADED & image != RELIEF
==>
begin
  abort();
end;

-- Hole: how long to wait for a boot. Any time will do, because of how the CPUs are stopped then.
rule "old: abort, time is up"
  HURRY = 1 & (old = LOADED | old = KICKED | old = ACCEPTED)
==>
begin
  abort();
end;

ruleset c: cpu_t do
  -- To each CPU that is not its own, because it cannot know which was woken. One that was to be
  -- halted parks first.
  -- @code arch/x86/kernel/smpboot.c:send_init_sequence
  rule "old: INIT to a CPU that is not its own"
    (old = ABORTING | old = ONCE_MORE) & view[c] != MINE & view[c] != HALTED
  ==>
  begin
    send_init(c);
    sent[c] := true;
    if view[c] != SWITCHED_OFF then
      view[c] := RESET;
    end;
  end;

  -- @code kernel/cpu.c:_cpu_up @holds cpu_hotplug_lock(w)
  rule "old: take a CPU back"
    old = TAKING_BACK & view[c] = RESET
  ==>
  begin
    start_up(c, OLD);
    view[c] := MINE;
  end;
end;

-- Hole: whether it was enough. A CPU that had INIT may be started again by the CPU of the new
-- kernel that starts the others, if that has not had INIT yet. But that one has had it then, and
-- nobody else starts any. So all have INIT once more, and that is enough.
rule "old: once more"
  old = ABORTING & (forall c: cpu_t do view[c] != MINE -> sent[c] end)
==>
begin
  for c: cpu_t do sent[c] := false; end;
  old := ONCE_MORE;
end;

-- @code kernel/kexec_core.c:kimage_free
rule "old: give the memory back"
  old = ONCE_MORE & (forall c: cpu_t do view[c] != MINE -> sent[c] end)
==>
begin
  forget_image();
  old := TAKING_BACK;
end;

rule "old: serve again"
  old = TAKING_BACK & count_of(RESET) = 0
==>
begin
  attempt_ends();
  old := SERVING;
end;

-- The relief ----------------------------------------------------------------------------------

-- With all that hotswap.m says of it. From here on nobody gives up.
rule "old: I stand relieved"
  old = ACCEPTED
==>
begin
  old := RELIEVED;
end;

ruleset c: cpu_t do
  -- @code arch/x86/kernel/process.c:stop_this_cpu
  rule "cpu: park for good"
    exec[c] = RUNS_OLD & old = RELIEVED
  ==>
  begin
    exec[c] := PARKED;
    view[c] := LENT;
    left := forall d: cpu_t do exec[d] != RUNS_OLD end;
  end;
end;

-- No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next swap"
  old = RELIEVED
  & isundefined(next)
  & (forall c: cpu_t do found[c] | view[c] = SWITCHED_OFF end)
==>
begin
  for c: cpu_t do
    assert "only names change" exec[c] = (off[c] ? WAITS : RUNS_NEW);
    if found[c] then
      exec[c] := RUNS_OLD;
      view[c] := MINE;
    end;
  end;
  undefine boot;
  left := false;
  forget_image();
  attempt_ends();
  old := SERVING;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "a CPU executes the old kernel if and only if that has it"
  forall c: cpu_t do
    (view[c] = MINE -> exec[c] = RUNS_OLD)
    & (exec[c] = RUNS_OLD -> view[c] = MINE | view[c] = HALTED)
  end;

invariant "a kernel keeps a CPU"
  exists c: cpu_t do exec[c] = RUNS_OLD | (old = RELIEVED & exec[c] = RUNS_NEW) end;

invariant "no work is lost"
  !lost;

invariant "a kernel that has left does not run again"
  left -> (forall c: cpu_t do exec[c] != RUNS_OLD end);

invariant "no hardware is probed that another kernel drives"
  !probed;

invariant "there is one init"
  inits = 1;

invariant "the new kernel is told of the CPUs that were lent, and reports what is so"
  old = KICKED | old = ACCEPTED ->
  (forall c: cpu_t do
      told[c] = (view[c] = LENT)
      & (told[c] & found[c] -> exec[c] = RUNS_NEW)
      & (told[c] & new = REPORTED -> found[c])
    end);

invariant "an accepted relief is where it was meant to be, and nowhere else"
  old = ACCEPTED -> (forall c: cpu_t do (view[c] = LENT) = runs_new(c) end);

invariant "an accepted relief has the facts"
  old = ACCEPTED | old = RELIEVED -> took = RIGHT;

invariant "no CPU executes from memory that was given back"
  forall c: cpu_t do runs_new(c) -> reserved end;

invariant "memory is set aside for an image, as long as an attempt lasts"
  reserved = (image != NO_IMAGE) & reserved = (old != SERVING & old != TAKING_BACK);

invariant "a copy of the facts is no better than what was copied"
  !isundefined(took) & took = RIGHT -> supplied = RIGHT;

invariant "nothing is left of a letter that was read"
  letter = NO_LETTER -> isundefined(enclosed);

invariant "nobody in no hurry gives up for nothing"
  HURRY = 0 & FAULTS = 0 & old = ABORTING -> image != RELIEF | took = WRONG;

-- A stray start-up message can wake it. It does not stay so.
invariant "what the user has switched off stays off"
  forall c: cpu_t do
    off[c] = (view[c] = SWITCHED_OFF)
    & (off[c] & (old = SERVING | old = ACCEPTED | old = RELIEVED) -> exec[c] = WAITS)
  end;

invariant "an abort rolls back everything"
  old = SERVING ->
  !reserved & image = NO_IMAGE & new = NOT_UP & isundefined(supplied) & isundefined(took)
  & isundefined(answer) & isundefined(boot) & isundefined(next)
  & (forall c: cpu_t do exec[c] = (off[c] ? WAITS : RUNS_OLD) & !told[c] & !found[c] end)
  & (forall f: flag_t do !line[f] end);

invariant "the hardware is held for facts that are right, and as long as an attempt lasts"
  (held & !isundefined(took) -> took = RIGHT) & (old = SERVING & letter = NO_LETTER -> !held);

liveness "a boot can still succeed"
  old = ACCEPTED;

liveness "every CPU can serve users again"
  forall c: cpu_t do view[c] = MINE end;

cover "an ordinary image is refused"
  old = ABORTING & image = ORDINARY;
cover "the facts change before they are taken"
  old = KICKED & new = NOT_UP & supplied = WRONG;
cover "the relief has all of the machine"
  old = RELIEVED & (forall c: cpu_t do found[c] end);
cover "a relief is given up before it is booted"
  HURRY = 0 | (old = ABORTING & image = RELIEF & (exists c: cpu_t do view[c] = HALTED end));

-- These need a fault.
cover "a damaged image is refused"
  FAULTS = 0 | (old = ABORTING & image = DAMAGED);
cover "the boot hangs"
  FAULTS = 0 | exists c: cpu_t do exec[c] = HUNG end;
cover "nothing was woken"
  FAULTS = 0 | (old = KICKED & (forall c: cpu_t do !runs_new(c) end));
cover "facts are misread"
  FAULTS = 0 | (old = KICKED & !isundefined(took) & took != supplied);

-- And these other CPUs, or a leader.
cover "a CPU that had INIT is started again"
  HURRY = 0 | SET = 1 | (exists c: cpu_t do old = ABORTING & sent[c] & exec[c] = RUNS_NEW end);
cover "a CPU that was switched off is woken"
  FAULTS = 0 | CPUS < SET + 2 | (exists c: cpu_t do off[c] & runs_new(c) end);
cover "an answer is of an attempt that is over"
  HURRY = 0 | LEADER = 0 | (old = LOADED & letter = STILL_RIGHT);
cover "the leader knows better"
  LEADER = 0 | (old = KICKED & !isundefined(took) & took = supplied & took = WRONG);

-- CPUs that no user can use because of the relief that is prepared.
function away_cpus(): 0 .. CPUS;
  var count: 0 .. CPUS;
begin
  count := 0;
  for c: cpu_t do
    if old != RELIEVED & view[c] != MINE & !off[c] then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "CPUs that users miss"
  away_cpus();
