-- Live Update Orchestrator, another way to keep reboot() alone with the sessions: pins, and an
-- abort behind it.
--
-- The tree holds a lock for ever (luo.m). The series that competed with it (March 2026) sets a flag
-- that lets nobody begin, pins the sessions that are listed, waits until those that had begun have
-- left, and takes everything back when kernel_kexec() fails behind liveupdate_reboot(). Nobody
-- sleeps meanwhile: who closes a session leaves it to reboot().
-- Models/luo-unwind/README.md says what is left out.
--
-- Sources: N7 of facts-2026.md, of which the titles of the series are known; facts.md 4.4 and 6.3
-- for what surrounds it. `@code` names the function that a rule stands for, and `@holds` its locks.
--
-- Belief and truth are separate variables. What LUO believes: phase, rebooting, busy, op, listed,
-- refs, pinned, entry. What is handed over: written. What is so: there, open, data, marked.
-- History, which the users alone write and no guard reads: due, owner.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  SESSIONS: 2;   -- each with a file, or with none
  UNWINDS:  1;   -- 0: nothing fails behind liveupdate_reboot()

type
  session_t: scalarset(SESSIONS);

  phase_t: enum {
    RUN,
    DRAIN,    -- wait for those who have begun
    WRITE,    -- freeze files and write sessions down
    UNDO,
    SEALED,   -- liveupdate_reboot() has returned, kernel_kexec() goes on
    NEXT      -- the next kernel runs, and something is left to be collected
  };

  -- What the one thread that has the descriptor is doing inside of LUO.
  op_t:    enum { OUTSIDE, PRESERVES, CLOSES };

  -- What is written down of a session.
  line_t:  enum { NOTHING, NAME, NAME_AND_FILE };

  entry_t: enum { ABSENT, PRESERVED, FROZEN };

  -- Where a file's contents are.
  data_t:  enum {
    LIVE,    -- in a file that works, or there is no such file
    STILL,   -- in a frozen file
    HELD,    -- in memory that the old kernel left
    BAD      -- in a file made of memory that was not its own
  };

  -- Whose the session is: nobody's, its owner's, or it was closed when reboot() had begun.
  owner_t: enum { NOBODYS, OWNED, LEFT };

var
  -- Belief.
  phase:     phase_t;
  rebooting: boolean;
  busy:      0 .. SESSIONS;                  -- threads inside
  op:        array [session_t] of op_t;
  listed:    array [session_t] of boolean;
  refs:      array [session_t] of 0 .. 2;
  pinned:    array [session_t] of boolean;
  entry:     array [session_t] of entry_t;

  -- What is handed over.
  written:   array [session_t] of line_t;

  -- Truth.
  there:     array [session_t] of boolean;   -- its memory is that of a session
  open:      array [session_t] of boolean;   -- a process has the descriptor
  data:      array [session_t] of data_t;
  marked:    array [session_t] of boolean;   -- the file's memory is, or what was marked

  -- History.
  due:       array [session_t] of boolean;   -- somebody counts on the file
  owner:     array [session_t] of owner_t;

function stand_still(): 0 .. SESSIONS;
  var n: 0 .. SESSIONS;
begin
  n := 0;
  for s: session_t do
    if data[s] = STILL | data[s] = HELD then
      n := n + 1;
    end;
  end;
  return n;
end;

-- Whoever looks into a session reads its memory.
procedure touch(s: session_t);
begin
  assert "a session that is looked into is there" there[s];
end;

-- What a thread begins while reboot() has the sessions is refused. Flag and count are one step: the
-- rwsem of the list is held.
function may_enter(s: session_t): boolean;
begin
  return open[s] & op[s] = OUTSIDE & !rebooting;
end;

procedure enter(s: session_t; what: op_t);
begin
  touch(s);
  op[s] := what;
  busy := busy + 1;
end;

procedure leave(s: session_t);
begin
  op[s] := OUTSIDE;
  busy := busy - 1;
end;

-- The file works again for who has it, and its memory is no longer handed over.
procedure unpreserve(s: session_t);
begin
  touch(s);
  entry[s] := ABSENT;
  marked[s] := false;
end;

-- The last one to let go takes it off the list and frees it, with what is in it yet.
procedure put_session(s: session_t);
begin
  touch(s);
  refs[s] := refs[s] - 1;
  if refs[s] = 0 then
    if entry[s] != ABSENT then
      unpreserve(s);
    end;
    listed[s] := false;
    there[s] := false;
  end;
end;

-- A file is built of what was kept, or what was kept is let go.
procedure restore(s: session_t);
begin
  data[s] := data[s] = HELD & marked[s] ? LIVE : BAD;
  marked[s] := false;
end;

-- All processes end, and all memory is new but what was marked.
procedure jump();
begin
  phase := NEXT;
  rebooting := false;
  busy := 0;
  for s: session_t do
    op[s] := OUTSIDE;
    listed[s] := false;
    refs[s] := 0;
    pinned[s] := false;
    entry[s] := ABSENT;
    there[s] := false;
    open[s] := false;
    data[s] := marked[s] & data[s] = STILL ? HELD : LIVE;
  end;
end;

startstate "no sessions"
begin
  for s: session_t do
    data[s] := LIVE;
    marked[s] := false;
    written[s] := NOTHING;
    due[s] := false;
    owner[s] := NOBODYS;
  end;
  jump();
  phase := RUN;
end;

-- Before reboot(), and beside it ----------------------------------------------------------------

ruleset s: session_t do
  -- T1. N7: refused while rebooting.
  -- @code kernel/liveupdate/luo_session.c:luo_session_create @holds luo_session_header->rwsem(w)
  rule "userspace: CREATE_SESSION"
    phase != NEXT & !rebooting & !there[s]
  ==>
  begin
    there[s] := true;
    listed[s] := true;
    refs[s] := 1;
    open[s] := true;
    owner[s] := OWNED;
  end;

  -- T2. N7.
  -- @code kernel/liveupdate/luo_session.c:luo_session_ioctl @holds luo_session_header->rwsem(r)
  rule "userspace: PRESERVE_FD"
    may_enter(s) & entry[s] = ABSENT
  ==>
  begin
    enter(s, PRESERVES);
  end;

  -- T2.
  -- @code kernel/liveupdate/luo_file.c:luo_preserve_file @holds session->mutex
  rule "kernel: the file is preserved"
    op[s] = PRESERVES
  ==>
  begin
    touch(s);
    entry[s] := PRESERVED;
    marked[s] := true;
    due[s] := true;
    leave(s);
  end;

  -- T2: it cleans up itself.
  -- @code kernel/liveupdate/luo_file.c:luo_preserve_file @holds session->mutex
  rule "kernel: the file cannot be preserved"
    op[s] = PRESERVES
  ==>
  begin
    leave(s);
  end;

  -- T3. Also what happens when the process dies.
  -- @code kernel/liveupdate/luo_session.c:luo_session_release @holds luo_session_header->rwsem(r)
  rule "userspace: close a session"
    may_enter(s)
  ==>
  begin
    open[s] := false;
    due[s] := false;
    owner[s] := NOBODYS;
    enter(s, CLOSES);
  end;

  -- T3.
  -- @code kernel/liveupdate/luo_session.c:luo_session_release, kernel/liveupdate/luo_file.c:luo_file_unpreserve_files @holds session->mutex
  rule "kernel: unpreserve the file of a session that is closed"
    op[s] = CLOSES & entry[s] != ABSENT
  ==>
  begin
    unpreserve(s);
  end;

  -- T3.
  -- @code kernel/liveupdate/luo_session.c:luo_session_release @holds luo_session_header->rwsem(w)
  rule "kernel: take a session that is closed off the list"
    op[s] = CLOSES & entry[s] = ABSENT & listed[s]
  ==>
  begin
    touch(s);
    listed[s] := false;
  end;

  -- T3.
  -- @code kernel/liveupdate/luo_session.c:luo_session_release
  rule "kernel: let go of a session that is closed"
    op[s] = CLOSES & !listed[s]
  ==>
  begin
    put_session(s);
    leave(s);
  end;

  -- T3. Hole: what a close does that finds the flag, since close cannot be refused and nobody is to
  -- sleep until a kexec that may never come. It lets go; the rest is for whoever has the pin.
  -- @code kernel/liveupdate/luo_session.c:luo_session_release @holds luo_session_header->rwsem(w)
  rule "userspace: close a session beside reboot()"
    phase != NEXT & open[s] & op[s] = OUTSIDE & rebooting
  ==>
  begin
    open[s] := false;
    due[s] := false;
    owner[s] := LEFT;
    put_session(s);
  end;
end;

-- reboot() --------------------------------------------------------------------------------------

-- T4. N7: the flag, and a reference to each session on the list.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize @holds luo_session_header->rwsem(w)
rule "userspace: reboot()"
  phase = RUN
==>
begin
  rebooting := true;
  for s: session_t do
    if listed[s] then
      touch(s);
      pinned[s] := true;
      refs[s] := refs[s] + 1;
    end;
  end;
  phase := DRAIN;
end;

-- N7 (beside T4): the drain. No lock is held that those who have begun need.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize
rule "kernel: all who had begun have left"
  phase = DRAIN & busy = 0
==>
begin
  phase := WRITE;
end;

ruleset s: session_t do
  -- T4. Hole: what was closed meanwhile is written down like the others, and collected.
  -- @code kernel/liveupdate/luo_session.c:luo_session_serialize, kernel/liveupdate/luo_file.c:luo_file_freeze @holds session->mutex
  rule "kernel: freeze a file, and write its session down"
    phase = WRITE & pinned[s] & listed[s] & written[s] = NOTHING
  ==>
  begin
    touch(s);
    if entry[s] = PRESERVED then
      entry[s] := FROZEN;
      data[s] := STILL;
      written[s] := NAME_AND_FILE;
    else
      written[s] := NAME;
    end;
  end;

  -- T4. The file that fails cleans up itself.
  -- @code kernel/liveupdate/luo_file.c:luo_file_freeze @holds session->mutex
  rule "kernel: a file fails to freeze"
    phase = WRITE & pinned[s] & entry[s] = PRESERVED
  ==>
  begin
    touch(s);
    phase := UNDO;
  end;
end;

-- T4, T5.
-- @code kernel/liveupdate/luo_core.c:liveupdate_reboot
rule "kernel: all is written"
  phase = WRITE & forall s: session_t do listed[s] -> written[s] != NOTHING end
==>
begin
  phase := SEALED;
end;

-- N7, "abort liveupdate handover on kernel_kexec() unwind"; facts.md 4.4. What fails there is in
-- the way of a kexec that comes back (facts.md 7, B14), or will be in another tree.
-- @code kernel/kexec_core.c:kernel_kexec @holds kexec_lock
rule "kernel: kernel_kexec() unwinds"
  UNWINDS = 1 & phase = SEALED
==>
begin
  phase := UNDO;
end;

ruleset s: session_t do
  -- T4, roll back.
  -- @code kernel/liveupdate/luo_session.c:luo_session_serialize, kernel/liveupdate/luo_file.c:luo_file_unfreeze @holds session->mutex
  rule "kernel: unfreeze a file, and take back what was written"
    phase = UNDO & written[s] != NOTHING
  ==>
  begin
    touch(s);
    if written[s] = NAME_AND_FILE then
      entry[s] := PRESERVED;
      data[s] := LIVE;
    end;
    written[s] := NOTHING;
  end;

  -- N7 (beside T4): the pin goes. What was closed meanwhile goes with it.
  -- @code kernel/liveupdate/luo_session.c:luo_session_serialize @holds luo_session_header->rwsem(w)
  rule "kernel: unpin a session"
    phase = UNDO & pinned[s] & written[s] = NOTHING
  ==>
  begin
    pinned[s] := false;
    put_session(s);
  end;
end;

-- N7 (beside T4): the flag goes last. reboot() returns the error.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize @holds luo_session_header->rwsem(w)
rule "kernel: reboot() has failed"
  phase = UNDO & forall s: session_t do !pinned[s] end
==>
begin
  rebooting := false;
  phase := RUN;
end;

-- facts.md 4.4.
rule "machine: jump into the new kernel"
  phase = SEALED
==>
begin
  jump();
end;

-- The next kernel -------------------------------------------------------------------------------

ruleset s: session_t do
  -- T8 to T11, in one step: the agent collects every session that came (luo.m has the rest).
  -- @code kernel/liveupdate/luo_session.c:luo_session_deserialize, kernel/liveupdate/luo_file.c:luo_retrieve_file, kernel/liveupdate/luo_file.c:luo_file_finish
  rule "userspace: collect a session"
    phase = NEXT & written[s] != NOTHING
  ==>
  begin
    assert "a session that comes had not been closed before reboot()" owner[s] != NOBODYS;
    if written[s] = NAME_AND_FILE then
      restore(s);
      due[s] := false;
    end;
    written[s] := NOTHING;
    owner[s] := NOBODYS;
  end;
end;

-- T11.
rule "userspace: all is collected"
  phase = NEXT & forall s: session_t do written[s] = NOTHING end
==>
begin
  phase := RUN;
end;

-- What must hold --------------------------------------------------------------------------------

-- A file that is what its entry says, or on its way and written down.
invariant "no file is lost or comes back damaged"
  forall s: session_t do
    data[s] != BAD
    & (due[s] ->
      marked[s]
      & (entry[s] = PRESERVED & data[s] = LIVE
        | entry[s] = FROZEN & data[s] = STILL & written[s] = NAME_AND_FILE
        | phase = NEXT & data[s] = HELD & written[s] = NAME_AND_FILE))
  end;

invariant "a session that was open arrives"
  phase = NEXT -> forall s: session_t do owner[s] = OWNED -> written[s] != NOTHING end;

invariant "a session is there as long as somebody has it, and no longer"
  forall s: session_t do
    there[s] = (open[s] | op[s] != OUTSIDE | pinned[s])
    & (listed[s] -> there[s])
  end;

invariant "what is written down does not change any more"
  phase = WRITE | phase = SEALED ->
  forall s: session_t do
    op[s] = OUTSIDE
    & (listed[s] -> pinned[s])
    & (written[s] = NAME_AND_FILE) = (entry[s] = FROZEN)
  end;

invariant "a reboot that does not take place leaves everything as it was"
  phase = RUN ->
  !rebooting
  & forall s: session_t do
    !pinned[s]
    & written[s] = NOTHING
    & entry[s] != FROZEN
    & data[s] = LIVE
    & (owner[s] = OWNED) = open[s]
    & (open[s] -> listed[s])
  end;

-- What its owner has given up while reboot() was under way is had back by it, or collected.
invariant "no memory is kept for nobody"
  forall s: session_t do
    marked[s] ->
    due[s]
    | op[s] = CLOSES & entry[s] = PRESERVED
    | owner[s] = LEFT & (pinned[s] | phase = NEXT & written[s] = NAME_AND_FILE)
  end;

liveness "every live update can still end"
  phase = RUN & forall s: session_t do !there[s] & !marked[s] end;

cover "somebody had begun to close when reboot() began"
  phase = DRAIN & exists s: session_t do op[s] = CLOSES & pinned[s] & entry[s] = PRESERVED end;
cover "somebody had begun to close, and had left the list"
  phase = DRAIN & exists s: session_t do op[s] = CLOSES & !pinned[s] & there[s] end;
cover "a file is preserved when reboot() has begun"
  phase = DRAIN & exists s: session_t do op[s] = PRESERVES end;
cover "closed when it was written down"
  exists s: session_t do !open[s] & written[s] = NAME_AND_FILE & phase != NEXT end;
cover "a freeze fails when another file is frozen"
  SESSIONS = 1
  | phase = UNDO
  & (exists s: session_t do entry[s] = FROZEN end)
  & (exists s: session_t do entry[s] = PRESERVED & open[s] end);
cover "all frozen, and undone"
  UNWINDS = 0
  | phase = UNDO & forall s: session_t do entry[s] = FROZEN end;
cover "what was closed meanwhile is freed when reboot() has failed"
  phase = UNDO & exists s: session_t do owner[s] = LEFT & !there[s] end;
cover "a session comes that its owner had left"
  phase = NEXT & exists s: session_t do owner[s] = LEFT & written[s] = NAME_AND_FILE end;
cover "a session comes without a file"
  phase = NEXT & exists s: session_t do owner[s] = OWNED & written[s] = NAME end;
cover "a file comes back"
  phase = NEXT & exists s: session_t do due[s] end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "files that stand still"
  stand_still();
