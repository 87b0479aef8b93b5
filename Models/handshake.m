-- The four sentences of the relief, over a channel that loses, delays and repeats them.
--
-- "I am ready to relieve you", "I am ready to be relieved", "I relieve you", "I stand relieved":
-- the proposal does not say what becomes of a sentence that is not heard. Here each may be lost,
-- come late, after sentences that were said later, or more than once, and each kernel says its own
-- again when time is up. Either assessment can fail, what was assessed can change, either kernel
-- can change its mind until the other counts on it, and either can hang. What lies between the
-- sentences is the matter of hotswap.m, whose runs, as far as one hears them (said), are runs of
-- this model.
--
-- Belief and truth are separate variables. What a kernel believes (old, new, id, commands, facts,
-- frozen) is read by its own rules only; what is so (exec, release, driver, extra, home, serves,
-- knows) is the machine's. No rule reads said. README.md beside the variants says what is assumed.
--
-- Comments that begin with "Hole" settle what the proposal leaves open.
--
-- Expect: holds

const
  IDS:      1;   -- attempts that can be told apart, at least 1
  RELEASES: 2;   -- the x of 2.8.x
  FAULTS:   0;   -- kernels that fall silent in one attempt
  SLOW:     1;   -- 1: who is silent may go on. 0: it hangs
  MINDS:    1;   -- 1: kernels may change their minds

  LATE:     1;   -- sentences of earlier attempts that may still come: a bound of the search

type
  id_t: 0 .. IDS - 1;

  -- Interchangeable: what differs is which of them understand each other (knows).
  release_t: scalarset(RELEASES);

  -- Roles, not machines: after a swap the new kernel is the old one of the next swap.
  kernel_t: enum { OLD, NEW };

  -- What the CPU really does that a kernel lives on. The new kernel's is the old one's second CPU
  -- before and after.
  exec_t: enum {
    WAITS,    -- for a start-up message
    HELPS,    -- executes the other kernel, as one of its CPUs
    RUNS,     -- executes its kernel
    SILENT,   -- shows no sign of life: its kernel hangs, or is only slow
    PARKED    -- was stopped by its kernel, in that kernel's text
  };

  old_t: enum {
    SERVING,          -- no swap in progress
    STARTED,          -- the new kernel was started; waits for its offer
    READY,            -- says that it is ready to be relieved
    MOVING,           -- was relieved; the processes move
    STANDS_RELIEVED,  -- says so until it is answered
    ABORTING,         -- tells the new kernel to shut down
    FORCING           -- has given it up, and stops it
  };

  new_t: enum {
    ABSENT,
    CHECKING_SELF,    -- first assessment
    UNFIT,            -- says that it is not ready
    OFFERING,         -- says that it is ready to relieve
    RELIEVING,        -- says that it relieves
    IN_CHARGE,        -- commands
    TAKING            -- has given the old kernel up, and stops it
  };

  word_t: enum {
    NOTHING,
    READY_TO_RELIEVE, NOT_READY, READY_TO_BE_RELIEVED, SHUT_DOWN, I_RELIEVE_YOU, I_STAND_RELIEVED,
    I_HAVE_IT   -- the answer to the last one, which the proposal does not have
  };

  -- What the new kernel says of itself when it offers to relieve.
  offer_t: record
    driver:  boolean;     -- I have the driver of the extra device
    release: release_t;   -- what I hand back is written as this release writes it
  end;

  -- What it is told as it is started.
  facts_t: record
    extra:   boolean;     -- there is the extra device
    release: release_t;   -- what you are given is written as this release writes it
  end;

var
  -- Belief.
  old:      old_t;
  new:      new_t;
  id:       array [kernel_t] of id_t;      -- the attempt; the new kernel is told as it is started
  commands: array [kernel_t] of boolean;   -- the machine is mine to run
  facts:    facts_t;                       -- the new kernel's
  frozen:   boolean;                       -- the old kernel has locked the slots for devices

  -- Truth.
  exec:     array [kernel_t] of exec_t;
  release:  array [kernel_t] of release_t;
  driver:   boolean;                       -- the new kernel has one for the extra device
  extra:    boolean;                       -- the extra device is there
  home:     enum { WITH_OLD, WITH_BOTH, WITH_NEW };   -- where the processes are
  serves:   release_t;                     -- whose release the processes were given to last
  faults:   0 .. FAULTS;

  -- What the releases are like: knows[r][v] if r understands what v writes. Never changes.
  knows:    array [release_t] of array [release_t] of boolean;

  -- The channel: what was said in an attempt and can still be heard. That it is a set leaves open
  -- in which order. The boxes are at fixed places, so that a new kernel finds what was said to an
  -- earlier one.
  wire:     array [word_t] of array [id_t] of boolean;
  offer:    array [id_t] of offer_t;       -- what READY_TO_RELIEVE says

  -- History: the sentence that was said last, by anybody, in this attempt.
  said:     word_t;

function works(k: kernel_t): boolean;
begin
  return exec[k] = RUNS;
end;

function hears(k: kernel_t; w: word_t): boolean;
begin
  return wire[w][id[k]];
end;

function has_relieved(): boolean;
begin
  return new = RELIEVING | new = IN_CHARGE | new = TAKING;
end;

-- What a kernel does, it does on a CPU that executes it.
procedure old_is(s: old_t);
begin
  assert "the old kernel executes" works(OLD);
  old := s;
end;

procedure new_is(s: new_t);
begin
  assert "the new kernel executes" works(NEW);
  new := s;
end;

procedure say(k: kernel_t; w: word_t);
begin
  assert "who speaks executes" works(k);
  wire[w][id[k]] := true;
  if w != I_HAVE_IT then   -- which is an answer, and none of the sentences
    said := w;
  end;
end;

-- INIT stops a CPU whatever it does.
procedure send_init(c: kernel_t);
begin
  assert "who works is stopped only when it was given up"
    exec[c] != RUNS | old = FORCING | new = TAKING;
  exec[c] := WAITS;
end;

-- A start-up message to a CPU that does not wait for it is lost.
procedure start_up(c: kernel_t; k: kernel_t);
begin
  assert "a start-up message reaches a CPU that waits for it" exec[c] = WAITS;
  exec[c] := c = k ? RUNS : HELPS;
end;

procedure park(k: kernel_t);
begin
  assert "a kernel stops itself only on a CPU that executes it" exec[k] = RUNS;
  exec[k] := PARKED;
end;

procedure unpark(k: kernel_t);
begin
  assert "only a parked CPU comes back by itself" exec[k] = PARKED;
  exec[k] := RUNS;
end;

function other(k: kernel_t): kernel_t;
begin
  return k = OLD ? NEW : OLD;
end;

-- Processes come to k, as the other kernel has written them, or as it left them in its memory.
procedure come(k: kernel_t);
begin
  assert "processes are given by who executes, or taken from who was stopped"
    works(k) & (works(other(k)) | exec[other(k)] = WAITS);
  assert "a kernel understands what is handed over to it"
    knows[release[k]][release[other(k)]];
  serves := release[k];
end;

function next_id(): id_t;
begin
  return (id[OLD] + 1) % IDS;
end;

-- The new kernel is forgotten, with what it was told and what it believed.
procedure forget_relief();
begin
  new := ABSENT;
  commands[NEW] := false;
  undefine facts;
  undefine driver;
  undefine release[NEW];
  frozen := false;
  faults := 0;
  old := SERVING;
end;

-- Whatever the releases are like: the first and another one may understand each other, one the
-- other, or neither.
ruleset r: release_t; ahead: boolean; back: boolean do
  startstate "one kernel"
  begin
    for a: release_t do
      for b: release_t do
        knows[a][b] := a = b | (a = r ? back : (b = r ? ahead : true));
      end;
    end;
    for k: kernel_t do
      id[k] := 0;
      commands[k] := k = OLD;
      exec[k] := k = OLD ? RUNS : HELPS;
    end;
    release[OLD] := r;
    serves := r;
    home := WITH_OLD;
    extra := false;
    for i: id_t do
      for w: word_t do wire[w][i] := false; end;
      undefine offer[i];
    end;
    said := NOTHING;
    forget_relief();
  end;
end;

-- The channel ---------------------------------------------------------------------------------

-- Whatever is heard can be heard again, until it is lost.
ruleset w: word_t; i: id_t do
  rule "channel: a sentence is lost"
    wire[w][i]
  ==>
  begin
    wire[w][i] := false;
    if w = READY_TO_RELIEVE then
      undefine offer[i];
    end;
  end;
end;

-- The machine ---------------------------------------------------------------------------------

rule "user: plug the extra device in"
  !frozen
==>
begin
  extra := true;
end;

rule "user: pull the extra device out"
begin
  extra := false;
end;

-- While there are two kernels; otherwise it has nothing to do with the swap. That the old one hangs
-- before it is relieved is as bad as without a swap, too; abort.m has it.
ruleset k: kernel_t do
  rule "machine: a kernel falls silent"
    faults < FAULTS
    & works(k)
    & exec[other(k)] != WAITS
    & exec[other(k)] != HELPS
    & (SLOW = 1 | k = NEW | has_relieved())
  ==>
  begin
    faults := faults + 1;
    exec[k] := SILENT;
  end;

  -- It was only slow.
  rule "machine: a silent kernel goes on"
    SLOW = 1 & exec[k] = SILENT
  ==>
  begin
    exec[k] := RUNS;
  end;
end;

-- The start -----------------------------------------------------------------------------------

-- Hole: a sentence of an earlier attempt. Each attempt has a number, each sentence has its
-- attempt's, and a number is not used again while anything that was said with it may still come.
ruleset d: boolean; r: release_t do
  rule "old: start the new kernel"
    works(OLD) & old = SERVING & (forall w: word_t do !wire[w][next_id()] end)
  ==>
  begin
    id[OLD] := next_id();
    id[NEW] := id[OLD];
    said := NOTHING;
    release[NEW] := r;
    driver := d;
    facts.extra := extra;
    facts.release := release[OLD];
    send_init(NEW);
    start_up(NEW, NEW);
    new_is(CHECKING_SELF);
    old_is(STARTED);
  end;
end;

-- 1: I am ready to relieve you ----------------------------------------------------------------

-- The first assessment is of what the new kernel was told: the devices as they were then, and how
-- that what it will be given is written.
function is_fit(): boolean;
begin
  return (facts.extra -> driver) & knows[release[NEW]][facts.release];
end;

rule "new: fit for what it was told"
  works(NEW) & new = CHECKING_SELF & is_fit()
==>
begin
  new_is(OFFERING);
end;

rule "new: not fit for what it was told"
  works(NEW) & new = CHECKING_SELF & !is_fit()
==>
begin
  new_is(UNFIT);
end;

rule "new: I am ready to relieve you"
  works(NEW) & new = OFFERING
==>
begin
  offer[id[NEW]].driver := driver;
  offer[id[NEW]].release := release[NEW];
  say(NEW, READY_TO_RELIEVE);
end;

-- It may change its mind until it has said that it relieves.
rule "new: change its mind"
  MINDS = 1 & works(NEW) & new = OFFERING
==>
begin
  new_is(UNFIT);
end;

rule "new: I am not ready"
  works(NEW) & new = UNFIT
==>
begin
  say(NEW, NOT_READY);
end;

-- 2: I am ready to be relieved ----------------------------------------------------------------

-- The second assessment is of what the offer says: for the machine as it is now, not as it was when
-- the new kernel was told, and for the way back. Should the new kernel hang as processes have moved,
-- the old one has to understand what it finds in its memory.
function is_enough(): boolean;
begin
  return (extra -> offer[id[OLD]].driver) & knows[release[OLD]][offer[id[OLD]].release];
end;

-- Hole: what was assessed may change. Nothing is plugged in from here on, until the swap is over.
rule "old: the relief is fit"
  works(OLD) & old = STARTED & hears(OLD, READY_TO_RELIEVE) & is_enough()
==>
begin
  frozen := true;
  old_is(READY);
end;

rule "old: abort, the relief is not fit"
  works(OLD) & old = STARTED & hears(OLD, READY_TO_RELIEVE) & !is_enough()
==>
begin
  old_is(ABORTING);
end;

rule "old: I am ready to be relieved"
  works(OLD) & old = READY
==>
begin
  say(OLD, READY_TO_BE_RELIEVED);
end;

-- 3: I relieve you ----------------------------------------------------------------------------

-- The new kernel's point of no return: it cannot know whether it was heard.
rule "new: hear that the old kernel is ready"
  works(NEW) & new = OFFERING & hears(NEW, READY_TO_BE_RELIEVED)
==>
begin
  new_is(RELIEVING);
end;

rule "new: I relieve you"
  works(NEW) & new = RELIEVING
==>
begin
  say(NEW, I_RELIEVE_YOU);
end;

rule "old: hear that it is relieved"
  works(OLD) & old = READY & hears(OLD, I_RELIEVE_YOU)
==>
begin
  old_is(MOVING);
end;

-- 4: I stand relieved -------------------------------------------------------------------------

rule "old: a part of the processes moves"
  works(OLD) & works(NEW) & old = MOVING & home != WITH_NEW
==>
begin
  come(NEW);
  home := home = WITH_OLD ? WITH_BOTH : WITH_NEW;
end;

rule "old: all processes have moved"
  works(OLD) & old = MOVING & home = WITH_NEW
==>
begin
  commands[OLD] := false;
  old_is(STANDS_RELIEVED);
end;

rule "old: I stand relieved"
  works(OLD) & old = STANDS_RELIEVED
==>
begin
  say(OLD, I_STAND_RELIEVED);
end;

rule "new: hear that the old kernel stands relieved"
  works(NEW) & new = RELIEVING & hears(NEW, I_STAND_RELIEVED)
==>
begin
  commands[NEW] := true;
  new_is(IN_CHARGE);
end;

-- Hole: the last sentence can be lost as well. So it has an answer, and the old kernel does not exit
-- before. In hotswap.m the answer is what the new kernel does.
rule "new: I have it"
  works(NEW) & new = IN_CHARGE
==>
begin
  say(NEW, I_HAVE_IT);
end;

rule "old: exit"
  works(OLD) & old = STANDS_RELIEVED & hears(OLD, I_HAVE_IT)
==>
begin
  park(OLD);
end;

-- Hole: "now the old kernel can exit", and the new one may hang before that is noticed. Until INIT
-- the old one is parked in its own text, where it watches whether the new one goes on.
rule "old: come back"
  exec[OLD] = PARKED & exec[NEW] = SILENT
==>
begin
  unpark(OLD);
end;

-- That the old kernel has stopped is seen, not heard: its CPU is parked, and then INIT stops it for
-- good.
rule "new: INIT to the old kernel's CPU"
  works(NEW) & ((new = IN_CHARGE & exec[OLD] = PARKED) | new = TAKING)
==>
begin
  send_init(OLD);
  new_is(TAKING);
end;

-- All that is still there comes with it.
rule "new: take the old kernel's CPU"
  works(NEW) & new = TAKING & exec[OLD] = WAITS
==>
begin
  if home != WITH_NEW then
    come(NEW);
    home := WITH_NEW;
  end;
  start_up(OLD, NEW);
  commands[NEW] := true;
  new_is(IN_CHARGE);
end;

-- No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next swap"
  exec[OLD] = HELPS
==>
begin
  assert "only names change" works(NEW) & home = WITH_NEW & commands[NEW] & release[NEW] = serves;
  release[OLD] := release[NEW];
  exec[OLD] := RUNS;
  exec[NEW] := HELPS;
  home := WITH_OLD;
  commands[OLD] := true;
  forget_relief();
end;

-- The abort -----------------------------------------------------------------------------------

-- The old kernel may change its mind until it has said that it is ready. From then on it goes back
-- only if the new one has not relieved it, and will not.
rule "old: change its mind"
  MINDS = 1 & works(OLD) & old = STARTED
==>
begin
  old_is(ABORTING);
end;

rule "old: abort, the relief is not ready"
  works(OLD) & (old = STARTED | old = READY) & hears(OLD, NOT_READY)
==>
begin
  old_is(ABORTING);
end;

rule "old: shut down"
  works(OLD) & (old = ABORTING | old = FORCING)
==>
begin
  say(OLD, SHUT_DOWN);
end;

rule "new: shut down"
  works(NEW) & !has_relieved() & hears(NEW, SHUT_DOWN)
==>
begin
  park(NEW);
end;

rule "old: INIT to the new kernel's CPU"
  works(OLD) & ((old = ABORTING & exec[NEW] = PARKED) | old = FORCING)
==>
begin
  send_init(NEW);
  old_is(FORCING);
end;

-- All that has gone comes back with it.
rule "old: take the CPU back"
  works(OLD) & old = FORCING & exec[NEW] = WAITS
==>
begin
  if home != WITH_OLD then
    come(OLD);
    home := WITH_OLD;
  end;
  start_up(NEW, OLD);
  commands[OLD] := true;
  forget_relief();
end;

-- A kernel is given up ------------------------------------------------------------------------

-- Hole: how long to wait. While the other kernel shows signs of life (a counter in common memory
-- that it goes on with), for ever. One that shows none may hang or be slow, so it is stopped
-- before anything is taken from it; and if it goes on in time, it may stop the other as well.
rule "old: give the new kernel up"
  works(OLD) & exec[NEW] = SILENT
==>
begin
  old_is(FORCING);
end;

-- Only after it has said "I relieve you".
rule "new: give the old kernel up"
  works(NEW) & exec[OLD] = SILENT & has_relieved()
==>
begin
  new_is(TAKING);
end;

-- What is looked at -------------------------------------------------------------------------

-- Any sentence can be lost at any time, so that there may always be fewer.
function late(): 0 .. 7 * IDS;
  var count: 0 .. 7 * IDS;
begin
  count := 0;
  for w: word_t do
    for i: id_t do
      if wire[w][i] & i != id[OLD] then
        count := count + 1;
      end;
    end;
  end;
  return count;
end;

assume "few sentences of earlier attempts may still come"
  old = SERVING | late() <= LATE;

-- What must hold ------------------------------------------------------------------------------

function in_command(k: kernel_t): boolean;
begin
  return commands[k] & (exec[k] = RUNS | exec[k] = SILENT);
end;

invariant "at most one kernel commands"
  !(in_command(OLD) & in_command(NEW));

-- Between the fourth sentence and its being heard nobody does, but then somebody is bound to.
invariant "command is never given to nobody"
  in_command(OLD) | in_command(NEW)
  | (old = STANDS_RELIEVED & exec[OLD] != PARKED & new = RELIEVING)
  | old = FORCING
  | new = TAKING;

-- Of what the machine is like, not of what was said of it.
invariant "who has processes drives what is there"
  home != WITH_OLD & extra -> driver;

invariant "processes do not move where there is no way back"
  home != WITH_OLD -> knows[release[OLD]][release[NEW]];

invariant "the machine runs the release that its processes were given to"
  home = WITH_OLD -> serves = release[OLD];

invariant "a kernel that has processes does not stop itself"
  (exec[OLD] = PARKED -> home = WITH_NEW) & (exec[NEW] = PARKED -> home = WITH_OLD);

-- It spares the machine a try.
invariant "no kernel offers itself that knows better"
  new != ABSENT & wire[READY_TO_RELIEVE][id[NEW]] ->
  (facts.extra -> driver) & knows[release[NEW]][release[OLD]];

invariant "who lacks nothing is not refused, unless somebody changes his mind"
  MINDS = 0 & (new = UNFIT | old = ABORTING) ->
  !driver | !knows[release[NEW]][release[OLD]] | !knows[release[OLD]][release[NEW]];

invariant "an offer is heard as it was said, or not at all"
  forall i: id_t do
    (wire[READY_TO_RELIEVE][i] | isundefined(offer[i].driver))
    & (wire[READY_TO_RELIEVE][i] & i = id[NEW] & new != ABSENT ->
      offer[i].driver = driver & offer[i].release = release[NEW])
  end;

invariant "what is heard was said in this attempt"
  said != I_HAVE_IT
  & (old = STARTED & new = CHECKING_SELF -> said = NOTHING)
  & (said = NOTHING -> forall w: word_t do !wire[w][id[OLD]] end);

invariant "only who was silent is given up"
  faults = 0 ->
  (old = FORCING -> exec[NEW] = WAITS) & (new = TAKING -> exec[OLD] = WAITS);

-- A sentence is an answer to the one before, in the same attempt.
invariant "both kernels speak of the same attempt"
  (old = MOVING | old = STANDS_RELIEVED ->
    (new = RELIEVING | new = IN_CHARGE | new = TAKING) & id[OLD] = id[NEW])
  & (new = RELIEVING -> old != SERVING & old != STARTED)
  & (new = IN_CHARGE -> old = STANDS_RELIEVED | old = FORCING | exec[OLD] = HELPS);

invariant "nobody changes its mind when the other counts on it"
  (old = ABORTING -> new = CHECKING_SELF | new = UNFIT | new = OFFERING)
  & (new = UNFIT -> old != MOVING & old != STANDS_RELIEVED);

invariant "one kernel, and nothing is left of another"
  old = SERVING ->
  exec[OLD] != PARKED & exec[OLD] != WAITS
  & exec[NEW] = HELPS
  & home = WITH_OLD
  & commands[OLD]
  & new = ABSENT
  & !frozen
  & isundefined(release[NEW])
  & isundefined(driver)
  & isundefined(facts.extra);

-- From every state: this one or, after an abort, a later one.
liveness "a swap can still succeed"
  new = IN_CHARGE & exec[OLD] = HELPS;

liveness "every swap can still end"
  old = SERVING;

cover "the first assessment fails for a device"
  new = UNFIT & facts.extra & !driver;
cover "the first assessment fails for what it would not understand"
  RELEASES = 1 | (new = UNFIT & !knows[release[NEW]][facts.release]);
cover "the second assessment fails for a device that came later"
  old = STARTED & new = OFFERING & extra & !facts.extra & !driver;
cover "the second assessment fails, because there is no way back"
  RELEASES = 1 | (old = STARTED & new = OFFERING & !knows[release[OLD]][release[NEW]]);
cover "a device goes that the new kernel was told of"
  new = OFFERING & facts.extra & !extra;
cover "a kernel that lacks nothing that is there relieves"
  in_command(NEW) & !driver;
cover "a kernel relieves with the device"
  in_command(NEW) & extra;
cover "there are processes on both sides"
  home = WITH_BOTH;
cover "nobody commands for a moment"
  !in_command(OLD) & !in_command(NEW) & works(OLD) & works(NEW);
cover "the last sentence comes again"
  exec[OLD] = PARKED & hears(NEW, I_STAND_RELIEVED);
cover "a swap with another release"
  RELEASES = 1 | (in_command(NEW) & release[OLD] != release[NEW]);
cover "a swap with the same release"
  in_command(NEW) & release[OLD] = release[NEW];

-- These need minds that can be changed.
cover "the new kernel changes its mind when the old one is ready"
  MINDS = 0 | (new = UNFIT & old = READY);
cover "the old kernel changes its mind when it has heard nothing"
  MINDS = 0 | (old = ABORTING & new = CHECKING_SELF);

-- These need a second number; with one, nothing is tried again before all is quiet.
cover "an earlier attempt's offer comes late"
  IDS = 1
  | (old = STARTED & (exists i: id_t do i != id[OLD] & wire[READY_TO_RELIEVE][i] end));
cover "an earlier attempt's order to shut down comes late"
  IDS = 1
  | (new = RELIEVING & (exists i: id_t do i != id[NEW] & wire[SHUT_DOWN][i] end));

-- These need a kernel that falls silent.
cover "it is told to shut down, and does not"
  FAULTS = 0 | SLOW = 0 | (new = RELIEVING & hears(NEW, SHUT_DOWN));
cover "everything rolls back after the processes have moved"
  FAULTS = 0 | (old = FORCING & exec[NEW] = WAITS & home = WITH_NEW);
cover "everything completes before the processes have moved"
  FAULTS = 0 | (new = TAKING & exec[OLD] = WAITS & home = WITH_OLD);
cover "the new kernel goes on after it was given up"
  FAULTS = 0 | SLOW = 0 | (works(NEW) & old = FORCING);
cover "the old kernel goes on after it was given up"
  FAULTS = 0 | SLOW = 0 | (works(OLD) & new = TAKING);
cover "the old kernel comes back although it has exited"
  FAULTS = 0 | (old = FORCING & new = IN_CHARGE & exec[NEW] = WAITS);
cover "each has given the other up"
  FAULTS < 2 | (old = FORCING & new = TAKING & works(OLD) & works(NEW));

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
--
-- One, and nobody for as long as "I stand relieved" is on its way.
measure "kernels that command"
  (in_command(OLD) ? 1 : 0) + (in_command(NEW) ? 1 : 0);
