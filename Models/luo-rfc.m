-- Live Update Orchestrator, as proposed in 2025: one state machine for the whole machine.
--
-- An agent in user space prepares the subsystems that want to keep something across a kexec. The
-- reboot() call freezes them, the new kernel comes up in UPDATED, the agent reclaims what was kept
-- and finishes. Models/luo-rfc/README.md says what is left out. The code was never merged, so rules
-- name no functions.
--
-- Sources: facts.md 6.2, which follows include/uapi/linux/liveupdate.h in the RFC series, v2
-- 05/16 of May 2025.
--
-- Belief and truth are separate variables. What LUO believes: state, event, told, bound, lock,
-- call. What is so: what, kept, tree. History, which the agent writes and no guard reads: due.
--
-- Comments that begin with "Hole" settle what the RFC leaves open.
--
-- Expect: holds

const
  SUBS: 2;   -- subsystems with something to keep, at least 1

type
  sub_t:   scalarset(SUBS);

  -- facts.md 6.2: what GET_STATE answers. UNDEFINED is for a kernel without LUO. Nobody can ask in
  -- the last two.
  state_t: enum { NORMAL, PREPARED, FROZEN, UPDATED, BOOTING, PANICKED };

  -- facts.md 6.2: the event that is being sent to the subsystems, one after the other.
  event_t: enum { NO_EVENT, PREPARE, FREEZE, CANCEL, FINISH };

  -- The last that a subsystem was told, and agreed to.
  told_t:  enum { NOTHING, TO_PREPARE, TO_FREEZE };

  -- What a subsystem's resource really does. A SAVED one works, but may be restricted; a STILL one
  -- does not work: the blackout. HELD: the new kernel has its memory, and nobody has claimed it.
  what_t:  enum { WORKS, SAVED, STILL, HELD };

  -- The call of reboot(): asked for; has the lock, to freeze; past the freeze, on its way to the
  -- jump.
  call_t:  enum { NO_CALL, ASKED, INSIDE, GOING };

var
  -- Belief.
  state:    state_t;
  event:    event_t;
  told:     array [sub_t] of told_t;
  bound:    array [sub_t] of boolean;              -- is registered and takes part
  lock:     enum { NOBODY, AGENT, REBOOT };        -- who may send events
  call:     call_t;

  -- Truth.
  what:     array [sub_t] of what_t;
  kept:     array [sub_t] of boolean;              -- its memory is marked to be preserved
  tree:     boolean;                               -- what is handed over has a LUO part

  -- History.
  due:      array [sub_t] of boolean;              -- was prepared, and the agent counts on it

function all_are_told(t: told_t): boolean;
begin
  return forall s: sub_t do told[s] = t end;
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

-- History: the agent counts on nothing any more.
procedure let_go_of_all();
begin
  for s: sub_t do due[s] := false; end;
end;

-- Off and on: nothing is kept.
procedure start_cold();
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
  end;
  let_go_of_all();
end;

startstate "nothing prepared"
begin
  start_cold();
end;

-- The agent's ioctls --------------------------------------------------------------------------

-- A call in a state where it is refused (-EINVAL), or whose wait for the lock is killed (-EAGAIN),
-- changes nothing and has no rule.
--
-- Hole: who excludes whom? One lock: an event is sent to all subsystems before the next one, and
-- reboot() keeps the lock from the freeze to the jump.

procedure begin_event(e: event_t);
begin
  assert "a lock has one holder" lock = NOBODY;
  lock := AGENT;
  event := e;
end;

-- facts.md 6.2, PREPARE: NORMAL only.
rule "userspace: PREPARE"
  lock = NOBODY & state = NORMAL
==>
begin
  begin_event(PREPARE);
end;

-- facts.md 6.2, CANCEL: PREPARED or FROZEN. FROZEN is seen here when reboot() failed later on. What
-- has come from the kernel before cannot be cancelled, and is counted on.
rule "userspace: CANCEL"
  lock = NOBODY & (state = PREPARED | state = FROZEN)
==>
begin
  for s: sub_t do
    if what[s] != HELD then
      due[s] := false;
    end;
  end;
  begin_event(CANCEL);
end;

-- facts.md 6.2, FINISH: UPDATED only. What is not reclaimed by then is discarded.
rule "userspace: FINISH"
  lock = NOBODY & state = UPDATED
==>
begin
  let_go_of_all();
  begin_event(FINISH);
end;

ruleset s: sub_t do
  -- facts.md 6.2, UPDATED: what is not reclaimed before FINISH is discarded.
  rule "userspace: reclaim a resource"
    lock = NOBODY & state = UPDATED & what[s] = HELD
  ==>
  begin
    assert "a resource is reclaimed by who counts on it" due[s];
    due[s] := false;
    what[s] := WORKS;
  end;

  -- facts.md 6.2, semantics: no unbind from PREPARED on. Hole: nor a bind, which would add one that
  -- was never prepared. The next kernel binds what was bound.
  rule "userspace: bind or unbind a device"
    lock = NOBODY & state = NORMAL
  ==>
  begin
    bound[s] := !bound[s];
  end;
end;

-- facts.md 6.2, FREEZE: reboot() is where it comes from. Another task may call it, at any time.
rule "userspace: reboot()"
  state != BOOTING & state != PANICKED & call = NO_CALL
==>
begin
  call := ASKED;
end;

-- The subsystems' callbacks, one at a time ----------------------------------------------------

-- facts.md 6.2, events. Hole: the order of callbacks. Any, as subsystems are alike. What a callback
-- may count on is asserted.
ruleset s: sub_t do
  rule "kernel: prepare a subsystem"
    event = PREPARE & bound[s] & told[s] = NOTHING
  ==>
  begin
    assert "what is prepared works" what[s] = WORKS;
    what[s] := SAVED;
    kept[s] := true;
    told[s] := TO_PREPARE;
  end;

  -- facts.md 6.2, FREEZE: the blackout begins.
  rule "kernel: freeze a subsystem"
    event = FREEZE & told[s] = TO_PREPARE
  ==>
  begin
    assert "what is frozen was prepared" what[s] = SAVED;
    what[s] := STILL;
    told[s] := TO_FREEZE;
  end;

  -- facts.md 6.2, CANCEL: callbacks must not fail.
  rule "kernel: cancel a subsystem"
    event = CANCEL & told[s] != NOTHING
  ==>
  begin
    assert "what is cancelled was prepared in this kernel" what[s] = SAVED | what[s] = STILL;
    what[s] := WORKS;
    kept[s] := false;
    told[s] := NOTHING;
  end;

  -- facts.md 6.2, FINISH: callbacks must not fail.
  rule "kernel: finish a subsystem"
    event = FINISH & told[s] != NOTHING
  ==>
  begin
    assert "what is finished came from the kernel before" kept[s] & what[s] != SAVED;
    what[s] := WORKS;   -- a HELD one is discarded; the subsystem begins with a new one
    kept[s] := false;
    told[s] := NOTHING;
  end;
end;

-- facts.md 6.2, PREPARE, on failure: CANCEL is sent to those that were prepared. The one that fails
-- cleans up itself; kho_finalize may fail, too.
rule "kernel: a subsystem fails to prepare"
  event = PREPARE
==>
begin
  event := CANCEL;
end;

-- facts.md 6.2, FREEZE, on failure: automatic CANCEL, back to NORMAL, reboot() fails. The agent
-- hears of it when it asks for the state.
rule "kernel: a subsystem fails to freeze"
  event = FREEZE
==>
begin
  let_go_of_all();
  event := CANCEL;
end;

-- The event has been sent to all.
procedure end_event(s: state_t);
begin
  event := NO_EVENT;
  lock := NOBODY;
  tree := s != NORMAL;
  state := s;
end;

-- reboot() returns an error.
procedure return_from_reboot();
begin
  assert "who returns is inside" call = INSIDE | call = GOING;
  call := NO_CALL;
  lock := NOBODY;
end;

-- facts.md 6.2, PREPARE (= kho_finalize).
rule "kernel: all are prepared"
  event = PREPARE & (forall s: sub_t do bound[s] -> told[s] = TO_PREPARE end)
==>
begin
  for s: sub_t do due[s] := bound[s]; end;
  end_event(PREPARED);
end;

-- facts.md 6.2, CANCEL (= kho_abort).
rule "kernel: all are cancelled"
  event = CANCEL & all_are_told(NOTHING)
==>
begin
  if lock = REBOOT then
    return_from_reboot();
  end;
  end_event(NORMAL);
end;

-- facts.md 6.2, FINISH: to NORMAL.
rule "kernel: all are finished"
  event = FINISH & all_are_told(NOTHING)
==>
begin
  end_event(NORMAL);
end;

-- reboot() ------------------------------------------------------------------------------------

-- facts.md 6.2, FREEZE: sent by the kernel, inside reboot(). In NORMAL it is an ordinary kexec
-- (facts.md 4.4), which keeps nothing: a task that calls reboot() just after a CANCEL gets it.
-- Hole: reboot() in UPDATED would drop what was not reclaimed, and in FROZEN there is no event for
-- it. Both are refused.
rule "kernel: reboot() has the lock"
  call = ASKED & lock = NOBODY
==>
begin
  lock := REBOOT;
  call := INSIDE;
  if state = PREPARED then
    event := FREEZE;
  elsif state = NORMAL then
    call := GOING;
  else
    return_from_reboot();
  end;
end;

-- facts.md 6.2, FREEZE: to FROZEN.
rule "kernel: all are frozen"
  event = FREEZE & (forall s: sub_t do told[s] != TO_PREPARE end)
==>
begin
  event := NO_EVENT;
  state := FROZEN;
  call := GOING;
end;

-- Hole: what if reboot() fails after the freeze (facts.md 4.4 has such steps)? The state stays
-- FROZEN, and the agent has to cancel.
rule "kernel: reboot() fails after all"
  call = GOING
==>
begin
  return_from_reboot();
end;

-- facts.md 6.2, FROZEN - kexec. All memory is new but what was marked, and only what stood still is
-- whole. What is HELD from the update before is not marked again.
rule "machine: jump into the new kernel"
  call = GOING
==>
begin
  for s: sub_t do
    what[s] := what[s] = STILL & kept[s] & tree ? HELD : WORKS;
    kept[s] := what[s] = HELD;
    told[s] := NOTHING;
  end;
  state := BOOTING;
  event := NO_EVENT;
  lock := NOBODY;
  call := NO_CALL;
end;

-- The new kernel ------------------------------------------------------------------------------

-- facts.md 6.2: a LUO subtree is found and is compatible. What it lists is all that was kept.
rule "kernel: find the tree"
  state = BOOTING & tree
==>
begin
  for s: sub_t do
    if what[s] = HELD then
      told[s] := TO_FREEZE;
    end;
  end;
  state := UPDATED;
end;

-- facts.md 6.2: incompatible => panic. Everything is lost, but nobody can fail to notice.
rule "kernel: panic, the tree is incompatible"
  state = BOOTING & tree
==>
begin
  let_go_of_all();
  state := PANICKED;
end;

-- facts.md 6.2, panic. Hole: what follows. A cold start, with nothing kept.
rule "machine: power cycle"
  state = PANICKED
==>
begin
  start_cold();
end;

-- facts.md 6.2: no subtree => NORMAL. All memory is free.
rule "kernel: find no tree"
  state = BOOTING & !tree
==>
begin
  for s: sub_t do
    what[s] := WORKS;
    kept[s] := false;
  end;
  state := NORMAL;
end;

-- What must hold ------------------------------------------------------------------------------

-- From the end of PREPARE on, until it is cancelled or reclaimed, or given up by FINISH or a panic.
invariant "what the agent counts on is there"
  forall s: sub_t do
    due[s] -> kept[s] & (what[s] = HELD | told[s] != NOTHING & what[s] != WORKS)
  end;

-- After a CANCEL, by whomever and at whatever point, and after a FINISH.
invariant "NORMAL means that nothing is left of an update"
  state = NORMAL & event = NO_EVENT ->
  !tree & forall s: sub_t do what[s] = WORKS & !kept[s] & told[s] = NOTHING end;

invariant "all subsystems are in the state that LUO reports"
  event = NO_EVENT & state != NORMAL & state != BOOTING ->
  tree
  & (forall s: sub_t do
      (bound[s] & state = PREPARED -> what[s] = SAVED & kept[s])
      & (bound[s] & state = FROZEN -> what[s] = STILL & kept[s])
      & (told[s] != NOTHING & state = UPDATED -> (what[s] = HELD | what[s] = WORKS) & kept[s])
    end);

invariant "what takes part stays bound"
  forall s: sub_t do told[s] != NOTHING -> bound[s] end;

invariant "who sends an event has the lock, until it has been sent to all"
  (lock = REBOOT) = (call = INSIDE | call = GOING)
  & (lock = AGENT) = (event != NO_EVENT & lock != REBOOT)
  & (call = INSIDE -> event = FREEZE | event = CANCEL)
  & (call = GOING -> event = NO_EVENT);

liveness "every update can still end"
  state = NORMAL & event = NO_EVENT & call = NO_CALL;

cover "prepared"                               state = PREPARED;
cover "frozen"                                 state = FROZEN;
cover "updated, not yet reclaimed"
  state = UPDATED & exists s: sub_t do due[s] & what[s] = HELD end;
cover "cancelled by the agent, in time"
  event = CANCEL & lock = AGENT & state = PREPARED;
cover "cancelled because a freeze failed"      event = CANCEL & lock = REBOOT;
cover "reboot() fails after the freeze"        state = FROZEN & call = NO_CALL;
cover "an ordinary reboot"                     call = GOING & state = NORMAL;
cover "a reboot() waits for the agent's event" call = ASKED & lock = AGENT;
cover "panic"                                  state = PANICKED;
cover "discarded at FINISH"
  event = FINISH & exists s: sub_t do what[s] = HELD end;
cover "reclaimed"
  state = UPDATED & event = NO_EVENT & exists s: sub_t do told[s] != NOTHING & what[s] = WORKS end;
-- This one needs a second subsystem.
cover "some are prepared when another fails"
  SUBS = 1 | event = CANCEL & state = NORMAL & exists s: sub_t do what[s] = SAVED end;
cover "one that is not bound is left out"
  SUBS = 1
  | state = UPDATED & (exists s: sub_t do !bound[s] end) & exists s: sub_t do due[s] end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "resources that stand still"
  stand_still();
