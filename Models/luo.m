-- Live Update Orchestrator, as it was in the tree in September 2026: sessions of files.
--
-- An agent puts files into sessions. reboot() freezes and serialises them all, the next kernel
-- reads the sessions back at the first open of /dev/liveupdate, and the agent retrieves the files
-- and finishes. T1 to T12 are the transitions of facts.md 6.3. Models/luo/README.md says what is
-- left out, and what is assumed of the agent. What a file contains, its tokens and the order of
-- files are in luo-files.m, what files share in luo-flb.m.
--
-- Sources: facts.md 6.3; kernel/liveupdate/luo_session.c, luo_file.c and luo_core.c of 7.2-rc, and
-- kernel/kexec_core.c. `@code` names the function that a rule stands for, and `@holds` the locks
-- that it has: (r) for reading, (w) for writing.
--
-- Belief and truth are separate variables. What LUO believes: phase, opened, outgoing, incoming,
-- entry. What is in memory that is handed over: named, ser. What is so: rwsem, looking, has, hold,
-- data, kept. History, which the users alone write and no guard reads: due, came.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  SESSIONS: 2;
  FILES:    2;
  LOOKERS:  2;   -- threads inside RETRIEVE_SESSION for one session, and descriptors of it
  FINALIZE: 0;   -- 1: reboot() ends with kho_finalize, which can fail (T6): trees before kho-v4
  AGAIN:    0;   -- 1: a session that could not finish when it was closed can be retrieved again

type
  session_t: scalarset(SESSIONS);   -- a session is its name
  file_t:    scalarset(FILES);      -- a file is its token, too
  lookers_t: 0 .. LOOKERS;

  phase_t: enum {
    RUN,
    SERIALIZE,   -- reboot() freezes files and writes what is handed over
    UNDO,        -- reboot() is about to fail
    FINALIZING,
    SEALED       -- past the last step that can fail; the rwsem is held for ever
  };

  -- What came of the first open of /dev/liveupdate.
  opened_t: enum { BOOTING, NOT_YET, READING, OPENED, FAILED, PANIC };

  -- A session of the previous kernel: nobody has it; or it is flagged as retrieved.
  incoming_t: enum { NO_SESSION, LISTED, TAKEN };

  -- facts.md 6.3, the file object. FINISHED is ABSENT again. The first two are of an outgoing
  -- session, the others of an incoming one.
  entry_t: enum { ABSENT, PRESERVED, FROZEN, INCOMING, RETRIEVED, RETRIEVE_FAILED };

  -- Where a file's contents are.
  data_t: enum {
    LIVE,        -- in a file that works, or there is no such file (yet, or any more)
    STILL,       -- in a frozen file
    HELD,        -- in memory that the old kernel left
    BAD          -- in a file made of memory that was not its own
  };

  -- What the agent knows of a session of the previous kernel: none; open there, so it has to come;
  -- it has had a descriptor.
  came_t: enum { NEVER, AWAITED, HAD };

var
  -- Belief.
  phase:    phase_t;
  opened:   opened_t;
  outgoing: array [session_t] of boolean;      -- is on the list of what is to be handed over
  incoming: array [session_t] of incoming_t;
  entry:    array [session_t] of array [file_t] of entry_t;

  -- What is handed over.
  named:    array [session_t] of boolean;
  ser:      array [session_t] of array [file_t] of boolean;

  -- Truth.
  rwsem:    boolean;                           -- luo_session_serialize_rwsem is held for writing
  looking:  array [session_t] of lookers_t;    -- threads that have found it, and not yet got it
  has:      array [session_t] of 0 .. 2;       -- descriptors that processes have, of outgoing ones
  hold:     array [session_t] of lookers_t;    -- and of incoming ones
  data:     array [file_t] of data_t;
  kept:     array [file_t] of boolean;         -- its memory is marked, or what was marked

  -- History.
  due:      array [file_t] of boolean;         -- its owner counts on it, and has not heard of it
  came:     array [session_t] of came_t;

-- Processes run while reboot() is under way: it does not freeze them (facts.md 4.4). What keeps
-- them out is that down_read() of the rwsem waits.
function may_read(): boolean;
begin
  return !rwsem;
end;

-- down_write() would not wait.
function may_write(): boolean;
begin
  return !rwsem & forall s: session_t do looking[s] = 0 end;
end;

function is_anywhere(f: file_t): boolean;
begin
  return exists s: session_t do entry[s][f] != ABSENT end;
end;

-- Everything that was handed over is lost, and everybody can see it.
function is_lost(): boolean;
begin
  return opened = FAILED | opened = PANIC;
end;

-- Written down, and somebody will read it.
function on_its_way(s: session_t): boolean;
begin
  return named[s]
  & (phase = FINALIZING | phase = SEALED | opened != OPENED & !is_lost());
end;

-- A file that is what its entry says, and that somebody can still come by.
function waits(s: session_t; f: file_t): boolean;
begin
  return entry[s][f] = PRESERVED & data[f] = LIVE
  | entry[s][f] = FROZEN & data[f] = STILL
  | data[f] = HELD & (entry[s][f] = INCOMING | ser[s][f] & on_its_way(s));
end;

function is_outgoing(s: session_t; f: file_t): boolean;
begin
  return entry[s][f] = PRESERVED | entry[s][f] = FROZEN;
end;

function is_incoming(s: session_t; f: file_t): boolean;
begin
  return entry[s][f] != ABSENT & !is_outgoing(s, f);
end;

function all_ended(): boolean;
begin
  return forall s: session_t do !outgoing[s] & incoming[s] = NO_SESSION end;
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

function stranded(): 0 .. SESSIONS;
  var n: 0 .. SESSIONS;
begin
  n := 0;
  for s: session_t do
    if incoming[s] = TAKEN & hold[s] = 0 then
      n := n + 1;
    end;
  end;
  return n;
end;

-- What the memory does ------------------------------------------------------------------------

-- A file is built of what was kept, or what was kept is let go: KHO hands a page out once.
procedure restore(f: file_t);
begin
  data[f] := data[f] = HELD & kept[f] ? LIVE : BAD;
  kept[f] := false;
end;

-- All processes end, and all memory is new but what was marked. What the kernel before had left,
-- and this one did not mark again, goes as well. Tables of LUO are in memory that is marked.
procedure jump();
begin
  phase := RUN;
  opened := BOOTING;
  for s: session_t do
    outgoing[s] := false;
    incoming[s] := NO_SESSION;
    looking[s] := 0;
    has[s] := 0;
    hold[s] := 0;
    for f: file_t do
      entry[s][f] := ABSENT;
    end;
  end;
  for f: file_t do
    kept[f] := kept[f] & data[f] != HELD;
    data[f] := kept[f] & data[f] = STILL ? HELD : LIVE;
  end;
  rwsem := false;
end;

-- Off and on: nothing is kept, and everybody can see it.
procedure start_cold();
begin
  phase := RUN;
  opened := NOT_YET;
  for s: session_t do
    outgoing[s] := false;
    incoming[s] := NO_SESSION;
    looking[s] := 0;
    has[s] := 0;
    hold[s] := 0;
    named[s] := false;
    came[s] := NEVER;
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
  rwsem := false;
end;

startstate "no sessions"
begin
  start_cold();
end;

-- Before the update ---------------------------------------------------------------------------

ruleset s: session_t do
  -- T1. -EEXIST changes nothing. Lists are separate: an incoming session may have the same name.
  -- @code kernel/liveupdate/luo_session.c:luo_session_create @holds luo_session_serialize_rwsem(r), luo_session_header->rwsem(w)
  rule "userspace: CREATE_SESSION"
    may_read() & opened = OPENED & !outgoing[s]
  ==>
  begin
    outgoing[s] := true;
    has[s] := has[s] + 1;
  end;

  -- T3. Also what happens when the process dies. This is the abort before reboot().
  -- @code kernel/liveupdate/luo_session.c:luo_session_release, kernel/liveupdate/luo_file.c:luo_file_unpreserve_files @holds luo_session_serialize_rwsem(r), session->mutex
  rule "userspace: close an outgoing session"
    may_read() & has[s] > 0
  ==>
  begin
    has[s] := has[s] - 1;
    for f: file_t do
      if is_outgoing(s, f) then
        due[f] := false;
        kept[f] := false;
        entry[s][f] := ABSENT;
      end;
    end;
    outgoing[s] := false;
  end;
end;

ruleset s: session_t; f: file_t do
  -- T2. A file that is in any session, also in one of the previous kernel, is -EBUSY (facts.md 7,
  -- B8). `preserve` that fails cleans up itself: no change.
  -- @code kernel/liveupdate/luo_file.c:luo_preserve_file @holds luo_session_serialize_rwsem(r), session->mutex
  rule "userspace: PRESERVE_FD"
    may_read() & has[s] > 0 & !is_anywhere(f)
  ==>
  begin
    entry[s][f] := PRESERVED;
    kept[f] := true;
    due[f] := true;
  end;
end;

-- reboot() ------------------------------------------------------------------------------------

-- A kexec that comes back leaves LUO alone (facts.md 7, B14), so there is no rule for it.

-- The rwsem is taken for writing: nobody else has it.
procedure down_write();
begin
  assert "a lock has one writer" !rwsem;
  rwsem := true;
end;

-- T4, T12. Userspace is not frozen on this path (facts.md 4.4). The kernel does not ask for
-- incoming sessions: one that nobody could finish is held until the next live update, and dropped
-- then. The agent begins when it has collected what it could, and has no descriptor left.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize @holds luo_session_serialize_rwsem(w)
rule "userspace: reboot()"
  may_write()
  & opened = OPENED
  & (forall s: session_t do incoming[s] != LISTED & hold[s] = 0 end)
==>
begin
  down_write();
  phase := SERIALIZE;
end;

-- T4. The order of sessions and files is that of lists; here any.
ruleset s: session_t; f: file_t do
  -- T4.
  -- @code kernel/liveupdate/luo_file.c:luo_file_freeze @holds luo_session_serialize_rwsem(w), luo_session_header->rwsem(w), session->mutex
  rule "kernel: freeze a file"
    phase = SERIALIZE & entry[s][f] = PRESERVED
  ==>
  begin
    entry[s][f] := FROZEN;
    data[f] := STILL;
    ser[s][f] := true;
  end;

  -- T4. The file that fails cleans up itself.
  -- @code kernel/liveupdate/luo_file.c:luo_file_freeze @holds luo_session_serialize_rwsem(w), luo_session_header->rwsem(w), session->mutex
  rule "kernel: a file fails to freeze"
    phase = SERIALIZE & entry[s][f] = PRESERVED
  ==>
  begin
    phase := UNDO;
  end;

  -- T4, roll back.
  -- @code kernel/liveupdate/luo_file.c:luo_file_unfreeze @holds luo_session_serialize_rwsem(w), luo_session_header->rwsem(w), session->mutex
  rule "kernel: unfreeze a file"
    phase = UNDO & entry[s][f] = FROZEN
  ==>
  begin
    entry[s][f] := PRESERVED;
    data[f] := LIVE;
    ser[s][f] := false;
  end;
end;

-- T4. Names are zeroed, the rwsem is released.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize @holds luo_session_serialize_rwsem(w)
rule "kernel: reboot() fails"
  phase = UNDO & forall s: session_t do forall f: file_t do entry[s][f] != FROZEN end end
==>
begin
  for s: session_t do named[s] := false; end;
  rwsem := false;
  phase := RUN;
end;

-- T5 follows, which cannot fail. The address of the list is written last.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize @holds luo_session_serialize_rwsem(w)
rule "kernel: all is serialised"
  phase = SERIALIZE
  & (forall s: session_t do forall f: file_t do entry[s][f] != PRESERVED end end)
==>
begin
  for s: session_t do named[s] := outgoing[s]; end;
  phase := FINALIZE = 1 ? FINALIZING : SEALED;
end;

-- T6.
-- @code kernel/liveupdate/luo_core.c:liveupdate_reboot @holds luo_session_serialize_rwsem(w)
rule "kernel: kho_finalize"
  phase = FINALIZING
==>
begin
  phase := SEALED;
end;

-- T6, -EAGAIN. The comment of liveupdate_reboot() says that freeze is undone. Here it is.
-- @code kernel/liveupdate/luo_core.c:liveupdate_reboot @holds luo_session_serialize_rwsem(w)
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
  for s: session_t do came[s] := has[s] > 0 ? AWAITED : NEVER; end;
  jump();
end;

-- The new kernel ------------------------------------------------------------------------------

-- T7.
-- @code kernel/liveupdate/luo_core.c:luo_early_startup
rule "kernel: find what was handed over, if anything"
  opened = BOOTING
==>
begin
  opened := NOT_YET;
end;

-- T7: incompatible => panic. Loud, if nothing else.
-- @code kernel/liveupdate/luo_core.c:liveupdate_early_init
rule "kernel: panic, what was handed over is incompatible"
  opened = BOOTING & exists s: session_t do named[s] end
==>
begin
  opened := PANIC;
end;

-- T7. Hole: what follows a panic. A cold start, with nothing kept.
rule "machine: power cycle"
  opened = PANIC
==>
begin
  start_cold();
end;

-- T8. One process at a time has it open.
-- @code kernel/liveupdate/luo_core.c:luo_open
rule "userspace: open /dev/liveupdate for the first time"
  opened = NOT_YET
==>
begin
  opened := READING;
end;

ruleset s: session_t do
  -- T8, deserialise.
  -- @code kernel/liveupdate/luo_session.c:luo_session_deserialize @holds luo_session_header->rwsem(w), session->mutex
  rule "kernel: read a session back"
    opened = READING & named[s]
  ==>
  begin
    incoming[s] := LISTED;
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
-- @code kernel/liveupdate/luo_session.c:luo_session_deserialize
rule "kernel: a session cannot be read back"
  opened = READING & exists s: session_t do named[s] end
==>
begin
  opened := FAILED;
end;

-- T8: the result is remembered.
-- @code kernel/liveupdate/luo_session.c:luo_session_deserialize
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
  start_cold();
end;

ruleset s: session_t do
  -- T9. The list is searched.
  -- @code kernel/liveupdate/luo_session.c:luo_session_retrieve @holds luo_session_serialize_rwsem(r), luo_session_header->rwsem(r)
  rule "userspace: RETRIEVE_SESSION, look the name up"
    may_read() & opened = OPENED & incoming[s] != NO_SESSION & looking[s] < LOOKERS
  ==>
  begin
    looking[s] := looking[s] + 1;
  end;

  -- T9: once, which the mutex of the session protects.
  -- @code kernel/liveupdate/luo_session.c:luo_session_retrieve @holds luo_session_serialize_rwsem(r), luo_session_header->rwsem(r), session->mutex
  rule "kernel: RETRIEVE_SESSION, hand it out"
    looking[s] > 0 & incoming[s] = LISTED
  ==>
  begin
    incoming[s] := TAKEN;
    looking[s] := looking[s] - 1;
    hold[s] := hold[s] + 1;
    came[s] := HAD;
  end;

  -- T9: the second try is -EINVAL.
  -- @code kernel/liveupdate/luo_session.c:luo_session_retrieve @holds luo_session_serialize_rwsem(r), luo_session_header->rwsem(r), session->mutex
  rule "kernel: RETRIEVE_SESSION, refuse"
    looking[s] > 0 & incoming[s] != LISTED
  ==>
  begin
    looking[s] := looking[s] - 1;
  end;
end;

-- History: the owner has got the file, or an error in its place.
procedure hear_of(f: file_t);
begin
  assert "a file comes to who counts on it" due[f];
  due[f] := false;
end;

ruleset s: session_t; f: file_t do
  -- T10. Asked again it hands out the same file: no change.
  -- @code kernel/liveupdate/luo_file.c:luo_retrieve_file @holds luo_session_serialize_rwsem(r), session->mutex, luo_file->mutex
  rule "userspace: RETRIEVE_FD"
    may_read() & hold[s] > 0 & incoming[s] = TAKEN & entry[s][f] = INCOMING
  ==>
  begin
    restore(f);
    entry[s][f] := RETRIEVED;
    hear_of(f);
  end;

  -- T10. The failure is remembered and returned again: no retry (facts.md 7, B9). The owner hears
  -- of it; what was kept is let go.
  -- @code kernel/liveupdate/luo_file.c:luo_retrieve_file @holds luo_session_serialize_rwsem(r), session->mutex, luo_file->mutex
  rule "userspace: RETRIEVE_FD, which fails half-way"
    may_read() & hold[s] > 0 & incoming[s] = TAKEN & entry[s][f] = INCOMING
  ==>
  begin
    restore(f);
    entry[s][f] := RETRIEVE_FAILED;
    hear_of(f);
  end;
end;

-- What was not retrieved is discarded.
procedure finish(s: session_t);
begin
  for f: file_t do
    if entry[s][f] = INCOMING then
      restore(f);
    end;
    if is_incoming(s, f) then
      entry[s][f] := ABSENT;
    end;
  end;
end;

-- History: the agent does not ask for the rest.
procedure give_up(s: session_t);
begin
  for f: file_t do
    if entry[s][f] = INCOMING then
      due[f] := false;
    end;
  end;
end;

ruleset s: session_t do
  -- T11. -EBUSY, if some file cannot finish yet, changes nothing.
  -- @code kernel/liveupdate/luo_session.c:luo_session_finish, kernel/liveupdate/luo_file.c:luo_file_finish @holds luo_session_serialize_rwsem(r), session->mutex
  rule "userspace: FINISH"
    may_read() & hold[s] > 0 & incoming[s] = TAKEN
  ==>
  begin
    give_up(s);
    finish(s);
  end;

  -- T12. Removing it from the list waits for those who look.
  -- @code kernel/liveupdate/luo_session.c:luo_session_release @holds luo_session_serialize_rwsem(r), luo_session_header->rwsem(w)
  rule "userspace: close an incoming session"
    may_read() & hold[s] > 0 & looking[s] = 0
  ==>
  begin
    hold[s] := hold[s] - 1;
    give_up(s);
    finish(s);
    incoming[s] := NO_SESSION;
    came[s] := NEVER;
  end;

  -- T12. A file says that it cannot finish. As merged the session stays flagged as retrieved and
  -- nobody can finish it any more (facts.md 7, B18).
  -- @code kernel/liveupdate/luo_session.c:luo_session_release @holds luo_session_serialize_rwsem(r)
  rule "userspace: close an incoming session that cannot finish"
    may_read()
    & hold[s] > 0
    & (exists f: file_t do is_incoming(s, f) end)
  ==>
  begin
    hold[s] := hold[s] - 1;
    if AGAIN = 1 then
      incoming[s] := LISTED;
      came[s] := AWAITED;
    else
      give_up(s);
    end;
  end;
end;

-- What must hold ------------------------------------------------------------------------------

-- From PRESERVE_FD on somebody counts on a file: until he closes the session, gets the file or an
-- error, gives it up, or all is known to be lost (-EIO, a panic).
invariant "no file is lost or comes back damaged"
  forall f: file_t do
    data[f] != BAD
    & (due[f] & !is_lost() -> kept[f] & exists s: session_t do waits(s, f) end)
  end;

invariant "a session that was open arrives, and no other"
  !is_lost() ->
  forall s: session_t do
    (came[s] = AWAITED -> on_its_way(s) | incoming[s] = LISTED)
    & (incoming[s] != NO_SESSION -> came[s] != NEVER)
  end;

invariant "an outgoing session lives as long as its one descriptor"
  forall s: session_t do has[s] = (outgoing[s] ? 1 : 0) end;

invariant "reboot() is alone with the sessions"
  (phase != RUN) = rwsem
  & (rwsem -> forall s: session_t do looking[s] = 0 end);

invariant "a reboot that does not take place leaves everything as it was"
  phase = RUN & opened = OPENED ->
  (forall f: file_t do data[f] != STILL end)
  & (forall s: session_t do
      !named[s] & forall f: file_t do entry[s][f] != FROZEN & !ser[s][f] end
    end);

-- But for a session that nobody can finish.
invariant "no memory is kept for nobody"
  !is_lost() ->
  forall f: file_t do
    kept[f] ->
    due[f]
    | exists s: session_t do entry[s][f] = INCOMING & came[s] = HAD & hold[s] = 0 end
  end;

invariant "a session that somebody has found is still there, and all are"
  forall s: session_t do looking[s] > 0 -> incoming[s] != NO_SESSION & opened = OPENED end;

invariant "no session is handed out twice"
  forall s: session_t do hold[s] <= 1 & (hold[s] = 1 -> incoming[s] = TAKEN) end;

invariant "a session that has ended is gone"
  forall s: session_t do
    incoming[s] = TAKEN & hold[s] = 0 -> exists f: file_t do is_incoming(s, f) end
  end;

invariant "all is called lost only where something came"
  is_lost() -> exists s: session_t do named[s] end;

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
  FILES = 1
  | phase = UNDO
  & (exists s: session_t do exists f: file_t do entry[s][f] = FROZEN end end)
  & (exists s: session_t do exists f: file_t do entry[s][f] = PRESERVED end end);
cover "all frozen, and undone"
  FINALIZE = 0 | phase = UNDO & exists s: session_t do named[s] end;
cover "sealed, with nothing in it" phase = SEALED & forall s: session_t do !named[s] end;
cover "a session comes without a file"
  exists s: session_t do
    incoming[s] = LISTED & forall f: file_t do entry[s][f] = ABSENT end
  end;
cover "panic"                      opened = PANIC;
cover "-EIO"                       opened = FAILED;
cover "read back"
  opened = OPENED & exists f: file_t do data[f] = HELD & due[f] end;
cover "a file is retrieved"
  exists s: session_t do exists f: file_t do entry[s][f] = RETRIEVED end end;
cover "a file cannot be retrieved"
  exists s: session_t do exists f: file_t do entry[s][f] = RETRIEVE_FAILED end end;
cover "finished, but not closed"
  exists s: session_t do
    incoming[s] = TAKEN & hold[s] > 0 & forall f: file_t do entry[s][f] = ABSENT end
  end;
cover "a session is left that nobody can finish"
  AGAIN = 1 | exists s: session_t do incoming[s] = TAKEN & hold[s] = 0 end;
cover "retrieved again after a close that failed"
  AGAIN = 0
  | exists s: session_t do
    incoming[s] = LISTED & exists f: file_t do entry[s][f] = RETRIEVED end
  end;
cover "the next update begins while the last one is not ended"
  exists s: session_t do
    outgoing[s] & incoming[s] != NO_SESSION & exists f: file_t do entry[s][f] = PRESERVED end
  end;
cover "two threads look the same session up" exists s: session_t do looking[s] = LOOKERS end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "files that stand still"
  stand_still();
measure "sessions that nobody can end"
  stranded();
