-- Live Update Orchestrator, as merged: no global state, but sessions of files.
--
-- An agent puts files into sessions. reboot() freezes and serialises them all, the next kernel
-- reads the sessions back at the first open of /dev/liveupdate, and the agent retrieves the files
-- and finishes. T1 to T12 are the transitions of facts.md 6.3. docs/models.md says what is left
-- out.
--
-- Sources: facts.md 6.3, which follows kernel/liveupdate/luo_file.c@00d0b372, luo_session.c
-- (first version @7f790dd2, and the newest), luo_core.c@cab056f2 and
-- include/uapi/linux/liveupdate.h.
--
-- Belief and truth are separate variables. What LUO believes: phase, opened, sess, entry. What is
-- in memory that is handed over: named, ser. What is so: fd, data, kept. History: due, lost.
--
-- Locks (newest): luo_session_serialize_rwsem is taken for reading by everything that userspace
-- calls, and for writing by the serialisation, which keeps it for ever once it has succeeded: rules
-- of userspace have `unlocked()`. The header's rwsem is taken for reading by a look-up (`looking`)
-- and for writing by what removes a session. The mutexes of a session and a file: one rule is one
-- step.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  SESSIONS: 2;
  FILES:    2;
  FINALIZE: 1;   -- 1: reboot() ends with kho_finalize, which can fail (T6). 0: it does not exist
  LOOKERS:  2;   -- threads inside RETRIEVE_SESSION for one session, and descriptors of it

type
  session_t: scalarset(SESSIONS);   -- a session is its name
  file_t:    scalarset(FILES);      -- a file is its token, too
  lookers_t: 0 .. LOOKERS;

  -- Roles: after an update the new kernel is the old one of the next.
  kernel_t: enum { OLD, NEW };

  phase_t: enum {
    RUN,
    AWAY,        -- in a kernel that will come back: a context-preserving kexec
    SERIALIZE,   -- reboot() freezes files and writes what is handed over
    UNDO,        -- reboot() is about to fail
    FINALIZING,
    SEALED,      -- past the last step that can fail; the rwsem is held for ever
    BOOT,
    PANIC
  };

  -- What came of the first open of /dev/liveupdate.
  opened_t: enum { NOTHING_CAME, NOT_YET, READING, OPENED, FAILED };

  sess_t: enum {
    NO_SESSION,
    OPEN,        -- outgoing; lives as long as its descriptor
    LISTED,      -- incoming, nobody has it
    TAKEN        -- incoming, flagged retrieved
  };

  -- facts.md 6.3, the file object. FINISHED is ABSENT again.
  entry_t: enum { ABSENT, PRESERVED, FROZEN, INCOMING, RETRIEVED, RETRIEVE_FAILED };

  -- Where a file's contents are.
  data_t: enum {
    LIVE,        -- in a file that works, or there is no such file (yet, or any more)
    STILL,       -- in a frozen file
    HELD,        -- in memory that the old kernel left
    HALF,        -- partly consumed by an attempt that failed
    BAD          -- in a file made of memory that was not its own
  };

var
  kernel:  kernel_t;

  -- Belief.
  phase:   phase_t;
  opened:  opened_t;
  sess:    array [session_t] of sess_t;
  entry:   array [session_t] of array [file_t] of entry_t;
  looking: array [session_t] of lookers_t;   -- have found it, and not yet got it

  -- What is handed over.
  named:   array [session_t] of boolean;
  ser:     array [session_t] of array [file_t] of boolean;

  -- Truth.
  fd:      array [session_t] of lookers_t;   -- descriptors of it that processes have
  data:    array [file_t] of data_t;
  kept:    array [file_t] of boolean;        -- its memory is marked to be preserved

  -- History.
  due:     array [file_t] of boolean;        -- its owner counts on it, and has not heard of it
  lost:    boolean;                          -- and never will

function unlocked(): boolean;
begin
  return phase = RUN;
end;

function all_ended(): boolean;
begin
  return forall s: session_t do sess[s] = NO_SESSION end;
end;

function handed(f: file_t): boolean;
begin
  return exists s: session_t do named[s] & ser[s][f] end;
end;

function stand_still(): 0 .. FILES;
  var n: 0 .. FILES;
begin
  n := 0;
  for f: file_t do
    if data[f] = STILL | data[f] = HELD then
      n := n + 1;
    end;
  end;
  return n;
end;

procedure start_afresh();
begin
  kernel := OLD;
  phase := RUN;
  opened := NOTHING_CAME;
  for s: session_t do
    sess[s] := NO_SESSION;
    looking[s] := 0;
    named[s] := false;
    fd[s] := 0;
    for f: file_t do
      entry[s][f] := ABSENT;
      ser[s][f] := false;
    end;
  end;
  for f: file_t do
    data[f] := LIVE;
    kept[f] := false;
    due[f] := false;
  end;
end;

startstate "no sessions"
begin
  start_afresh();
  lost := false;
end;

-- Before the update ---------------------------------------------------------------------------

ruleset s: session_t do
  -- T1. -EEXIST changes nothing.
  -- Hole: sessions created while incoming ones are unfinished. None are, here.
  rule "userspace: CREATE_SESSION"
    kernel = OLD & unlocked() & sess[s] = NO_SESSION
  ==>
  begin
    sess[s] := OPEN;
    fd[s] := 1;
  end;

  -- T3. Also what happens when the process dies. This is the abort before reboot().
  rule "userspace: close an outgoing session"
    unlocked() & sess[s] = OPEN
  ==>
  begin
    for f: file_t do
      if entry[s][f] != ABSENT then
        data[f] := LIVE;
        kept[f] := false;
        entry[s][f] := ABSENT;
      end;
    end;
    sess[s] := NO_SESSION;
    fd[s] := 0;
  end;
end;

ruleset s: session_t; f: file_t do
  -- T2. A file that is preserved in any session is -EBUSY (facts.md 7, B8). `preserve` that fails
  -- cleans up itself: no change.
  rule "userspace: PRESERVE_FD"
    unlocked()
    & sess[s] = OPEN
    & entry[s][f] = ABSENT
    & (forall r: session_t do r != s -> entry[r][f] = ABSENT end)
  ==>
  begin
    entry[s][f] := PRESERVED;
    kept[f] := true;
  end;
end;

-- reboot() ------------------------------------------------------------------------------------

-- facts.md 7, B14: a kexec that comes back leaves LUO alone.
rule "userspace: reboot() into a kernel that comes back"
  kernel = OLD & phase = RUN
==>
begin
  phase := AWAY;
end;

-- facts.md 7, B14.
rule "machine: come back"
  phase = AWAY
==>
begin
  phase := RUN;
end;

-- T4. Takes the rwsem for writing. Userspace is not frozen on this path (facts.md 4.4).
rule "userspace: reboot()"
  kernel = OLD & phase = RUN & (forall s: session_t do looking[s] = 0 end)
==>
begin
  phase := SERIALIZE;
  for s: session_t do
    named[s] := false;
    for f: file_t do ser[s][f] := false; end;
  end;
end;

-- T4. Hole: the order of sessions and files, which are alike here. Any.
ruleset s: session_t; f: file_t do
  rule "kernel: freeze a file"
    phase = SERIALIZE & entry[s][f] != ABSENT & !ser[s][f]
  ==>
  begin
    entry[s][f] := FROZEN;
    data[f] := STILL;
    ser[s][f] := true;
  end;

  -- T4. The file that fails cleans up itself.
  rule "kernel: a file fails to freeze"
    phase = SERIALIZE & entry[s][f] != ABSENT & !ser[s][f]
  ==>
  begin
    phase := UNDO;
  end;

  -- T4, roll back.
  rule "kernel: unfreeze a file"
    phase = UNDO & entry[s][f] = FROZEN
  ==>
  begin
    entry[s][f] := PRESERVED;
    data[f] := LIVE;
  end;
end;

-- T4. Names are zeroed, the rwsem is released.
rule "kernel: reboot() fails"
  phase = UNDO & forall s: session_t do forall f: file_t do entry[s][f] != FROZEN end end
==>
begin
  for s: session_t do
    named[s] := false;
    for f: file_t do ser[s][f] := false; end;
  end;
  phase := RUN;
end;

-- T5 follows, which cannot fail.
rule "kernel: all is serialised"
  phase = SERIALIZE
  & (forall s: session_t do
      forall f: file_t do entry[s][f] != ABSENT -> ser[s][f] end
    end)
==>
begin
  for s: session_t do named[s] := sess[s] = OPEN; end;
  phase := FINALIZE = 1 ? FINALIZING : SEALED;
end;

-- T6.
rule "kernel: kho_finalize"
  phase = FINALIZING
==>
begin
  phase := SEALED;
end;

-- T6, -EAGAIN. The comment of liveupdate_reboot() says that freeze is undone. Here it is.
rule "kernel: kho_finalize fails"
  phase = FINALIZING
==>
begin
  phase := UNDO;
end;

-- facts.md 4.4: nothing between LUO and the jump can fail.
rule "machine: jump into the new kernel"
  phase = SEALED
==>
begin
  for f: file_t do
    due[f] := handed(f) | exists s: session_t do entry[s][f] != ABSENT end;
    data[f] := handed(f) & data[f] = STILL & kept[f] ? HELD : LIVE;
    if due[f] & data[f] != HELD then
      lost := true;
      kept[f] := false;
    end;
  end;
  for s: session_t do
    sess[s] := NO_SESSION;
    fd[s] := 0;
    looking[s] := 0;
    for f: file_t do
      entry[s][f] := ABSENT;
      ser[s][f] := named[s] & ser[s][f];
    end;
  end;
  kernel := NEW;
  phase := BOOT;
end;

-- The new kernel ------------------------------------------------------------------------------

-- T7.
rule "kernel: find what was handed over"
  phase = BOOT
==>
begin
  opened := (exists s: session_t do named[s] end) ? NOT_YET : NOTHING_CAME;
  phase := RUN;
end;

-- T7: incompatible => panic. Loud, if nothing else.
rule "kernel: panic, what was handed over is incompatible"
  phase = BOOT
==>
begin
  phase := PANIC;
end;

-- T7. Hole: what follows a panic. A cold start, with nothing kept.
rule "machine: power cycle"
  phase = PANIC
==>
begin
  start_afresh();
end;

-- T8.
rule "userspace: open /dev/liveupdate for the first time"
  unlocked() & opened = NOT_YET
==>
begin
  opened := READING;
end;

ruleset s: session_t do
  -- T8, deserialise.
  rule "kernel: read a session back"
    opened = READING & named[s]
  ==>
  begin
    sess[s] := LISTED;
    named[s] := false;
    for f: file_t do
      if ser[s][f] then
        entry[s][f] := INCOMING;
        ser[s][f] := false;
      end;
    end;
  end;
end;

-- T8. Not undone; every later open is -EIO.
rule "kernel: a session cannot be read back"
  opened = READING & exists s: session_t do named[s] end
==>
begin
  opened := FAILED;
end;

-- T8: the result is remembered.
rule "kernel: all sessions are read back"
  opened = READING & forall s: session_t do !named[s] end
==>
begin
  opened := OPENED;
end;

-- T8: the advice is to reboot. What was kept is lost, and known to be.
rule "userspace: reboot, as advised"
  opened = FAILED
==>
begin
  start_afresh();
end;

ruleset s: session_t do
  -- T9. The list is searched, with the header's rwsem held for reading.
  rule "userspace: RETRIEVE_SESSION, look the name up"
    unlocked()
    & opened = OPENED
    & (sess[s] = LISTED | sess[s] = TAKEN)
    & looking[s] < LOOKERS
  ==>
  begin
    looking[s] := looking[s] + 1;
  end;

  -- T9: once, which the mutex of the session protects.
  rule "kernel: RETRIEVE_SESSION, hand it out"
    looking[s] > 0 & sess[s] = LISTED
  ==>
  begin
    sess[s] := TAKEN;
    fd[s] := fd[s] + 1;
    looking[s] := looking[s] - 1;
  end;

  -- T9: the second try is -EINVAL.
  rule "kernel: RETRIEVE_SESSION, refuse"
    looking[s] > 0 & sess[s] != LISTED
  ==>
  begin
    looking[s] := looking[s] - 1;
  end;
end;

ruleset s: session_t; f: file_t do
  -- T10. Asked again it hands out the same file: no change.
  rule "kernel: RETRIEVE_FD"
    unlocked() & sess[s] = TAKEN & fd[s] > 0 & entry[s][f] = INCOMING
  ==>
  begin
    data[f] := data[f] = HELD & kept[f] ? LIVE : BAD;
    entry[s][f] := RETRIEVED;
    due[f] := false;
  end;

  -- T10. The failure is remembered and returned again: no retry (facts.md 7, B9).
  rule "kernel: RETRIEVE_FD fails half-way"
    unlocked() & sess[s] = TAKEN & fd[s] > 0 & entry[s][f] = INCOMING
  ==>
  begin
    data[f] := data[f] = HELD ? HALF : data[f];
    entry[s][f] := RETRIEVE_FAILED;
  end;
end;

-- What was not retrieved is discarded, which the agent asked for.
procedure finish(s: session_t);
begin
  for f: file_t do
    if entry[s][f] != ABSENT then
      data[f] := data[f] = BAD ? BAD : LIVE;
      kept[f] := false;
      due[f] := false;
      entry[s][f] := ABSENT;
    end;
  end;
end;

ruleset s: session_t do
  -- T11. -EBUSY, if some file cannot finish yet, changes nothing.
  rule "userspace: FINISH"
    unlocked() & sess[s] = TAKEN & fd[s] > 0
  ==>
  begin
    finish(s);
  end;

  -- T12. Removing it from the list takes the header's rwsem for writing.
  rule "userspace: close an incoming session"
    unlocked() & sess[s] = TAKEN & fd[s] > 0 & looking[s] = 0
  ==>
  begin
    finish(s);
    sess[s] := NO_SESSION;
    fd[s] := 0;
  end;

  -- T12. Here the model leaves the merged design, where the session stays flagged as retrieved and
  -- nobody can finish it any more (facts.md 7, B18): it can be retrieved again.
  rule "userspace: close an incoming session that cannot finish"
    unlocked() & sess[s] = TAKEN & fd[s] > 0 & exists f: file_t do entry[s][f] != ABSENT end
  ==>
  begin
    fd[s] := fd[s] - 1;
    sess[s] := LISTED;
  end;
end;

-- T12. Hole: reboot() with incoming sessions unfinished, which drops them. Not here: the next
-- update starts when all have ended, as far as LUO knows.
rule "machine: the new kernel is the old one of the next update"
  kernel = NEW & unlocked() & (opened = OPENED | opened = NOTHING_CAME) & all_ended()
==>
begin
  for f: file_t do
    if due[f] then
      lost := true;
      kept[f] := false;
      due[f] := false;
    end;
    data[f] := LIVE;
  end;
  for s: session_t do
    looking[s] := 0;
    named[s] := false;
    for f: file_t do ser[s][f] := false; end;
  end;
  opened := NOTHING_CAME;
  kernel := OLD;
end;

-- What must hold ------------------------------------------------------------------------------

-- Lost: handed over, and the agent neither got it, nor an error, nor gave it up. Or retrieved from
-- memory that is not what was preserved.
invariant "no file is lost or comes back damaged"
  !lost & forall f: file_t do data[f] != BAD end;

invariant "a reboot that does not take place leaves everything as it was"
  kernel = OLD & phase = RUN ->
  (forall f: file_t do data[f] != STILL end)
  & (forall s: session_t do forall f: file_t do entry[s][f] != FROZEN end end);

invariant "no memory is kept for nobody"
  phase = RUN & opened != FAILED ->
  forall f: file_t do
    kept[f] ->
    handed(f) | exists s: session_t do entry[s][f] != ABSENT end
  end;

invariant "a session that somebody has found is still there"
  forall s: session_t do looking[s] > 0 -> sess[s] != NO_SESSION end;

invariant "no session is handed out twice"
  forall s: session_t do fd[s] <= 1 end;

-- Without the advice to reboot, that is: it is given only after a failed first open.
liveness "every session can still be ended"
  phase = RUN & all_ended();

cover "two sessions with a file each"
  SESSIONS = 1
  | FILES = 1
  | exists s: session_t do
    exists r: session_t do
      s != r
      & (exists f: file_t do entry[s][f] = PRESERVED end)
      & (exists f: file_t do entry[r][f] = PRESERVED end)
    end
  end;
cover "a freeze fails when another file is frozen"
  SESSIONS * FILES = 1
  | phase = UNDO
  & (exists s: session_t do exists f: file_t do entry[s][f] = FROZEN end end)
  & (exists s: session_t do exists f: file_t do entry[s][f] = PRESERVED end end);
cover "all frozen, and undone"
  FINALIZE = 0 | phase = UNDO & exists s: session_t do named[s] end;
cover "sealed"                     phase = SEALED & exists s: session_t do named[s] end;
cover "sealed, with nothing in it" phase = SEALED & forall s: session_t do !named[s] end;
cover "panic"                      phase = PANIC;
cover "-EIO"                       opened = FAILED;
cover "read back"                  opened = OPENED & exists f: file_t do data[f] = HELD end;
cover "a file is retrieved"
  exists s: session_t do exists f: file_t do entry[s][f] = RETRIEVED end end;
cover "a file cannot be retrieved"
  exists s: session_t do exists f: file_t do entry[s][f] = RETRIEVE_FAILED end end;
cover "finished, but not closed"
  exists s: session_t do sess[s] = TAKEN & forall f: file_t do entry[s][f] = ABSENT end end;
cover "retrieved again after a close that failed"
  exists s: session_t do
    sess[s] = LISTED & exists f: file_t do entry[s][f] = RETRIEVED end
  end;
cover "two threads look the same session up" exists s: session_t do looking[s] = LOOKERS end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "files that stand still"
  stand_still();
