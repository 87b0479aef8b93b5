-- BProc: one space of processes on several kernels, and its master's role on the move.
--
-- The proposal transfers the processes with BProc and would have to "transfer the functionality of
-- the Master BProc Node to another". The master knows every process: its own as they are, those on
-- other nodes as ghosts. Requests go through its router, which has at most one outstanding for each
-- process. A swap moves the master's own processes to a relief, then the role, and then the old
-- master exits. Further nodes keep working meanwhile.
--
-- Belief and truth are separate variables. What a kernel believes (table, pending, place, parent,
-- joined, boss, acts) is read by its own rules only; what is so (image, alive, daemon, opened,
-- fate) is the machine's. What processes were promised (owed, born_by) is written where a user
-- acts, a process lives or dies, or an exit is handed out, and no kernel reads it.
--
-- Comments that begin with "Hole" settle what the proposal leaves open.
--
-- Expect: holds

const
  NODES:   2;   -- kernels, at least 2
  PIDS:    2;   -- ids for processes, at least 1
  SIGNALS: 1;   -- 0: nobody sends a signal
  EXITS:   1;   -- 0: processes are servers, which never exit
  OPENS:   0;   -- 1: processes open files and write output
  AT_ONCE: 1;   -- processes that stand still for a move at a time

type
  node_t: scalarset(NODES);
  pid_t:  scalarset(PIDS);

  -- A process in a kernel's table.
  entry_t: enum {
    NONE,
    RUNS,
    FORKS,     -- blocked until the master has answered
    WAITS,     -- blocked until a child has exited
    STOPPED,   -- for its move
    SENT,      -- was sent elsewhere; this copy is kept until the answer
    GHOST,     -- at the master: lives elsewhere, or its exit is not known yet
    ZOMBIE     -- at the master: has exited, its parent has not waited for it
  };

  -- To the master.
  request_t: enum { NO_REQUEST, FORK, WAIT, EXIT, MOVED, REFUSED };

  -- From the master.
  order_t: enum { NO_ORDER, MOVE, SIGNAL, FORKED, NO_ID, NO_CHILD, REAPED };

  swap_t: enum {
    NO_SWAP,
    MOVING,     -- the master's own processes move
    OFFERING,   -- the old master routes no longer and has offered its role
    DRAINING    -- the new one routes; the old one passes on what still comes
  };

  -- What a process has open. Memory, credentials, ids and parents, and pending signals as a bitmap
  -- move with it. Output becomes one socket. A file stays behind; it stands for all that is lost
  -- and that a process can let go of before: shared memory and a terminal as well (facts.md 5.1).
  opened_t: enum { NOTHING, OUTPUT, FILE };
  fate_t:   enum { PRESERVED, DEGRADED, LOST };

var
  -- Belief.
  table:   array [node_t] of array [pid_t] of entry_t;
  pending: array [node_t] of array [pid_t] of boolean;   -- a signal waits at this entry
  boss:    array [node_t] of node_t;                     -- where a node sends its requests
  acts:    array [node_t] of boolean;                    -- believes that it is the master
  place:   array [pid_t] of node_t;                      -- the master's: where it sent a process
  parent:  array [pid_t] of pid_t;                       -- the master's: undefined for init
  joined:  array [node_t] of boolean;                    -- the master's: has said hello
  swap:    swap_t;                                       -- the old master's
  old:     node_t;                                       -- while there is a swap
  new:     node_t;

  -- Truth.
  image:   array [node_t] of array [pid_t] of boolean;   -- a whole image in this kernel's memory
  alive:   array [pid_t] of boolean;                     -- was born and has not exited
  daemon:  array [node_t] of boolean;                    -- BProc's daemon runs
  opened:  array [pid_t] of opened_t;
  fate:    array [pid_t] of fate_t;                      -- what moves have done to what is open

  -- History: what was promised.
  owed:    array [pid_t] of boolean;   -- was sent a signal that it has not had
  born_by: array [pid_t] of pid_t;     -- the parent that an exit will be told; undefined for init

  -- Messages. Hole: lost messages. They go through common memory, so none is lost.
  hello:   array [node_t] of boolean;
  request: array [pid_t] of record
    word:   request_t;
    to_:    node_t;
    signal: boolean;   -- with REFUSED: the bitmap comes back
  end;
  order:   array [pid_t] of record
    word:   order_t;
    to_:    node_t;
    child:  pid_t;     -- with FORKED
    signal: boolean;   -- with MOVE: the bitmap goes along
  end;

-- Here is the process itself, rather than a ghost or what is left of it.
function is_real(n: node_t; p: pid_t): boolean;
begin
  return table[n][p] != NONE & table[n][p] != GHOST & table[n][p] != ZOMBIE;
end;

function is_active(n: node_t; p: pid_t): boolean;
begin
  return table[n][p] = RUNS | table[n][p] = FORKS | table[n][p] = WAITS;
end;

function is_being_born(c: pid_t): boolean;
begin
  return exists p: pid_t do order[p].word = FORKED & order[p].child = c end;
end;

function asks(m: node_t; p: pid_t; w: request_t): boolean;
begin
  return acts[m] & request[p].word = w & request[p].to_ = m;
end;

function is_told(n: node_t; p: pid_t; w: order_t): boolean;
begin
  return order[p].word = w & order[p].to_ = n;
end;

-- Where the master has a process.
function home(m: node_t; p: pid_t): node_t;
begin
  if table[m][p] = GHOST then
    return place[p];
  end;
  return m;
end;

function is_child(c: pid_t; p: pid_t): boolean;
begin
  return !isundefined(parent[c]) & parent[c] = p;
end;

-- How many of a master's processes stand still for a move.
function standing_still(m: node_t): 0 .. PIDS;
  var count: 0 .. PIDS;
begin
  count := 0;
  for p: pid_t do
    if table[m][p] = STOPPED | table[m][p] = SENT then
      count := count + 1;
    end;
  end;
  return count;
end;

-- What the machine does, whatever the kernels believe -------------------------------------------

-- A process runs: where its kernel lets it, and from what is in this kernel's memory.
procedure run(n: node_t; p: pid_t);
begin
  assert "a process runs where it is, and not in a call"
    alive[p] & image[n][p] & table[n][p] = RUNS;
end;

procedure be_born(n: node_t; c: pid_t; p: pid_t);
begin
  assert "an id is free before it is given out" !alive[c] & isundefined(born_by[c]);
  alive[c] := true;
  image[n][c] := true;
  born_by[c] := p;
end;

-- Its children are init's from now on. Its parent is owed the news.
procedure die(n: node_t; p: pid_t);
begin
  alive[p] := false;
  image[n][p] := false;
  opened[p] := NOTHING;
  fate[p] := PRESERVED;
  owed[p] := false;
  for c: pid_t do
    if !isundefined(born_by[c]) & born_by[c] = p then
      undefine born_by[c];
    end;
  end;
end;

-- A parent gets its child's exit status, which is nowhere else any more.
procedure hand_out_exit(c: pid_t; p: pid_t);
begin
  assert "a parent is told of a child of its own that has exited"
    !alive[c] & !isundefined(born_by[c]) & born_by[c] = p;
  undefine born_by[c];
end;

-- A call returns: its process goes on.
procedure return_from(n: node_t; p: pid_t; call: entry_t);
begin
  assert "an answer comes to the call that it is for" table[n][p] = call;
  table[n][p] := RUNS;
  run(n, p);
end;

-- What is open does not move along (facts.md 5.1).
procedure part_with_files(p: pid_t);
begin
  if opened[p] = OUTPUT then
    fate[p] := DEGRADED;
  elsif opened[p] = FILE then
    fate[p] := LOST;
  end;
end;

-- Messages ------------------------------------------------------------------------------------

procedure ask(n: node_t; p: pid_t; w: request_t);
begin
  request[p].word := w;
  request[p].to_ := boss[n];
  request[p].signal := false;
end;

procedure forget_request(p: pid_t);
begin
  request[p].word := NO_REQUEST;
  undefine request[p].to_;
  request[p].signal := false;
end;

-- Nodes take orders from their master alone.
procedure tell(m: node_t; n: node_t; p: pid_t; w: order_t);
begin
  assert "orders come from who acts as the master" acts[m];
  order[p].word := w;
  order[p].to_ := n;
  undefine order[p].child;
  order[p].signal := false;
end;

procedure forget_order(p: pid_t);
begin
  order[p].word := NO_ORDER;
  undefine order[p].to_;
  undefine order[p].child;
  order[p].signal := false;
end;

procedure drop_entry(m: node_t; p: pid_t);
begin
  table[m][p] := NONE;
  pending[m][p] := false;
  undefine place[p];
  undefine parent[p];
end;

ruleset m: node_t; first: pid_t do
  startstate "one master, one process"
  begin
    for n: node_t do
      for p: pid_t do
        table[n][p] := n = m & p = first ? RUNS : NONE;
        image[n][p] := n = m & p = first;
        pending[n][p] := false;
      end;
      boss[n] := m;
      acts[n] := n = m;
      joined[n] := n = m;
      daemon[n] := n = m;
      hello[n] := false;
    end;
    for p: pid_t do
      undefine place[p];
      undefine parent[p];
      alive[p] := p = first;
      owed[p] := false;
      undefine born_by[p];
      opened[p] := NOTHING;
      fate[p] := PRESERVED;
      forget_request(p);
      forget_order(p);
    end;
    swap := NO_SWAP;
    undefine old;
    undefine new;
  end;
end;

-- Nodes join ----------------------------------------------------------------------------------

-- Daemons have to run before the first process comes, says the proposal. The daemon says so itself.
-- On a node that an old master has left, a new kernel has been booted by then.
ruleset n: node_t; m: node_t do
  rule "slave: start the daemon, say hello"
    !daemon[n] & acts[m]
  ==>
  begin
    daemon[n] := true;
    boss[n] := m;
    hello[n] := true;
  end;
end;

-- Who becomes the master meanwhile hears it, too.
ruleset n: node_t do
  rule "master: a node has joined"
    hello[n]
  ==>
  begin
    hello[n] := false;
    joined[n] := true;
  end;
end;

-- The user's processes ------------------------------------------------------------------------

-- To the master's own processes the router is a call, not a message. That they send messages here
-- as well adds orders of events and takes none away.
ruleset n: node_t; p: pid_t do
  rule "user: fork"
    table[n][p] = RUNS & request[p].word = NO_REQUEST
  ==>
  begin
    run(n, p);
    ask(n, p, FORK);
    table[n][p] := FORKS;
  end;

  rule "user: wait for a child"
    table[n][p] = RUNS & request[p].word = NO_REQUEST
  ==>
  begin
    run(n, p);
    ask(n, p, WAIT);
    table[n][p] := WAITS;
  end;

  -- Hole: which process is init? None: whichever is the last does not exit.
  rule "user: exit"
    EXITS = 1
    & table[n][p] = RUNS
    & request[p].word = NO_REQUEST
    & (exists q: pid_t do q != p & alive[q] end)
  ==>
  begin
    run(n, p);
    ask(n, p, EXIT);
    -- At the master an entry without a process stays, until the router has seen the exit.
    table[n][p] := acts[n] ? GHOST : NONE;
    pending[n][p] := false;
    die(n, p);
  end;

  rule "user: handle the signal"
    table[n][p] = RUNS & pending[n][p]
  ==>
  begin
    assert "a signal is handled once" owed[p];
    run(n, p);
    pending[n][p] := false;
    owed[p] := false;
  end;

  -- The request is taken back, unless it has been answered.
  rule "user: a signal interrupts the wait"
    table[n][p] = WAITS & pending[n][p] & request[p].word = WAIT
  ==>
  begin
    forget_request(p);
    return_from(n, p, WAITS);
  end;

  ruleset o: opened_t do
    rule "user: open a file, or write output"
      OPENS = 1 & o != NOTHING & table[n][p] = RUNS & opened[p] = NOTHING
    ==>
    begin
      run(n, p);
      opened[p] := o;
    end;
  end;

  rule "user: close"
    table[n][p] = RUNS & opened[p] != NOTHING
  ==>
  begin
    run(n, p);
    opened[p] := NOTHING;
    fate[p] := PRESERVED;
  end;

  -- Whoever sends a signal, it comes by the master, where every process can be seen. A second one
  -- that is the same merges with the first, in a bitmap, so that one at a time is enough. What is
  -- sent to a process that has just exited is nobody's any more.
  rule "user: send a signal"
    SIGNALS = 1 & acts[n] & (is_real(n, p) | table[n][p] = GHOST) & !owed[p]
  ==>
  begin
    pending[n][p] := true;
    owed[p] := alive[p] | is_being_born(p);
  end;
end;

-- What the router does ------------------------------------------------------------------------

-- Ids come from one space: that of the master's table. An answer waits until nothing else is on its
-- way to the process.
ruleset m: node_t; p: pid_t do
  ruleset c: pid_t do
    rule "master: a child gets its id"
      asks(m, p, FORK) & order[p].word = NO_ORDER & table[m][c] = NONE
    ==>
    begin
      table[m][c] := GHOST;
      place[c] := home(m, p);
      parent[c] := p;
      forget_request(p);
      tell(m, place[c], p, FORKED);
      order[p].child := c;
    end;

    rule "master: a child is waited for"
      asks(m, p, WAIT) & order[p].word = NO_ORDER & table[m][c] = ZOMBIE & is_child(c, p)
    ==>
    begin
      hand_out_exit(c, p);
      drop_entry(m, c);
      forget_request(p);
      tell(m, home(m, p), p, REAPED);
    end;
  end;

  rule "master: no id is free"
    asks(m, p, FORK)
    & order[p].word = NO_ORDER
    & (forall c: pid_t do table[m][c] != NONE end)
  ==>
  begin
    forget_request(p);
    tell(m, home(m, p), p, NO_ID);
  end;

  rule "master: there is no child to wait for"
    asks(m, p, WAIT) & order[p].word = NO_ORDER & (forall c: pid_t do !is_child(c, p) end)
  ==>
  begin
    forget_request(p);
    tell(m, home(m, p), p, NO_CHILD);
  end;

  -- Orphans are init's, which waits for them at once. What is outstanding for the process goes with
  -- it; the router has it in its hands.
  rule "master: hear of an exit"
    asks(m, p, EXIT)
  ==>
  begin
    forget_request(p);
    forget_order(p);
    for c: pid_t do
      if is_child(c, p) then
        undefine parent[c];
        if table[m][c] = ZOMBIE then
          drop_entry(m, c);
        end;
      end;
    end;
    if isundefined(parent[p]) then
      drop_entry(m, p);
    else
      table[m][p] := ZOMBIE;
      pending[m][p] := false;
      undefine place[p];
    end;
  end;

  -- A signal to a process on its way waits at the entry until the move is over.
  rule "master: forward a signal"
    acts[m]
    & table[m][p] = GHOST
    & pending[m][p]
    & request[p].word = NO_REQUEST
    & order[p].word = NO_ORDER
  ==>
  begin
    pending[m][p] := false;
    tell(m, place[p], p, SIGNAL);
  end;
end;

-- What a node does with orders ----------------------------------------------------------------

ruleset n: node_t; p: pid_t do
  ruleset c: pid_t do
    rule "slave: a child is born"
      is_told(n, p, FORKED) & order[p].child = c
    ==>
    begin
      forget_order(p);
      be_born(n, c, p);
      table[n][c] := RUNS;
      if acts[n] then
        undefine place[c];   -- the master's own processes are no ghosts
      end;
      return_from(n, p, FORKS);
    end;
  end;

  rule "slave: there is no id for a child"
    is_told(n, p, NO_ID)
  ==>
  begin
    forget_order(p);
    return_from(n, p, FORKS);
  end;

  rule "slave: there is no child"
    is_told(n, p, NO_CHILD)
  ==>
  begin
    forget_order(p);
    return_from(n, p, WAITS);
  end;

  rule "slave: the wait is over"
    is_told(n, p, REAPED)
  ==>
  begin
    forget_order(p);
    return_from(n, p, WAITS);
  end;

  -- It may come before the child to which it goes is born; then it has to wait.
  rule "slave: get a signal"
    is_told(n, p, SIGNAL) & is_real(n, p)
  ==>
  begin
    forget_order(p);
    pending[n][p] := true;
  end;
end;

-- A process moves -----------------------------------------------------------------------------

-- With BProc it moves because it wants to, at any time and to any node. In a swap all of the
-- master's go to the relief.
--
-- Hole: how many at once? AT_ONCE; the next one is stopped when the last has come or was refused.
--
-- Hole: a call during the move. A process that waits for a child is stopped: the wait is begun
-- again where it comes to. One that forks is not, because the answer would go astray.
--
-- Hole: open files. BProc leaves them behind. So a process is asked to close them first, and it is
-- looked at after it has been stopped, when it can open no more.
ruleset m: node_t; p: pid_t do
  rule "master: stop a process"
    acts[m]
    & (table[m][p] = RUNS | table[m][p] = WAITS)
    & order[p].word = NO_ORDER
    & (request[p].word = NO_REQUEST | request[p].word = WAIT)
    & standing_still(m) < AT_ONCE
  ==>
  begin
    forget_request(p);
    table[m][p] := STOPPED;
  end;

  rule "master: let a stopped process go on"
    acts[m] & table[m][p] = STOPPED
  ==>
  begin
    table[m][p] := RUNS;
  end;

  ruleset to_: node_t do
    rule "master: send the stopped process"
      acts[m]
      & table[m][p] = STOPPED
      & opened[p] != FILE
      & joined[to_]
      & to_ != m
      & (swap = MOVING -> to_ = new)
    ==>
    begin
      table[m][p] := SENT;
      place[p] := to_;
      image[to_][p] := image[m][p];
      tell(m, to_, p, MOVE);
      order[p].signal := pending[m][p];
      pending[m][p] := false;
    end;
  end;

  rule "slave: take a process"
    is_told(m, p, MOVE)
  ==>
  begin
    table[m][p] := RUNS;
    pending[m][p] := order[p].signal;
    forget_order(p);
    ask(m, p, MOVED);
    part_with_files(p);
  end;

  -- Out of memory, say.
  rule "slave: refuse a process"
    is_told(m, p, MOVE)
  ==>
  begin
    image[m][p] := false;
    ask(m, p, REFUSED);
    request[p].signal := order[p].signal;
    forget_order(p);
  end;

  rule "master: a process has moved"
    asks(m, p, MOVED)
  ==>
  begin
    forget_request(p);
    table[m][p] := GHOST;
    image[m][p] := false;
  end;

  rule "master: a process was refused"
    asks(m, p, REFUSED)
  ==>
  begin
    pending[m][p] := pending[m][p] | request[p].signal;
    forget_request(p);
    table[m][p] := RUNS;
    undefine place[p];
  end;
end;

-- The role moves ------------------------------------------------------------------------------

ruleset m: node_t; n: node_t do
  rule "old: choose a relief"
    swap = NO_SWAP & acts[m] & joined[n] & n != m
  ==>
  begin
    old := m;
    new := n;
    swap := MOVING;
  end;
end;

-- What has moved stays where it is, on a slave.
rule "old: call the swap off"
  swap = MOVING
==>
begin
  swap := NO_SWAP;
  undefine old;
  undefine new;
end;

-- From here on nobody routes until the relief has the table. An order on its way is in common
-- memory, and comes all the same.
rule "old: offer the role"
  swap = MOVING & (forall p: pid_t do !is_real(old, p) end)
==>
begin
  acts[old] := false;
  swap := OFFERING;
end;

-- The table lies in common memory and nobody writes to it now. What is a ghost to the old master
-- and at home here stays what it is.
rule "new: take the role"
  swap = OFFERING
==>
begin
  for p: pid_t do
    if table[new][p] = NONE then
      table[new][p] := table[old][p];
      pending[new][p] := pending[old][p];
    else
      pending[new][p] := pending[new][p] | pending[old][p];
      undefine place[p];
    end;
    table[old][p] := NONE;
    pending[old][p] := false;
  end;
  joined[old] := false;   -- it only waits to exit
  acts[new] := true;
  boss[new] := new;
  boss[old] := new;
  swap := DRAINING;
end;

ruleset n: node_t do
  rule "slave: hear who is the master now"
    swap = DRAINING & daemon[n] & boss[n] != new
  ==>
  begin
    boss[n] := new;
  end;
end;

ruleset p: pid_t do
  rule "old: pass a request on"
    swap = DRAINING & request[p].word != NO_REQUEST & request[p].to_ = old
  ==>
  begin
    request[p].to_ := new;
  end;
end;

-- Each node has confirmed, by its word in common memory, that it asks the new master. Only then
-- does nothing more come. What was still on its way to a process that has exited here, the new
-- master has taken back.
rule "old: exit"
  swap = DRAINING
  & (forall n: node_t do daemon[n] -> boss[n] = new end)
  & (forall p: pid_t do
      (request[p].word != NO_REQUEST -> request[p].to_ != old)
      & (order[p].word != NO_ORDER -> order[p].to_ != old)
    end)
==>
begin
  daemon[old] := false;
  swap := NO_SWAP;
  undefine old;
  undefine new;
end;

-- What must hold ------------------------------------------------------------------------------

-- While the role is on its way, the table that was offered counts.
function leads(m: node_t): boolean;
begin
  return swap = OFFERING ? m = old : acts[m];
end;

-- The process itself, whether it runs or stands still.
function has_process(n: node_t; p: pid_t): boolean;
begin
  return is_active(n, p) | table[n][p] = STOPPED | table[n][p] = SENT;
end;

invariant "no process is lost or runs twice"
  forall p: pid_t do
    (alive[p] -> exists n: node_t do has_process(n, p) & image[n][p] end)
    & (forall n: node_t do
        is_active(n, p) ->
        alive[p] & image[n][p] & (forall k: node_t do k != n -> !is_active(k, p) end)
      end)
  end;

-- It is at the real process, at its entry with the master, or on the way between the two.
invariant "no signal is lost"
  forall p: pid_t do
    owed[p] ->
    (exists n: node_t do pending[n][p] end)
    | request[p].signal
    | order[p].signal
    | order[p].word = SIGNAL
  end;

-- It lives, or its exit is on its way, or it is being born. Else its parent would wait for ever.
invariant "no birth is lost"
  forall p: pid_t do
    (exists m: node_t do leads(m) & table[m][p] = GHOST end) ->
    alive[p] | request[p].word = EXIT | is_being_born(p)
  end;

-- Its parent will hear of it when it waits.
invariant "no exit is lost"
  forall p: pid_t do
    !alive[p] & !isundefined(born_by[p]) ->
    request[p].word = EXIT | (exists m: node_t do leads(m) & table[m][p] = ZOMBIE end)
  end;

-- What it does not know yet is on its way: a birth, or the exit of the parent.
invariant "the master knows whose child a process is"
  forall c: pid_t do
    (!isundefined(born_by[c]) -> is_child(c, born_by[c]))
    & (!isundefined(parent[c]) ->
      (!isundefined(born_by[c]) & born_by[c] = parent[c])
      | request[parent[c]].word = EXIT
      | is_being_born(c))
  end;

-- An id is in use as long as somebody may ask for who had it.
invariant "a zombie is a child that has exited"
  forall m: node_t do
    forall p: pid_t do
      table[m][p] = ZOMBIE -> leads(m) & !alive[p] & !isundefined(parent[p])
    end
  end;

invariant "the master knows where a process is"
  forall m: node_t do
    forall p: pid_t do
      leads(m) & table[m][p] = GHOST & alive[p] ->
      !isundefined(place[p]) & has_process(place[p], p)
    end
  end;

-- Who waits is blocked, so what was so when it was answered is so when it hears.
invariant "nobody is told that it has no child while it has one"
  forall p: pid_t do
    order[p].word = NO_CHILD ->
    forall c: pid_t do isundefined(born_by[c]) | born_by[c] != p end
  end;

invariant "who is blocked in a call gets an answer"
  forall n: node_t do
    forall p: pid_t do
      (table[n][p] = FORKS ->
        request[p].word = FORK | order[p].word = FORKED | order[p].word = NO_ID)
      & (table[n][p] = WAITS ->
        request[p].word = WAIT | order[p].word = REAPED | order[p].word = NO_CHILD)
    end
  end;

invariant "there is one master, and it sees every process"
  (forall m: node_t do
      acts[m] -> swap != OFFERING & (forall n: node_t do n != m -> !acts[n] end)
    end)
  & ((exists m: node_t do acts[m] end) | swap = OFFERING)
  & (forall p: pid_t do
      alive[p] -> exists m: node_t do leads(m) & table[m][p] != NONE end
    end);

-- A kernel that has gone leaves nothing behind. One whose daemon has not said hello has nothing.
invariant "processes are where daemons run"
  forall n: node_t do
    (joined[n] | acts[n] -> daemon[n])
    & (forall p: pid_t do table[n][p] != NONE | image[n][p] -> daemon[n] end)
  end;

invariant "everybody knows the master, but while the role moves"
  swap = NO_SWAP | swap = MOVING -> forall n: node_t do daemon[n] -> acts[boss[n]] end;

invariant "requests and orders go to a kernel that is there"
  forall p: pid_t do
    (request[p].word != NO_REQUEST -> daemon[request[p].to_])
    & (order[p].word != NO_ORDER -> daemon[order[p].to_])
  end;

-- Memory, a place in a table, a parent: each is kept as long as it is of use.
invariant "nothing is kept of a process that is not there"
  forall p: pid_t do
    (forall n: node_t do
        (image[n][p] -> has_process(n, p) | is_told(n, p, MOVE))
        & (pending[n][p] -> has_process(n, p) | table[n][p] = GHOST)
      end)
    & (!isundefined(place[p]) ->
      exists m: node_t do leads(m) & (table[m][p] = GHOST | table[m][p] = SENT) end)
    & (!isundefined(parent[p]) -> exists m: node_t do leads(m) & table[m][p] != NONE end)
    & (!alive[p] -> opened[p] = NOTHING)
    & (fate[p] != PRESERVED -> opened[p] != NOTHING)
  end;

invariant "a message or a swap is whole or gone"
  (swap = NO_SWAP) = isundefined(old)
  & (swap = NO_SWAP) = isundefined(new)
  & forall p: pid_t do
    (request[p].word = NO_REQUEST) = isundefined(request[p].to_)
    & (request[p].signal -> request[p].word = REFUSED)
    & (order[p].word = NO_ORDER) = isundefined(order[p].to_)
    & (order[p].word = FORKED) = !isundefined(order[p].child)
    & (order[p].signal -> order[p].word = MOVE)
  end;

invariant "no process loses what it has open"
  forall p: pid_t do fate[p] != LOST end;

liveness "every swap can still end"
  swap = NO_SWAP;

liveness "every call can still be answered, every signal handled, and every move end"
  forall p: pid_t do
    !owed[p]
    & request[p].word = NO_REQUEST
    & order[p].word = NO_ORDER
    & (forall n: node_t do has_process(n, p) -> table[n][p] = RUNS end)
  end;

liveness "a swap can still succeed"
  swap = OFFERING;

-- Also where a kernel has exited: the next one boots there.
liveness "every node can still join"
  forall n: node_t do joined[n] end;

cover "a process is on its way"
  exists p: pid_t do order[p].word = MOVE end;
cover "a process is refused"
  exists p: pid_t do request[p].word = REFUSED end;
cover "the role is on its way"
  swap = OFFERING;
cover "a request has to be passed on"
  exists p: pid_t do
    swap = DRAINING & request[p].word != NO_REQUEST & request[p].to_ = old
  end;

-- The others need signals, a second process, exits, a third node or open files.
cover "a signal travels with its process"
  SIGNALS = 0 | exists p: pid_t do order[p].word = MOVE & order[p].signal end;
cover "a signal comes while its process is on its way"
  SIGNALS = 0 | exists p: pid_t do exists m: node_t do table[m][p] = SENT & pending[m][p] end end;
cover "a signal is forwarded"
  SIGNALS = 0 | exists p: pid_t do order[p].word = SIGNAL end;
cover "a signal comes before its process is born"
  SIGNALS = 0
  | PIDS = 1
  | exists p: pid_t do exists m: node_t do pending[m][p] & is_being_born(p) end end;
cover "a signal is sent to a process that has exited"
  SIGNALS = 0
  | PIDS = 1
  | EXITS = 0
  | exists p: pid_t do exists m: node_t do pending[m][p] & request[p].word = EXIT end end;
cover "a ghost is a zombie"
  PIDS = 1 | EXITS = 0 | exists p: pid_t do exists n: node_t do table[n][p] = ZOMBIE end end;
cover "a child is waited for"
  PIDS = 1 | EXITS = 0 | exists p: pid_t do order[p].word = REAPED end;
cover "a child outlives its parent"
  PIDS = 1 | EXITS = 0
  | exists p: pid_t do
    exists c: pid_t do request[p].word = EXIT & alive[c] & is_child(c, p) end
  end;
cover "a parent and its child on two kernels"
  PIDS = 1
  | exists p: pid_t do
    exists c: pid_t do
      is_child(c, p)
      & (exists n: node_t do is_active(n, p) & !is_active(n, c) & alive[c] end)
    end
  end;
cover "a child exits while its parent is on its way"
  PIDS = 1 | EXITS = 0
  | exists p: pid_t do
    exists c: pid_t do is_child(c, p) & order[p].word = MOVE & request[c].word = EXIT end
  end;
cover "a process dies between its parent and its child"
  PIDS < 3 | EXITS = 0
  | exists p: pid_t do
    exists c: pid_t do
      request[p].word = EXIT & is_child(c, p) & alive[c] & !isundefined(born_by[p])
    end
  end;
cover "the role leaves while a process lives on a third node"
  NODES = 2
  | (swap = OFFERING
    & (exists p: pid_t do
        exists n: node_t do is_active(n, p) & n != old & n != new end
      end));
cover "an open file holds up a move"
  OPENS = 0
  | exists p: pid_t do exists m: node_t do table[m][p] = STOPPED & opened[p] = FILE end end;
cover "output goes another way"
  OPENS = 0 | exists p: pid_t do fate[p] = DEGRADED end;

function standing(): 0 .. PIDS;
  var count: 0 .. PIDS;
begin
  count := 0;
  for p: pid_t do
    if alive[p] & (forall n: node_t do !is_active(n, p) end) then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "processes that stand still for a move"
  standing();
