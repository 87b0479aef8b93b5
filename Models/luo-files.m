-- Live Update Orchestrator: what a session's files contain, their order, and their tokens.
--
-- One session, as systemd's: an agent preserves files under tokens 1, 2, ..., and last of all a map
-- that says which file is which. A file can be written to until the jump, and may be built on
-- another one, as a device on its IOMMU context or guest memory on its VM. What is left out is in
-- Models/luo-files/README.md; several sessions, their locks and threads are in luo.m.
--
-- Sources: facts.md 6.3; kernel/liveupdate/luo_file.c and mm/memfd_luo.c of 7.2-rc; for files that
-- are built on others the series of May and June 2026 (liveupdate_get_token_outgoing(),
-- liveupdate_get_file_incoming()); for the agent src/shared/luo-util.c of systemd.
--
-- Belief and truth are separate variables. What LUO believes: phase, session, n, slot, entry. What
-- is handed over: flag_dirty, flag_up, map, mapped. What is so: where, page, dirty, up, kept, over,
-- open. History, which users and the agent write and no guard reads: text, due.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  FILES:  2;
  TOKENS: 2;

type
  file_t: scalarset(FILES);
  slot_t: 1 .. TOKENS;     -- a token, and the place on the list: files are preserved in this order
  text_t: 0 .. 1;          -- 0 is what a page shows that was never written to

  phase_t: enum {
    RUN,
    CLOSING,     -- files are unpreserved, newest first
    FREEZING,    -- reboot() freezes files, oldest first
    UNDO,
    SEALED,      -- past the last step that can fail
    FINISHING    -- files are finished, newest first
  };

  -- The map of systemd, a sealed memfd: not there; preserved; has come; has been read; is lost.
  map_t: enum { NO_MAP, PRESERVED_MAP, CAME, READ, LOST };

  entry_t: enum { ABSENT, PRESERVED, FROZEN, INCOMING, RETRIEVED };

  -- Where a file is: it works; in memory that the old kernel left; made of memory that was not its
  -- own. Whoever has lost or left a file makes a new one.
  where_t: enum { LIVE, HELD, BAD };

var
  -- Belief.
  phase:      phase_t;
  session:    enum { NO_SESSION, OUTGOING, CAME_IN };
  n:          0 .. TOKENS;                   -- files on the list of the session
  slot:       array [slot_t] of file_t;      -- undefined beyond n
  entry:      array [slot_t] of entry_t;

  -- What is handed over: of each file the flags of its pages; the map, and how many tokens it has.
  flag_dirty: array [slot_t] of boolean;
  flag_up:    array [slot_t] of boolean;
  map:        map_t;
  mapped:     0 .. TOKENS;

  -- Truth.
  where:      array [file_t] of where_t;
  page:       array [file_t] of text_t;
  dirty:      array [file_t] of boolean;     -- must not be dropped when memory is short
  up:         array [file_t] of boolean;     -- "uptodate": is not cleared before it is shown
  kept:       array [file_t] of boolean;     -- its memory is marked to be preserved
  over:       array [file_t] of file_t;      -- what it is built on, undefined if on nothing
  open:       boolean;                       -- the agent has a descriptor, of an outgoing session

  -- History.
  text:       array [file_t] of text_t;      -- what its user has written last
  due:        array [file_t] of boolean;     -- its owner counts on it in the next kernel

function is_listed(f: file_t): boolean;
begin
  return exists p: slot_t do p <= n & slot[p] = f end;
end;

-- Something that is still on the list is built on f.
function is_needed(f: file_t): boolean;
begin
  return exists p: slot_t do
    p <= n & !isundefined(over[slot[p]]) & over[slot[p]] = f
  end;
end;

-- What a reader is shown.
function shown(f: file_t): text_t;
begin
  return up[f] ? page[f] : 0;
end;

function away(): 0 .. FILES;
  var m: 0 .. FILES;
begin
  m := 0;
  for f: file_t do
    if where[f] = HELD then
      m := m + 1;
    end;
  end;
  return m;
end;

-- A new file, or what is in the place of one that is gone. Whether somebody counts on that, only he
-- can say.
procedure make(f: file_t);
begin
  where[f] := LIVE;
  page[f] := 0;
  dirty[f] := false;
  up[f] := false;
  kept[f] := false;
  undefine over[f];
end;

-- The mutex of the session is taken, for more than a step.
procedure take(for_what: phase_t);
begin
  assert "a mutex has one holder" phase = RUN;
  phase := for_what;
end;

-- The newest file leaves the list.
procedure drop_newest();
begin
  undefine slot[n];
  entry[n] := ABSENT;
  n := n - 1;
end;

procedure end_session();
begin
  session := NO_SESSION;
  map := NO_MAP;
  phase := RUN;
end;

startstate "all files are new"
begin
  end_session();
  n := 0;
  mapped := 0;
  open := false;
  for p: slot_t do
    undefine slot[p];
    entry[p] := ABSENT;
    flag_dirty[p] := false;
    flag_up[p] := false;
  end;
  for f: file_t do
    make(f);
    text[f] := 0;
    due[f] := false;
  end;
end;

-- Users and the machine -----------------------------------------------------------------------

ruleset f: file_t do
  -- facts.md 4.4: processes run until the jump, whether the file is frozen or not. Pages are handed
  -- over where they lie, so what is written late is there.
  rule "user: write to a file"
    where[f] = LIVE
  ==>
  begin
    text[f] := 1 - text[f];
    page[f] := text[f];
    dirty[f] := true;
    up[f] := true;
  end;

  -- facts.md 6.3: a page that was only allocated is cleared before it is shown. When memory is
  -- short, a clean page is dropped, and is new when it is read again; what is preserved is pinned.
  rule "user: read a page that is not up to date, or was clean and is gone"
    where[f] = LIVE & (!up[f] | !dirty[f] & !kept[f])
  ==>
  begin
    page[f] := 0;
    up[f] := true;
  end;
end;

ruleset f: file_t; g: file_t do
  -- facts.md 6.3: a device is attached to its IOMMU context, guest memory to its VM.
  rule "user: build a file on another"
    f != g
    & where[g] = LIVE
    & !is_listed(f)
    & isundefined(over[g])
    & (forall h: file_t do isundefined(over[h]) | over[h] != f end)
  ==>
  begin
    over[f] := g;
  end;
end;

-- Before the update ---------------------------------------------------------------------------

-- T1. systemd-shutdown does so when all others are killed; the name is one for all.
-- @code kernel/liveupdate/luo_session.c:luo_session_create
rule "agent: CREATE_SESSION"
  phase = RUN & session = NO_SESSION
==>
begin
  session := OUTGOING;
  open := true;
end;

ruleset f: file_t do
  -- T2. A file that is preserved already is -EBUSY, whatever its token and through whatever
  -- descriptor (`get_id`: the inode). One that is built on another needs it on the list. Pages are
  -- made ready first: cleared if that is due, and dirty from now on.
  -- @code kernel/liveupdate/luo_file.c:luo_preserve_file, mm/memfd_luo.c:memfd_luo_preserve @holds luo_session_serialize_rwsem(r), session->mutex
  rule "agent: PRESERVE_FD"
    phase = RUN
    & session = OUTGOING
    & map = NO_MAP
    & n < TOKENS
    & where[f] = LIVE
    & !is_listed(f)
    & (isundefined(over[f]) | is_listed(over[f]))
  ==>
  begin
    n := n + 1;
    slot[n] := f;
    entry[n] := PRESERVED;
    if !up[f] then
      page[f] := 0;
      up[f] := true;
    end;
    dirty[f] := true;
    flag_dirty[n] := dirty[f];
    flag_up[n] := up[f];
    kept[f] := true;
    due[f] := true;
  end;
end;

-- T2, token 0 of systemd: which file has which token. After all others.
-- @code kernel/liveupdate/luo_file.c:luo_preserve_file @holds luo_session_serialize_rwsem(r), session->mutex
rule "agent: PRESERVE_FD, the map"
  phase = RUN & session = OUTGOING & map = NO_MAP
==>
begin
  map := PRESERVED_MAP;
  mapped := n;
end;

-- T3. The agent gives up, or dies.
-- @code kernel/liveupdate/luo_session.c:luo_session_release @holds luo_session_serialize_rwsem(r), session->mutex
rule "agent: close the session"
  phase = RUN & session = OUTGOING
==>
begin
  for f: file_t do due[f] := false; end;
  open := false;
  take(CLOSING);
end;

-- T3: newest first.
-- @code kernel/liveupdate/luo_file.c:luo_file_unpreserve_files @holds luo_session_serialize_rwsem(r), session->mutex
rule "kernel: unpreserve the newest file"
  phase = CLOSING & n > 0
==>
begin
  assert "what others are built on goes after them" !is_needed(slot[n]);
  assert "what is unpreserved was preserved in this kernel" where[slot[n]] = LIVE & kept[slot[n]];
  kept[slot[n]] := false;
  drop_newest();
end;

-- T3.
-- @code kernel/liveupdate/luo_session.c:luo_session_release @holds luo_session_serialize_rwsem(r)
rule "kernel: the session is gone"
  phase = CLOSING & n = 0
==>
begin
  end_session();
end;

-- reboot() ------------------------------------------------------------------------------------

-- T4. The agent calls it when its map is preserved.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize @holds luo_session_serialize_rwsem(w)
rule "agent: reboot()"
  phase = RUN & session = OUTGOING & map = PRESERVED_MAP
==>
begin
  take(FREEZING);
end;

ruleset p: slot_t do
  -- T4: oldest first. What a file writes down of another is final by then.
  -- @code kernel/liveupdate/luo_file.c:luo_file_freeze @holds luo_session_serialize_rwsem(w), session->mutex
  rule "kernel: freeze a file"
    phase = FREEZING & entry[p] = PRESERVED
    & (forall q: slot_t do q < p -> entry[q] = FROZEN end)
  ==>
  begin
    assert "what a file is built on is frozen first"
      isundefined(over[slot[p]])
      | exists q: slot_t do entry[q] = FROZEN & slot[q] = over[slot[p]] end;
    entry[p] := FROZEN;
  end;

  -- T4, roll back, oldest first as well; nothing depends on the order.
  -- @code kernel/liveupdate/luo_file.c:luo_file_unfreeze @holds luo_session_serialize_rwsem(w), session->mutex
  rule "kernel: unfreeze a file"
    phase = UNDO & entry[p] = FROZEN
  ==>
  begin
    entry[p] := PRESERVED;
  end;
end;

-- T4.
-- @code kernel/liveupdate/luo_file.c:luo_file_freeze @holds luo_session_serialize_rwsem(w), session->mutex
rule "kernel: a file fails to freeze"
  phase = FREEZING
==>
begin
  phase := UNDO;
end;

-- T4.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize @holds luo_session_serialize_rwsem(w)
rule "kernel: reboot() fails"
  phase = UNDO & forall p: slot_t do entry[p] != FROZEN end
==>
begin
  phase := RUN;
end;

-- T4.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize @holds luo_session_serialize_rwsem(w)
rule "kernel: all is serialised"
  phase = FREEZING & forall p: slot_t do entry[p] != PRESERVED end
==>
begin
  phase := SEALED;
end;

-- facts.md 4.4: nothing between LUO and the jump can fail. All processes end, and all memory is new
-- but what was marked.
rule "machine: jump into the new kernel"
  phase = SEALED
==>
begin
  for f: file_t do
    if kept[f] then
      where[f] := HELD;
    else
      make(f);
      text[f] := 0;   -- its user ends, too
    end;
  end;
  for p: slot_t do
    if entry[p] = FROZEN then
      entry[p] := INCOMING;
    end;
  end;
  session := CAME_IN;
  map := CAME;
  open := false;
  phase := RUN;
end;

-- The new kernel ------------------------------------------------------------------------------

-- T10, token 0.
-- @code kernel/liveupdate/luo_file.c:luo_retrieve_file @holds luo_session_serialize_rwsem(r), session->mutex, luo_file->mutex
rule "agent: RETRIEVE_FD, the map"
  phase = RUN & map = CAME
==>
begin
  map := READ;
end;

-- T10: it fails, which the agent says aloud. It can find nothing without it.
-- @code kernel/liveupdate/luo_file.c:luo_retrieve_file @holds luo_session_serialize_rwsem(r), session->mutex, luo_file->mutex
rule "agent: RETRIEVE_FD, the map, fails"
  phase = RUN & map = CAME
==>
begin
  for f: file_t do due[f] := false; end;
  map := LOST;
end;

-- KHO hands a page out once.
procedure retrieve(p: slot_t);
begin
  assert "a file comes to who counts on it" due[slot[p]];
  where[slot[p]] := where[slot[p]] = HELD & kept[slot[p]] ? LIVE : BAD;
  kept[slot[p]] := false;
  dirty[slot[p]] := flag_dirty[p];
  up[slot[p]] := flag_up[p];
  entry[p] := RETRIEVED;
end;

ruleset p: slot_t do
  -- T10. Asked again it hands out the same file. What the file is built on is retrieved with it, if
  -- nobody has asked for that yet.
  -- @code kernel/liveupdate/luo_file.c:luo_retrieve_file, mm/memfd_luo.c:memfd_luo_retrieve @holds luo_session_serialize_rwsem(r), session->mutex, luo_file->mutex
  rule "agent: RETRIEVE_FD"
    phase = RUN & map = READ & p <= mapped & entry[p] != ABSENT
  ==>
  begin
    if entry[p] = INCOMING then
      for q: slot_t do
        if entry[q] = INCOMING & !isundefined(over[slot[p]]) & slot[q] = over[slot[p]] then
          retrieve(q);
        end;
      end;
      retrieve(p);
    end;
    due[slot[p]] := false;
  end;
end;

-- T11, or T12 with the same effect. What was not retrieved is discarded.
-- @code kernel/liveupdate/luo_session.c:luo_session_finish @holds luo_session_serialize_rwsem(r), session->mutex
rule "agent: FINISH"
  phase = RUN & session = CAME_IN
==>
begin
  for p: slot_t do
    if entry[p] = INCOMING then
      text[slot[p]] := 0;
    end;
  end;
  for f: file_t do due[f] := false; end;
  take(FINISHING);
end;

-- T11: newest first.
-- @code kernel/liveupdate/luo_file.c:luo_file_finish, mm/memfd_luo.c:memfd_luo_finish @holds luo_session_serialize_rwsem(r), session->mutex, luo_file->mutex
rule "kernel: finish the newest file"
  phase = FINISHING & n > 0
==>
begin
  assert "what others are built on goes after them" !is_needed(slot[n]);
  if entry[n] = INCOMING then
    assert "what is discarded is there" where[slot[n]] = HELD & kept[slot[n]];
    make(slot[n]);
  end;
  drop_newest();
end;

-- T12.
-- @code kernel/liveupdate/luo_session.c:luo_session_release @holds luo_session_serialize_rwsem(r), luo_session_header->rwsem(w)
rule "agent: close the session that has been finished"
  phase = FINISHING & n = 0
==>
begin
  end_session();
end;

-- What must hold ------------------------------------------------------------------------------

invariant "a file shows what was written last"
  forall f: file_t do where[f] = LIVE -> shown(f) = text[f] end;

invariant "no file is lost or comes back damaged"
  forall f: file_t do
    where[f] != BAD
    & (due[f] -> kept[f] | exists p: slot_t do p <= n & slot[p] = f & entry[p] = RETRIEVED end)
  end;

invariant "a file has what it is built on"
  forall f: file_t do forall g: file_t do
      where[f] = LIVE & !isundefined(over[f]) & over[f] = g -> where[g] = LIVE
    end end;

invariant "the agent can find what it counts on"
  session = CAME_IN ->
  forall f: file_t do
    due[f] -> map != LOST & exists p: slot_t do p <= mapped & p <= n & slot[p] = f end
  end;

invariant "memory is kept for files on the list, until they are retrieved"
  forall f: file_t do
    kept[f] = exists p: slot_t do p <= n & slot[p] = f & entry[p] != RETRIEVED end
  end;

invariant "a reboot that does not take place leaves everything as it was"
  phase = RUN -> forall p: slot_t do entry[p] != FROZEN end;

invariant "a session is of one kernel, and is there as long as it is open"
  open = (session = OUTGOING & phase != CLOSING)
  & (session = NO_SESSION -> n = 0)
  & forall p: slot_t do
    (entry[p] = ABSENT) = (p > n)
    & (session = OUTGOING & p <= n -> entry[p] = PRESERVED | entry[p] = FROZEN)
    & (session = CAME_IN & p <= n -> entry[p] = INCOMING | entry[p] = RETRIEVED)
  end;

liveness "every session can still be ended"
  phase = RUN & session = NO_SESSION;

cover "a file and what it is built on come"
  FILES = 1
  | TOKENS = 1
  | exists f: file_t do where[f] = HELD & !isundefined(over[f]) & where[over[f]] = HELD end;
cover "written to when it is frozen"
  exists p: slot_t do entry[p] = FROZEN & text[slot[p]] = 1 end;
cover "never written to before it came"
  exists f: file_t do where[f] = HELD & text[f] = 0 end;
cover "read, and never written to"    exists f: file_t do up[f] & !dirty[f] end;
cover "a file is left behind"
  FILES = 1 | session = CAME_IN & exists f: file_t do where[f] = LIVE & !is_listed(f) end;
cover "what came last is retrieved first, and what it is built on with it"
  FILES = 1
  | TOKENS = 1
  | map = READ
  & exists f: file_t do
    where[f] = LIVE & due[f] & exists g: file_t do
      where[g] = LIVE & !due[g] & !isundefined(over[g]) & over[g] = f
    end
  end;
cover "the map is lost"               map = LOST & n > 0;
cover "a freeze fails when another file is frozen"
  FILES = 1
  | TOKENS = 1
  | phase = UNDO
  & (exists p: slot_t do entry[p] = FROZEN end)
  & (exists p: slot_t do entry[p] = PRESERVED end);
cover "discarded at FINISH"
  phase = FINISHING & exists p: slot_t do entry[p] = INCOMING end;
cover "given up before the reboot"    phase = CLOSING & n > 0;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "files that are in nobody's hands"
  away();
