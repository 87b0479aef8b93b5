-- A swap that the peers can be measured on: Models/hotswap.m without what only swapcheck and Rumur
-- read, small enough to be written a second time in Promela (swap.pml) and a third time in C
-- (swap_explorer.c), with the same states and the same transitions. One machine word holds a state:
-- 58 bits with 4 CPUs and 8 processes. While processes move, each is in one of five places,
-- whatever the others do, and one CPU is lent: 4 CPUs reach 4 * 5^PROCS states then, and 256 before
-- and after.
--
-- The only invariant is a loop over the CPUs. The twins check none, which favours them.

const
  CPUS: 4;
  PROCS: 8;

type
  cpu_t: 0 .. CPUS - 1;
  proc_t: 0 .. PROCS - 1;
  kernel_t: enum { OLD, NEW };

  old_t: enum { SERVING, HALTING, STARTED, ASSESSING, WILLING, MOVING, EXITING, ABORTING };
  new_t: enum { ABSENT, BOOTING, ASSESSING_SELF, OFFERING, RELIEVING, IN_CHARGE };

  -- What was said and not yet heard.
  said_to_old_t: enum { NOTHING, READY_TO_RELIEVE, NOT_READY, I_RELIEVE_YOU };
  said_to_new_t: enum { SILENCE, READY_TO_BE_RELIEVED, I_STAND_RELIEVED, SHUT_DOWN };

  exec_t: enum { RUNS_OLD, PARKED, WAITS, RUNS_NEW };
  view_t: enum { FOREIGN, MINE, HALTED, DUE };

  -- Stopped, on its way, and landed: the old kernel still has a copy. On the new: it has none.
  place_t: enum { ON_OLD, STOPPED, IN_FLIGHT, LANDED, ON_NEW };

var
  old: old_t;
  new: new_t;
  to_old: said_to_old_t;
  to_new: said_to_new_t;
  exec: array [cpu_t] of exec_t;
  view: array [kernel_t] of array [cpu_t] of view_t;
  place: array [proc_t] of place_t;

procedure start();
begin
  old := SERVING;
  new := ABSENT;
  to_old := NOTHING;
  to_new := SILENCE;
  for c: cpu_t do
    exec[c] := RUNS_OLD;
    view[OLD][c] := MINE;
    view[NEW][c] := FOREIGN;
  end;
  for p: proc_t do
    place[p] := ON_OLD;
  end;
end;

startstate "the old kernel serves"
begin
  start();
end;

-- A CPU is halted and starts the relieving kernel ---------------------------------------------

ruleset c: cpu_t do
  rule "old: halt a CPU"
    old = SERVING & view[OLD][c] = MINE
  ==>
  begin
    view[OLD][c] := HALTED;
    exec[c] := PARKED;
    old := HALTING;
  end;

  rule "old: INIT to the halted CPU"
    old = HALTING & view[OLD][c] = HALTED & exec[c] = PARKED
  ==>
  begin
    exec[c] := WAITS;
  end;

  rule "old: boot the relieving kernel"
    old = HALTING & view[OLD][c] = HALTED & exec[c] = WAITS
  ==>
  begin
    view[OLD][c] := DUE;
    exec[c] := RUNS_NEW;
    new := BOOTING;
    old := STARTED;
  end;

  rule "new: come up"
    new = BOOTING & exec[c] = RUNS_NEW
  ==>
  begin
    view[NEW][c] := MINE;
    new := ASSESSING_SELF;
  end;
end;

-- The four sentences --------------------------------------------------------------------------

rule "new: I am ready to relieve you"
  new = ASSESSING_SELF & to_old = NOTHING
==>
begin
  to_old := READY_TO_RELIEVE;
  new := OFFERING;
end;

rule "new: I am not ready"
  new = ASSESSING_SELF & to_old = NOTHING
==>
begin
  to_old := NOT_READY;
  new := OFFERING;
end;

rule "old: hear the offer"
  old = STARTED & to_old = READY_TO_RELIEVE
==>
begin
  to_old := NOTHING;
  old := ASSESSING;
end;

rule "old: I am ready to be relieved"
  old = ASSESSING & to_new = SILENCE
==>
begin
  to_new := READY_TO_BE_RELIEVED;
  old := WILLING;
end;

rule "new: I relieve you"
  new = OFFERING & to_new = READY_TO_BE_RELIEVED & to_old = NOTHING
==>
begin
  to_new := SILENCE;
  to_old := I_RELIEVE_YOU;
  for c: cpu_t do
    if view[NEW][c] = FOREIGN then
      view[NEW][c] := DUE;
    end;
  end;
  new := RELIEVING;
end;

rule "old: hear that it is relieved"
  old = WILLING & to_old = I_RELIEVE_YOU
==>
begin
  to_old := NOTHING;
  for c: cpu_t do
    if view[OLD][c] = DUE then
      view[OLD][c] := FOREIGN;
    end;
  end;
  old := MOVING;
end;

-- The abort -----------------------------------------------------------------------------------

rule "old: abort, the relief is not ready"
  old = STARTED & to_old = NOT_READY & to_new = SILENCE
==>
begin
  to_old := NOTHING;
  to_new := SHUT_DOWN;
  old := ABORTING;
end;

rule "old: abort, the relief is not fit"
  old = ASSESSING & to_new = SILENCE
==>
begin
  to_new := SHUT_DOWN;
  old := ABORTING;
end;

ruleset c: cpu_t do
  rule "new: shut down"
    new = OFFERING & to_new = SHUT_DOWN & view[NEW][c] = MINE
  ==>
  begin
    to_new := SILENCE;
    view[NEW][c] := FOREIGN;
    exec[c] := PARKED;
    new := ABSENT;
  end;

  rule "old: INIT to the lent CPU"
    old = ABORTING & view[OLD][c] = DUE & exec[c] = PARKED
  ==>
  begin
    exec[c] := WAITS;
    view[OLD][c] := HALTED;
  end;

  rule "old: take the CPU back"
    old = ABORTING & view[OLD][c] = HALTED & exec[c] = WAITS
  ==>
  begin
    exec[c] := RUNS_OLD;
    view[OLD][c] := MINE;
    old := SERVING;
  end;
end;

-- The processes move, many at a time ----------------------------------------------------------

ruleset p: proc_t do
  rule "old: stop a process"
    old = MOVING & place[p] = ON_OLD
  ==>
  begin
    place[p] := STOPPED;
  end;

  rule "old: resume a process"
    old = MOVING & place[p] = STOPPED
  ==>
  begin
    place[p] := ON_OLD;
  end;

  rule "old: send a process"
    old = MOVING & place[p] = STOPPED
  ==>
  begin
    place[p] := IN_FLIGHT;
  end;

  rule "new: take a process"
    new = RELIEVING & place[p] = IN_FLIGHT
  ==>
  begin
    place[p] := LANDED;
  end;

  rule "new: refuse a process"
    new = RELIEVING & place[p] = IN_FLIGHT
  ==>
  begin
    place[p] := STOPPED;
  end;

  rule "old: drop a process that landed"
    old = MOVING & place[p] = LANDED
  ==>
  begin
    place[p] := ON_NEW;
  end;
end;

rule "old: I stand relieved"
  old = MOVING & to_new = SILENCE & (forall p: proc_t do place[p] = ON_NEW end)
==>
begin
  to_new := I_STAND_RELIEVED;
  old := EXITING;
end;

rule "new: hear that the old kernel stands relieved"
  new = RELIEVING & to_new = I_STAND_RELIEVED
==>
begin
  to_new := SILENCE;
  new := IN_CHARGE;
end;

-- The old kernel exits, the new one assimilates its CPUs --------------------------------------

ruleset c: cpu_t do
  rule "old: exit from a CPU"
    old = EXITING & view[OLD][c] = MINE
  ==>
  begin
    view[OLD][c] := FOREIGN;
    exec[c] := PARKED;
  end;

  rule "new: INIT to a parked CPU"
    new = IN_CHARGE & view[NEW][c] = DUE & exec[c] = PARKED
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

rule "machine: the new kernel is the old one of the next swap"
  old = EXITING & new = IN_CHARGE & (forall c: cpu_t do view[NEW][c] = MINE end)
==>
begin
  start();
end;

invariant "no CPU is owned twice"
  forall c: cpu_t do !(view[OLD][c] = MINE & view[NEW][c] = MINE) end;
