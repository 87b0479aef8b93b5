-- Live Update Orchestrator, as proposed in 2025: one state machine for the whole machine.
--
-- An agent in user space prepares the subsystems that want to keep something across a kexec. The
-- reboot() call freezes them, the new kernel comes up in UPDATED, the agent reclaims what was kept
-- and finishes. docs/models.md says what is left out.
--
-- Sources: facts.md 6.2, which follows include/uapi/linux/liveupdate.h in the RFC series, v2
-- 05/16 of May 2025.
--
-- Belief and truth are separate variables. What LUO believes: state, event, told, bound. What is
-- so: what, kept, tree. History, read by no rule's guard: promised, lost.
--
-- Comments that begin with "Hole" settle what the RFC leaves open.
--
-- Expect: holds

const
  SUBS: 2;   -- subsystems with something to keep, at least 1

type
  sub_t:   scalarset(SUBS);

  -- facts.md 6.2: what GET_STATE answers. UNDEFINED is for a kernel without LUO.
  state_t: enum { NORMAL, PREPARED, FROZEN, UPDATED };

  -- facts.md 6.2: the event that is being sent to the subsystems, one after the other.
  event_t: enum { NO_EVENT, PREPARE, FREEZE, CANCEL, FINISH };

  -- The last that a subsystem was told, and agreed to.
  told_t:  enum { NOTHING, TO_PREPARE, TO_FREEZE };

  -- What a subsystem's resource really does. A SAVED one works, but may be restricted; a STILL one
  -- does not work: the blackout. HELD: the new kernel has its memory, and nobody has claimed it.
  what_t:  enum { WORKS, SAVED, STILL, HELD };

  -- The call of reboot(): asked for; past the freeze, on its way to the jump.
  call_t:  enum { NO_CALL, ASKED, GOING };

  boot_t:  enum { UP, BOOTING, PANICKED };

var
  -- Belief.
  state:    state_t;
  event:    event_t;
  told:     array [sub_t] of told_t;
  bound:    array [sub_t] of boolean;              -- is registered and takes part
  lock:     enum { NOBODY, AGENT, REBOOT };        -- who may send events
  call:     call_t;

  -- Truth.
  boot:     boot_t;
  what:     array [sub_t] of what_t;
  kept:     array [sub_t] of boolean;              -- its memory is marked to be preserved
  tree:     boolean;                               -- the handed-over tree has a LUO part

  -- History.
  promised: array [sub_t] of boolean;              -- reboot() goes on with this one frozen
  lost:     boolean;                               -- and yet it did not arrive

-- The new kernel starts with an empty machine, apart from what was handed over.
procedure start_afresh();
begin
  state := NORMAL;
  event := NO_EVENT;
  lock := NOBODY;
  call := NO_CALL;
  tree := false;
  for s: sub_t do
    told[s] := NOTHING;
    bound[s] := true;
    what[s] := WORKS;
    kept[s] := false;
    promised[s] := false;
  end;
end;

function stand_still(): 0 .. SUBS;
  var n: 0 .. SUBS;
begin
  n := 0;
  for s: sub_t do
    if what[s] = STILL | what[s] = HELD then
      n := n + 1;
    end;
  end;
  return n;
end;

startstate "nothing prepared"
begin
  start_afresh();
  boot := UP;
  lost := false;
end;

-- The agent's ioctls --------------------------------------------------------------------------

-- A call in a state where it is refused (-EINVAL), or whose wait for the lock is killed (-EAGAIN),
-- changes nothing and has no rule.
--
-- Hole: who excludes whom? One lock: an event is sent to all subsystems before the next one, and
-- reboot() keeps the lock from the freeze to the jump.

-- facts.md 6.2, PREPARE: NORMAL only.
rule "userspace: PREPARE"
  boot = UP & lock = NOBODY & state = NORMAL
==>
begin
  lock := AGENT;
  event := PREPARE;
end;

-- facts.md 6.2, CANCEL: PREPARED or FROZEN. FROZEN is seen here when reboot() failed later on.
rule "userspace: CANCEL"
  boot = UP & lock = NOBODY & (state = PREPARED | state = FROZEN)
==>
begin
  lock := AGENT;
  event := CANCEL;
end;

-- facts.md 6.2, FINISH: UPDATED only.
rule "userspace: FINISH"
  boot = UP & lock = NOBODY & state = UPDATED
==>
begin
  lock := AGENT;
  event := FINISH;
end;

ruleset s: sub_t do
  -- facts.md 6.2, UPDATED: what is not reclaimed before FINISH is discarded.
  rule "userspace: reclaim a resource"
    boot = UP & lock = NOBODY & state = UPDATED & what[s] = HELD
  ==>
  begin
    what[s] := WORKS;
  end;

  -- facts.md 6.2, semantics: no unbind from PREPARED on.
  rule "userspace: unbind a device"
    boot = UP & lock = NOBODY & state = NORMAL & bound[s]
  ==>
  begin
    bound[s] := false;
  end;

  -- facts.md 6.2, semantics. Hole: nor a bind, which would add one that was never prepared.
  rule "userspace: bind a device"
    boot = UP & lock = NOBODY & state = NORMAL & !bound[s]
  ==>
  begin
    bound[s] := true;
  end;
end;

-- facts.md 6.2, FREEZE: reboot() is where it comes from. Another task may call it, at any time.
rule "userspace: reboot()"
  boot = UP & call = NO_CALL
==>
begin
  call := ASKED;
end;

-- The subsystems' callbacks, one at a time ----------------------------------------------------

-- facts.md 6.2, events. Hole: the order of callbacks. Any, as subsystems are alike.
ruleset s: sub_t do
  rule "kernel: prepare a subsystem"
    event = PREPARE & bound[s] & told[s] = NOTHING
  ==>
  begin
    what[s] := SAVED;
    kept[s] := true;
    told[s] := TO_PREPARE;
  end;

  -- facts.md 6.2, PREPARE, on failure: CANCEL is sent to those that were prepared. The one that
  -- fails cleans up itself.
  rule "kernel: a subsystem fails to prepare"
    event = PREPARE & bound[s] & told[s] = NOTHING
  ==>
  begin
    event := CANCEL;
  end;

  -- facts.md 6.2, FREEZE: the blackout begins.
  rule "kernel: freeze a subsystem"
    event = FREEZE & told[s] = TO_PREPARE
  ==>
  begin
    what[s] := STILL;
    told[s] := TO_FREEZE;
  end;

  -- facts.md 6.2, FREEZE, on failure: automatic CANCEL, back to NORMAL, reboot() fails.
  rule "kernel: a subsystem fails to freeze"
    event = FREEZE & told[s] = TO_PREPARE
  ==>
  begin
    event := CANCEL;
  end;

  -- facts.md 6.2, CANCEL: callbacks must not fail.
  rule "kernel: cancel a subsystem"
    event = CANCEL & told[s] != NOTHING
  ==>
  begin
    what[s] := WORKS;
    kept[s] := false;
    told[s] := NOTHING;
  end;

  -- facts.md 6.2, FINISH: callbacks must not fail.
  rule "kernel: finish a subsystem"
    event = FINISH & told[s] != NOTHING
  ==>
  begin
    what[s] := WORKS;   -- a HELD one is discarded; the subsystem begins with a new one
    kept[s] := false;
    told[s] := NOTHING;
  end;
end;

-- facts.md 6.2, PREPARE (= kho_finalize).
rule "kernel: all are prepared"
  event = PREPARE & (forall s: sub_t do bound[s] -> told[s] = TO_PREPARE end)
==>
begin
  event := NO_EVENT;
  lock := NOBODY;
  tree := true;
  state := PREPARED;
end;

-- facts.md 6.2, CANCEL (= kho_abort).
rule "kernel: all are cancelled"
  event = CANCEL & (forall s: sub_t do told[s] = NOTHING end)
==>
begin
  if lock = REBOOT then
    call := NO_CALL;   -- reboot() returns an error
  end;
  event := NO_EVENT;
  lock := NOBODY;
  tree := false;
  state := NORMAL;
end;

-- facts.md 6.2, FINISH: to NORMAL.
rule "kernel: all are finished"
  event = FINISH & (forall s: sub_t do told[s] = NOTHING end)
==>
begin
  event := NO_EVENT;
  lock := NOBODY;
  tree := false;
  state := NORMAL;
end;

-- reboot() ------------------------------------------------------------------------------------

-- facts.md 6.2, FREEZE: sent by the kernel, inside reboot().
rule "kernel: FREEZE"
  call = ASKED & lock = NOBODY & state = PREPARED
==>
begin
  lock := REBOOT;
  event := FREEZE;
end;

-- facts.md 6.2, FREEZE: to FROZEN.
rule "kernel: all are frozen"
  event = FREEZE & (forall s: sub_t do told[s] != TO_PREPARE end)
==>
begin
  event := NO_EVENT;
  state := FROZEN;
  call := GOING;
  for s: sub_t do promised[s] := told[s] = TO_FREEZE; end;
end;

-- facts.md 4.4: an ordinary kexec, which keeps nothing. A task that calls reboot() just after a
-- CANCEL gets it.
rule "kernel: nothing is prepared, reboot all the same"
  call = ASKED & lock = NOBODY & state = NORMAL
==>
begin
  lock := REBOOT;
  call := GOING;
end;

-- facts.md 6.2, FREEZE. Hole: reboot() in UPDATED would drop what was not reclaimed, and in FROZEN
-- there is no event for it. Both are refused.
rule "kernel: refuse to reboot"
  call = ASKED & lock = NOBODY & (state = UPDATED | state = FROZEN)
==>
begin
  call := NO_CALL;
end;

-- Hole: what if reboot() fails after the freeze (facts.md 4.4 has such steps)? The state stays
-- FROZEN, and the agent has to cancel.
rule "kernel: reboot() fails after all"
  call = GOING
==>
begin
  call := NO_CALL;
  lock := NOBODY;
  for s: sub_t do promised[s] := false; end;
end;

-- facts.md 6.2, FROZEN - kexec. Only what is still, and marked, is there afterwards. What is HELD
-- from the update before is not.
rule "machine: jump into the new kernel"
  call = GOING
==>
begin
  for s: sub_t do
    if (promised[s] & !(what[s] = STILL & kept[s] & tree)) | what[s] = HELD then
      lost := true;
    end;
    what[s] := what[s] = STILL & kept[s] & tree ? HELD : WORKS;
    kept[s] := what[s] = HELD;
    promised[s] := false;
    told[s] := NOTHING;
    bound[s] := true;
  end;
  state := NORMAL;
  event := NO_EVENT;
  lock := NOBODY;
  call := NO_CALL;
  boot := BOOTING;
end;

-- The new kernel ------------------------------------------------------------------------------

-- facts.md 6.2: a LUO subtree is found and is compatible. What it lists is all that was kept.
rule "kernel: find the tree"
  boot = BOOTING & tree
==>
begin
  boot := UP;
  state := UPDATED;
  for s: sub_t do
    told[s] := what[s] = HELD ? TO_FREEZE : NOTHING;
    bound[s] := what[s] = HELD;
  end;
end;

-- facts.md 6.2: incompatible => panic. Everything is lost, but nobody can fail to notice.
rule "kernel: panic, the tree is incompatible"
  boot = BOOTING & tree
==>
begin
  boot := PANICKED;
end;

-- facts.md 6.2, panic. Hole: what follows. A cold start, with nothing kept.
rule "machine: power cycle"
  boot = PANICKED
==>
begin
  start_afresh();
  boot := UP;
end;

-- facts.md 6.2: no subtree => NORMAL. All memory is free.
rule "kernel: find no tree"
  boot = BOOTING & !tree
==>
begin
  lost := lost | exists s: sub_t do what[s] = HELD end;
  start_afresh();
  boot := UP;
end;

-- What must hold ------------------------------------------------------------------------------

-- Promised: reboot() went on after this subsystem was frozen.
invariant "no promised resource is lost in silence"
  !lost;

-- After a CANCEL, by whomever and at whatever point, and after a FINISH.
invariant "NORMAL means that nothing is left of an update"
  boot = UP & state = NORMAL & event = NO_EVENT ->
  !tree & forall s: sub_t do what[s] = WORKS & !kept[s] end;

invariant "all subsystems are in the state that LUO reports"
  boot = UP & event = NO_EVENT ->
  (forall s: sub_t do
      bound[s] ->
      (state = PREPARED -> what[s] = SAVED & kept[s])
      & (state = FROZEN -> what[s] = STILL & kept[s])
      & (state = UPDATED -> (what[s] = HELD | what[s] = WORKS) & kept[s])
    end);

liveness "every update can still end"
  boot = UP & state = NORMAL & event = NO_EVENT & call = NO_CALL;

cover "prepared"                               state = PREPARED;
cover "frozen"                                 state = FROZEN;
cover "updated, not yet reclaimed"
  state = UPDATED & exists s: sub_t do what[s] = HELD end;
cover "cancelled by the agent"                 event = CANCEL & lock = AGENT;
cover "cancelled because a freeze failed"      event = CANCEL & lock = REBOOT;
cover "reboot() fails after the freeze"        state = FROZEN & call = NO_CALL;
cover "an ordinary reboot"                     call = GOING & state = NORMAL;
cover "a reboot() waits for the agent's event" call = ASKED & lock = AGENT;
cover "panic"                                  boot = PANICKED;
cover "discarded at FINISH"
  event = FINISH & exists s: sub_t do what[s] = HELD end;
cover "reclaimed"
  state = UPDATED & exists s: sub_t do bound[s] & what[s] = WORKS end;
-- This one needs a second subsystem.
cover "some are prepared when another fails"
  SUBS = 1 | event = CANCEL & state = NORMAL & exists s: sub_t do what[s] = SAVED end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "resources that stand still"
  stand_still();
