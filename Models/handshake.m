-- The four sentences of the relief, over a channel that loses, delays and repeats them.
--
-- "I am ready to relieve you", "I am ready to be relieved", "I relieve you", "I stand relieved":
-- the proposal does not say what becomes of a sentence that is not heard. Here each may be lost,
-- come late, after sentences that were said later, or more than once, and each kernel says its own
-- again when time is up. Either assessment can fail, and what was assessed can change. What lies
-- between the sentences is the matter of hotswap.m.
--
-- Belief and truth are separate variables. What a kernel believes (old, new, id, commands, told,
-- lent) is read by its own rules only; what is so (exec, kind, extra) is the machine's.
--
-- Comments that begin with "Hole" settle what the proposal leaves open.
--
-- Expect: holds

const
  IDS:      2;   -- attempts that can be told apart, at least 1
  RELEASES: 2;   -- the x of 2.8.x

type
  id_t: 0 .. IDS - 1;

  -- Interchangeable, which says it all: any 2.8.x can be swapped for any other.
  release_t: scalarset(RELEASES);

  -- Roles, not machines: after a swap the new kernel is the old one of the next swap.
  kernel_t: enum { OLD, NEW };

  -- How a new kernel was configured.
  kind_t: enum {
    FULL,         -- a 2.8.x with all drivers
    BARE,         -- a 2.8.x without the driver of the extra device
    OTHER_SERIES  -- a kernel whose interfaces differ; it cannot know that itself
  };

  old_t: enum {
    SERVING,          -- no swap in progress
    STARTED,          -- the new kernel was started; waits for its offer
    ASSESSING,        -- second assessment
    READY_TO_GO,      -- says that it is ready to be relieved
    MOVING,           -- was relieved; moves the processes
    STANDS_RELIEVED,  -- says so until it is answered
    GONE,             -- its CPU has stopped
    ABORTING          -- tells the new kernel to shut down
  };

  new_t: enum {
    ABSENT,
    CHECKING_SELF,    -- first assessment
    UNFIT,            -- says that it is not ready
    OFFERING,         -- says that it is ready to relieve
    RELIEVING,        -- says that it relieves
    IN_CHARGE         -- has heard that the old kernel stands relieved
  };

  word_t: enum {
    -- To the old kernel; the offer, with what the new kernel says of itself, is apart.
    NOT_READY, I_RELIEVE_YOU, I_HAVE_IT,
    -- To the new one.
    READY_TO_BE_RELIEVED, I_STAND_RELIEVED, SHUT_DOWN
  };

var
  -- Belief.
  old:      old_t;
  new:      new_t;
  id:       array [kernel_t] of id_t;      -- the attempt; the new kernel is told as it is started
  commands: array [kernel_t] of boolean;   -- believes that the machine is its own to run
  told:     boolean;                       -- the new kernel's: that there is the extra device
  lent:     boolean;                       -- the old kernel's: the second CPU is not its own

  -- Truth.
  exec:     enum { RUNS_OLD, RUNS_NEW, PARKED };   -- the second CPU
  kind:     kind_t;                        -- of the new kernel
  release:  array [kernel_t] of release_t;
  extra:    boolean;                       -- the extra device is there

  -- The channel: what was said in an attempt and can still be heard. That it is a set leaves open
  -- in which order. The boxes are at fixed places, so that a new kernel finds what was said to an
  -- earlier one.
  offer:    array [kind_t] of array [id_t] of boolean;
  wire:     array [word_t] of array [id_t] of boolean;

function hears(k: kernel_t; w: word_t): boolean;
begin
  return wire[w][id[k]];
end;

procedure say(k: kernel_t; w: word_t);
begin
  wire[w][id[k]] := true;
end;

function next_id(): id_t;
begin
  return (id[OLD] + 1) % IDS;
end;

-- Is what the new kernel says of itself enough for the machine, as the old kernel knows it?
function is_enough(k: kind_t): boolean;
begin
  return k = FULL | (k = BARE & !extra);
end;

ruleset r: release_t do
  startstate "one kernel"
  begin
    old := SERVING;
    new := ABSENT;
    for k: kernel_t do
      id[k] := 0;
      commands[k] := k = OLD;
    end;
    release[OLD] := r;
    undefine release[NEW];
    told := false;
    lent := false;
    exec := RUNS_OLD;
    undefine kind;
    extra := false;
    for i: id_t do
      for k: kind_t do offer[k][i] := false; end;
      for w: word_t do wire[w][i] := false; end;
    end;
  end;
end;

-- The channel ---------------------------------------------------------------------------------

-- Whatever is heard can be heard again, until it is lost.
ruleset i: id_t do
  ruleset w: word_t do
    rule "channel: a sentence is lost"
      wire[w][i]
    ==>
    begin
      wire[w][i] := false;
    end;
  end;

  ruleset k: kind_t do
    rule "channel: an offer is lost"
      offer[k][i]
    ==>
    begin
      offer[k][i] := false;
    end;
  end;
end;

-- The machine ---------------------------------------------------------------------------------

-- Hole: what was assessed may change. Nothing is plugged in once the old kernel has said that it is
-- ready, until the swap is over.
rule "machine: the extra device is plugged in"
  !extra & (old = SERVING | old = STARTED | old = ASSESSING)
==>
begin
  extra := true;
end;

rule "machine: the extra device is pulled out"
  extra & (old = SERVING | old = STARTED | old = ASSESSING)
==>
begin
  extra := false;
end;

-- The start -----------------------------------------------------------------------------------

-- Hole: a sentence of an earlier attempt. Each attempt has a number, each sentence has its
-- attempt's, and a number is not used again while anything that was said with it may still come.
ruleset k: kind_t; r: release_t do
  rule "old: start the new kernel"
    old = SERVING
    & (forall w: word_t do !wire[w][next_id()] end)
    & (forall j: kind_t do !offer[j][next_id()] end)
  ==>
  begin
    id[OLD] := next_id();
    id[NEW] := id[OLD];
    kind := k;
    release[NEW] := r;
    told := extra;
    lent := true;
    exec := RUNS_NEW;
    new := CHECKING_SELF;
    old := STARTED;
  end;
end;

-- 1: I am ready to relieve you ----------------------------------------------------------------

rule "new: fit for the hardware"
  new = CHECKING_SELF & !(kind = BARE & told)
==>
begin
  new := OFFERING;
end;

rule "new: not fit for the hardware"
  new = CHECKING_SELF & kind = BARE & told
==>
begin
  new := UNFIT;
end;

rule "new: I am ready to relieve you"
  new = OFFERING
==>
begin
  offer[kind][id[NEW]] := true;
end;

rule "new: I am not ready"
  new = UNFIT
==>
begin
  say(NEW, NOT_READY);
end;

-- 2: I am ready to be relieved ----------------------------------------------------------------

rule "old: hear the offer"
  old = STARTED & (exists k: kind_t do offer[k][id[OLD]] end)
==>
begin
  old := ASSESSING;
end;

-- The double check is of the machine as it is now, not as it was when the new kernel was told.
ruleset k: kind_t do
  rule "old: the relief is fit"
    old = ASSESSING & offer[k][id[OLD]] & is_enough(k)
  ==>
  begin
    old := READY_TO_GO;
  end;

  rule "old: abort, the relief is not fit"
    old = ASSESSING & offer[k][id[OLD]] & !is_enough(k)
  ==>
  begin
    old := ABORTING;
  end;
end;

rule "old: I am ready to be relieved"
  old = READY_TO_GO
==>
begin
  say(OLD, READY_TO_BE_RELIEVED);
end;

-- 3: I relieve you ----------------------------------------------------------------------------

rule "new: hear that the old kernel is ready"
  new = OFFERING & hears(NEW, READY_TO_BE_RELIEVED)
==>
begin
  new := RELIEVING;
end;

-- Hole: from here on the new kernel does not give up of itself, because it cannot know whether it
-- was heard. It still obeys, because it commands nothing yet.
rule "new: I relieve you"
  new = RELIEVING
==>
begin
  say(NEW, I_RELIEVE_YOU);
end;

-- The point of no return: from here on the old kernel does not give up.
rule "old: hear that it is relieved"
  old = READY_TO_GO & hears(OLD, I_RELIEVE_YOU)
==>
begin
  old := MOVING;
end;

-- 4: I stand relieved -------------------------------------------------------------------------

rule "old: all processes have moved"
  old = MOVING
==>
begin
  commands[OLD] := false;
  old := STANDS_RELIEVED;
end;

rule "old: I stand relieved"
  old = STANDS_RELIEVED
==>
begin
  say(OLD, I_STAND_RELIEVED);
end;

rule "new: hear that the old kernel stands relieved"
  new = RELIEVING & hears(NEW, I_STAND_RELIEVED)
==>
begin
  commands[NEW] := true;
  new := IN_CHARGE;
end;

-- Hole: the last sentence can be lost as well. So it has an answer, given each time it is heard,
-- and the old kernel does not exit before.
rule "new: I have it"
  new = IN_CHARGE & hears(NEW, I_STAND_RELIEVED)
==>
begin
  say(NEW, I_HAVE_IT);
end;

rule "old: exit"
  old = STANDS_RELIEVED & hears(OLD, I_HAVE_IT)
==>
begin
  old := GONE;
end;

-- The new kernel sees the old one's CPU parked; see hotswap.m. No fact changes here, only the
-- names.
rule "machine: the new kernel is the old one of the next swap"
  old = GONE & new = IN_CHARGE
==>
begin
  release[OLD] := release[NEW];
  undefine release[NEW];
  undefine kind;
  commands[OLD] := commands[NEW];
  commands[NEW] := false;
  id[OLD] := id[NEW];
  told := false;
  lent := false;
  exec := RUNS_OLD;
  new := ABSENT;
  old := SERVING;
end;

-- The abort -----------------------------------------------------------------------------------

rule "old: abort, the relief is not ready"
  old = STARTED & hears(OLD, NOT_READY)
==>
begin
  old := ABORTING;
end;

-- Hole: how long to wait. Any time will do, as far as the point of no return: nothing has been
-- given away, and the new kernel is stopped before anything is taken back.
rule "old: time is up"
  old = STARTED | old = ASSESSING | old = READY_TO_GO
==>
begin
  old := ABORTING;
end;

rule "old: shut down"
  old = ABORTING
==>
begin
  say(OLD, SHUT_DOWN);
end;

rule "new: shut down"
  (new = CHECKING_SELF | new = UNFIT | new = OFFERING | new = RELIEVING) & hears(NEW, SHUT_DOWN)
==>
begin
  new := ABSENT;
  exec := PARKED;
end;

-- That the CPU is parked is seen, not heard.
rule "old: take the CPU back"
  old = ABORTING & exec = PARKED
==>
begin
  exec := RUNS_OLD;
  lent := false;
  undefine kind;
  undefine release[NEW];
  told := false;
  old := SERVING;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "at most one kernel commands"
  !(commands[OLD] & commands[NEW]);

-- Between the fourth sentence and its being heard nobody does, but then somebody is bound to.
invariant "command is never given to nobody"
  !commands[OLD] -> new = RELIEVING | new = IN_CHARGE;

invariant "no unfit kernel commands"
  commands[NEW] -> is_enough(kind);

-- A sentence is an answer to the one before, in the same attempt.
invariant "both kernels speak of the same attempt"
  (old = MOVING | old = STANDS_RELIEVED ->
    (new = RELIEVING | new = IN_CHARGE) & id[OLD] = id[NEW])
  & (old = GONE -> new = IN_CHARGE)
  & (new = RELIEVING -> old != SERVING & old != STARTED & old != ASSESSING)
  & (new = IN_CHARGE -> old = STANDS_RELIEVED | old = GONE);

invariant "the second CPU is taken back when it has stopped"
  !lent -> exec = RUNS_OLD & new = ABSENT;

-- From every state: so each swap can still end as well, this one or, after an abort, a later one.
liveness "a swap can still succeed"
  old = GONE & new = IN_CHARGE;

cover "the first assessment fails"
  new = UNFIT;
cover "the second assessment fails"
  old = ASSESSING & new = OFFERING & kind = BARE & extra;
cover "a kernel of another series offers itself"
  exists i: id_t do offer[OTHER_SERIES][i] end;
cover "a kernel that lacks nothing that is there relieves"
  commands[NEW] & kind = BARE;
cover "time is up after the new kernel has said that it relieves"
  old = ABORTING & hears(OLD, I_RELIEVE_YOU) & new = RELIEVING;
cover "nobody commands for a moment"
  !commands[OLD] & !commands[NEW];
cover "the last sentence comes again"
  old = GONE & hears(NEW, I_STAND_RELIEVED);
cover "a swap with another release"
  RELEASES = 1 | (old = GONE & release[OLD] != release[NEW]);
cover "a swap with the same release"
  old = GONE & release[OLD] = release[NEW];

-- These need a second number; with one, nothing is tried again before all is quiet.
cover "an earlier attempt's offer comes late"
  IDS = 1
  | (old = STARTED
    & (exists i: id_t do exists k: kind_t do i != id[OLD] & offer[k][i] end end));
cover "an earlier attempt's order to shut down comes late"
  IDS = 1
  | (new = RELIEVING & (exists i: id_t do i != id[NEW] & wire[SHUT_DOWN][i] end));

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
--
-- One, and nobody for as long as "I stand relieved" is on its way.
measure "kernels that command"
  (commands[OLD] ? 1 : 0) + (commands[NEW] ? 1 : 0);
