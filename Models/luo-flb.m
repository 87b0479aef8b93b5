-- Live Update Orchestrator: state that several files share (File-Lifecycle-Bound, FLB).
--
-- An FLB, such as what the PCI core or the IOMMU core knows, is saved with the first file that
-- depends on it, and finished with the last. It is counted by references, of files and of threads
-- that use it. Handlers of files come and go with their modules. Models/luo-flb/README.md says what
-- is left out; sessions, and the lock that reboot() has, are in luo.m.
--
-- Sources: facts.md 6.3; kernel/liveupdate/luo_flb.c and luo_file.c of 7.2-rc, with
-- liveupdate_flb_put_outgoing() as it was proposed in June 2026 on the kexec list, and handlers as
-- of April 2026: a module is pinned only while a session uses it.
--
-- Belief and truth are separate variables. What LUO believes: phase, entry, listed, users, count,
-- incoming, in_count. What is handed over: ser. What is so: obj, marked, in_obj, in_mem, using,
-- in_using, pin, owner, owner_pins. History, which no guard reads: left.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  FILES:   2;   -- each of a handler of its own, in a module of its own
  THREADS: 1;   -- that use the outgoing FLB at a time, and the incoming one

type
  file_t:    scalarset(FILES);
  threads_t: 0 .. THREADS;
  count_t:   0 .. FILES + THREADS;

  -- SEALED: reboot() has written all down, has the sessions to itself, and will jump.
  phase_t: enum { RUN, SEALED };

  -- BEGUN: in the middle of PRESERVE_FD, the FLB is saved and the file is not yet.
  entry_t: enum { ABSENT, BEGUN, PRESERVED, INCOMING };

  -- What became of the incoming FLB.
  incoming_t: enum { NOTHING_CAME, UNREAD, RETRIEVED, FAILED, FINISHED };

var
  -- Belief.
  phase:      phase_t;
  entry:      array [file_t] of entry_t;
  listed:     array [file_t] of boolean;   -- its handler is registered, and linked to the FLB
  users:      0 .. FILES;                  -- handlers that are linked; the FLB is listed if any are
  count:      count_t;                     -- references to the outgoing FLB
  incoming:   incoming_t;
  in_count:   count_t;                     -- to the incoming one

  -- What is handed over: 0 if the FLB is not written down.
  ser:        count_t;

  -- Truth.
  obj:        boolean;                     -- the object of the outgoing FLB exists,
  marked:     boolean;                     -- and its memory is marked to be preserved
  in_obj:     boolean;
  in_mem:     boolean;                     -- what the old kernel had saved is there
  using:      threads_t;                   -- threads with a pointer to the outgoing object
  in_using:   threads_t;
  pin:        array [file_t] of 0 .. 1;    -- references to the module of its handler
  owner:      boolean;                     -- the module of the FLB is loaded
  owner_pins: 0 .. 2;

  -- History: when the old kernel ended, a thread used the FLB, and no file did.
  left:       boolean;

-- Files that depend on the outgoing FLB.
function outgoing_files(): 0 .. FILES;
  var n: 0 .. FILES;
begin
  n := 0;
  for f: file_t do
    if entry[f] = BEGUN | entry[f] = PRESERVED then
      n := n + 1;
    end;
  end;
  return n;
end;

function has_incoming(): boolean;
begin
  return exists f: file_t do entry[f] = INCOMING end;
end;

-- The module of the FLB: its callbacks can be called as long as it is pinned.
procedure pin_owner();
begin
  assert "a module that is pinned is loaded" owner;
  owner_pins := owner_pins + 1;
end;

-- The last reference to the outgoing FLB is dropped, or one of several.
procedure put_outgoing();
begin
  count := count - 1;
  if count = 0 then
    obj := false;
    marked := false;
    owner_pins := owner_pins - 1;
  end;
end;

-- The callback that makes the object of what the old kernel had saved. It may fail, and has used up
-- what was saved then.
procedure retrieve(works: boolean);
begin
  assert "what is retrieved is there" in_mem;
  if works then
    in_obj := true;
    pin_owner();
    in_count := ser;
    incoming := RETRIEVED;
  else
    in_mem := false;
    incoming := FAILED;
  end;
end;

procedure put_incoming();
begin
  in_count := in_count - 1;
  if in_count = 0 then
    in_obj := false;
    in_mem := false;
    incoming := FINISHED;
    owner_pins := owner_pins - 1;
  end;
end;

procedure start_cold();
begin
  phase := RUN;
  for f: file_t do
    entry[f] := ABSENT;
    listed[f] := true;
    pin[f] := 0;
  end;
  users := FILES;
  count := 0;
  incoming := NOTHING_CAME;
  in_count := 0;
  ser := 0;
  obj := false;
  marked := false;
  in_obj := false;
  in_mem := false;
  using := 0;
  in_using := 0;
  owner := true;
  owner_pins := 0;
  left := false;
end;

startstate "all modules are loaded"
begin
  start_cold();
end;

-- Modules -------------------------------------------------------------------------------------

ruleset f: file_t do
  -- facts.md 7, B15: when a module comes or goes. "Unregister" cannot fail, and takes the link to
  -- the FLB along. A module that is pinned cannot be unloaded.
  -- @code kernel/liveupdate/luo_file.c:liveupdate_register_file_handler, kernel/liveupdate/luo_flb.c:liveupdate_register_flb, kernel/liveupdate/luo_file.c:liveupdate_unregister_file_handler, kernel/liveupdate/luo_flb.c:luo_flb_unregister_all @holds luo_register_rwlock(w)
  rule "userspace: load or unload the module of a handler"
    owner & pin[f] = 0
  ==>
  begin
    users := listed[f] ? users - 1 : users + 1;
    listed[f] := !listed[f];
  end;
end;

-- facts.md 7, B15. Modules of handlers use symbols of the owner, so they go first and come last.
rule "userspace: load or unload the module of the FLB"
  owner_pins = 0 & (forall f: file_t do !listed[f] end)
==>
begin
  owner := !owner;
end;

-- The old kernel ------------------------------------------------------------------------------

ruleset f: file_t do
  -- T2, first half: a handler is found and pinned, and the FLB saved if this is its first file.
  -- Other sessions come between the halves. Failures clean up, and change nothing.
  -- @code kernel/liveupdate/luo_file.c:luo_preserve_file, kernel/liveupdate/luo_flb.c:luo_flb_file_preserve_one @holds luo_session_serialize_rwsem(r), session->mutex, luo_register_rwlock(r), outgoing.lock
  rule "userspace: PRESERVE_FD, the FLB"
    phase = RUN & listed[f] & entry[f] = ABSENT
  ==>
  begin
    pin[f] := pin[f] + 1;
    if count = 0 then
      pin_owner();
      obj := true;
      marked := true;
    end;
    count := count + 1;
    entry[f] := BEGUN;
  end;

  -- T2, second half.
  -- @code kernel/liveupdate/luo_file.c:luo_preserve_file @holds luo_session_serialize_rwsem(r), session->mutex
  rule "userspace: PRESERVE_FD, the file"
    entry[f] = BEGUN
  ==>
  begin
    entry[f] := PRESERVED;
  end;

  -- T2: the file's own `preserve` fails. T3: newest first, which files do not notice here.
  -- @code kernel/liveupdate/luo_file.c:luo_file_unpreserve_files, kernel/liveupdate/luo_flb.c:liveupdate_flb_put_outgoing @holds luo_session_serialize_rwsem(r), session->mutex, luo_register_rwlock(r), outgoing.lock
  rule "userspace: a file is not preserved, or not any more"
    entry[f] = BEGUN | phase = RUN & entry[f] = PRESERVED
  ==>
  begin
    put_outgoing();
    pin[f] := pin[f] - 1;
    entry[f] := ABSENT;
  end;
end;

-- A thread outside of LUO looks into the FLB, for example because a device is unplugged. Nothing
-- keeps it out: no lock of sessions, and no reboot().
-- facts.md 6.3.
-- @code kernel/liveupdate/luo_flb.c:liveupdate_flb_get_outgoing @holds outgoing.lock
rule "thread: get the outgoing FLB"
  obj & using < THREADS
==>
begin
  count := count + 1;
  using := using + 1;
end;

-- facts.md 6.3.
-- @code kernel/liveupdate/luo_flb.c:liveupdate_flb_put_outgoing @holds outgoing.lock
rule "thread: put the outgoing FLB"
  using > 0
==>
begin
  using := using - 1;
  put_outgoing();
end;

-- T4, T5. What is inside PRESERVE_FD is waited for. Files are frozen first, which may fail and
-- changes nothing here (luo.m). What follows cannot fail: an FLB is written down if it is listed
-- and some file needs it, with as many references as there are files: no thread goes along.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize, kernel/liveupdate/luo_flb.c:luo_flb_serialize @holds luo_session_serialize_rwsem(w)
rule "userspace: reboot()"
  phase = RUN & !has_incoming() & (forall f: file_t do entry[f] != BEGUN end)
==>
begin
  ser := users > 0 ? outgoing_files() : 0;
  phase := SEALED;
end;

-- facts.md 4.4: nothing between LUO and the jump can fail. All memory is new but what was marked,
-- and all modules that handle what comes are loaded.
rule "machine: jump into the new kernel"
  phase = SEALED
==>
begin
  left := using > 0 & outgoing_files() = 0;
  in_mem := marked;
  marked := false;
  obj := false;
  in_obj := false;
  count := 0;
  in_count := 0;
  using := 0;
  in_using := 0;
  incoming := ser > 0 ? UNREAD : NOTHING_CAME;
  for f: file_t do
    listed[f] := true;
    entry[f] := entry[f] = PRESERVED ? INCOMING : ABSENT;
    pin[f] := entry[f] = INCOMING ? 1 : 0;
  end;
  users := FILES;
  owner := true;
  owner_pins := 0;
  phase := RUN;
end;

-- The new kernel ------------------------------------------------------------------------------

-- A thread outside of LUO asks what came, for example when a device is found at boot. The first
-- one has it retrieved.
-- facts.md 6.3.
-- @code kernel/liveupdate/luo_flb.c:liveupdate_flb_get_incoming, kernel/liveupdate/luo_flb.c:luo_flb_retrieve_one @holds incoming.lock
rule "thread: get the incoming FLB"
  (incoming = UNREAD | incoming = RETRIEVED) & in_using < THREADS
==>
begin
  if incoming = UNREAD then
    retrieve(true);
  end;
  in_count := in_count + 1;
  in_using := in_using + 1;
end;

-- facts.md 7, B9: a failure is remembered.
-- @code kernel/liveupdate/luo_flb.c:luo_flb_retrieve_one @holds incoming.lock
rule "thread: the incoming FLB cannot be retrieved"
  incoming = UNREAD
==>
begin
  retrieve(false);
end;

-- facts.md 6.3.
-- @code kernel/liveupdate/luo_flb.c:liveupdate_flb_put_incoming @holds incoming.lock
rule "thread: put the incoming FLB"
  in_using > 0
==>
begin
  in_using := in_using - 1;
  put_incoming();
end;

ruleset f: file_t do
  -- T11. Each file that is finished drops its reference; the first one has the FLB retrieved if
  -- nobody has asked for it, since a callback is to finish it. Hole: if that fails, only the error
  -- is left.
  -- @code kernel/liveupdate/luo_file.c:luo_file_finish, kernel/liveupdate/luo_flb.c:luo_flb_file_finish, kernel/liveupdate/luo_flb.c:liveupdate_flb_put_incoming @holds luo_session_serialize_rwsem(r), session->mutex, luo_register_rwlock(r), incoming.lock
  rule "userspace: FINISH a file"
    phase = RUN & entry[f] = INCOMING
  ==>
  begin
    if incoming = UNREAD then
      retrieve(true);
    end;
    if incoming = RETRIEVED then
      put_incoming();
    end;
    pin[f] := pin[f] - 1;
    entry[f] := ABSENT;
  end;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "what files need is saved, and nothing that nobody needs"
  (outgoing_files() > 0 -> obj)
  & (obj -> outgoing_files() > 0 | using > 0)
  & marked = obj;

invariant "nobody uses an object that was freed"
  (using > 0 -> obj) & (in_using > 0 -> in_obj) & in_obj = (incoming = RETRIEVED);

-- But for memory that a thread of the old kernel had not given back. An attempt to retrieve it that
-- fails uses it up.
invariant "what comes is there until the last one has finished, and no longer"
  in_mem = (left | incoming != FAILED & (has_incoming() | in_using > 0));

invariant "a callback belongs to a module that is loaded"
  (forall f: file_t do entry[f] != ABSENT -> listed[f] end)
  & (obj | in_obj -> owner);

invariant "a module is pinned while its callbacks are needed, and no longer"
  owner_pins = (obj ? 1 : 0) + (in_obj ? 1 : 0)
  & forall f: file_t do pin[f] = (entry[f] != ABSENT ? 1 : 0) end;

liveness "what is shared can still be given back"
  phase = RUN & !obj & !in_mem & !in_obj & !has_incoming();

cover "two files share it"
  FILES = 1 | count >= 2 & using = 0 & phase = SEALED;
cover "a thread is the last to use it"        obj & outgoing_files() = 0;
cover "a thread uses it when reboot() seals"  phase = SEALED & using > 0 & outgoing_files() > 0;
cover "one file has come, the other handler is gone"
  FILES = 1 | has_incoming() & exists f: file_t do !listed[f] end;
cover "a thread is the last of those to whom it came"
  in_using > 0 & !has_incoming();
cover "saved again while a thread still uses what came"
  in_using > 0 & obj;
cover "the next file comes when the last one is going"
  FILES = 1 | (exists f: file_t do entry[f] = BEGUN end) & outgoing_files() = 1 & count = 2;
cover "kept for a thread that has ended with the old kernel" left;
cover "it cannot be retrieved"                incoming = FAILED & has_incoming();
cover "finished"                              incoming = FINISHED;
cover "all modules are gone"                  !owner;
cover "a second thread asks for what came"    THREADS = 1 | in_using = 2 & has_incoming();

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "references to what is saved"
  count;
