-- External connections: what makes it true that a peer does not even notice the swap.
--
-- The proposal hopes for "external connections perhaps not even noticing". That does not follow
-- from BProc, which moves neither files nor sockets: SOCKETS chooses what becomes of a connection
-- when its process moves. With 0 it is closed, as BProc does with all but output; with 1 it stays
-- with the old kernel, which relays, as BProc does with output; with 2 its state is frozen, handed
-- over with all that was received or is to be sent, and thawed. The network interface changes hands
-- as well; see devices.m.
--
-- A peer sends one segment at a time and sends it again while it is not acknowledged; so does a
-- kernel for its process. Acknowledgements may be lost, so that segments come twice and are known
-- by their numbers. What comes while nobody may answer is dropped in silence. A peer that has tried
-- often enough gives up. How long that takes is counted in the peer's attempts: HOLD of them fit
-- into one pause, and LOSSES answers are lost by the network before the peer hears one. A segment
-- that the network loses costs the peer the same attempt, and no more.
--
-- Belief and truth are separate variables. What a kernel believes (step, place, moved, conn) is
-- read by its own rules only; what is so (nic) is the machine's, and the peer has its own. What was
-- promised (owed, pledged) is written where a peer hears and a process reads or writes, and nobody
-- reads it.
--
-- Expect: holds

const
  CONNECTIONS: 1;
  SOCKETS:     2;   -- 0: closed, 1: relayed, 2: handed over
  HOLD:        1;   -- attempts of a peer that fit into one pause
  LOSSES:      1;   -- answers to a peer that the network loses before one comes
  PATIENCE:    5;   -- attempts after which it gives up
  WRITES:      1;   -- 1: processes send to their peers, too

type
  connection_t: scalarset(CONNECTIONS);

  -- Roles, not machines: after a swap the new kernel is the old one of the next swap.
  kernel_t: enum { OLD, NEW };

  number_t: 0 .. 1;   -- of a segment; two are enough where one is on its way

  step_t: enum {
    SERVING,    -- no swap in progress
    MOVING,     -- the processes move
    PARTING,    -- the old kernel lets go of the interface
    TAKING      -- the new one has it
  };

  -- Where the state of a connection is. FROZEN: in the old kernel's memory, and nobody's to use.
  place_t: enum { AT_OLD, FROZEN, AT_NEW, CLOSED };

  answer_t: enum { NO_ANSWER, ACKNOWLEDGED, FULL, RESET };

var
  -- Belief.
  step:  step_t;
  place: array [connection_t] of place_t;
  moved: array [connection_t] of boolean;   -- the process has moved

  -- The state of a connection in a kernel that has it; undefined in one that has not.
  conn: array [kernel_t] of array [connection_t] of record
    next:   number_t;   -- the segment that is expected
    queued: boolean;    -- one was received, and not read yet
    number: number_t;   -- of the segment to send
    unsent: boolean;    -- there is one that the peer has not acknowledged
  end;

  -- Truth.
  nic: enum { NIC_OLD, NIC_NOBODY, NIC_NEW };   -- whom the interface delivers to

  -- The peers.
  noticed: array [connection_t] of boolean;
  number:  array [connection_t] of number_t;       -- of the segment to send
  unacked: array [connection_t] of boolean;        -- it was sent
  tries:   array [connection_t] of 0 .. PATIENCE;  -- how often again
  wanted:  array [connection_t] of number_t;       -- the segment that is expected

  -- The network. One message at a time and direction is on its way.
  coming:  array [connection_t] of boolean;        -- a segment of the peer
  answer:  array [connection_t] of answer_t;       -- to it
  going:   array [connection_t] of number_t;       -- a segment of the process; undefined: none
  heard:   array [connection_t] of boolean;        -- the peer's acknowledgement
  lost:    array [connection_t] of 0 .. LOSSES;    -- of the attempts for one segment

  -- The clock.
  held:    array [connection_t] of 0 .. HOLD;      -- attempts in this pause

  -- History: what was promised.
  owed:    array [connection_t] of -1 .. 1;   -- segments that a peer knows to be received, less
  -- those that were read
  pledged: array [connection_t] of 0 .. 1;    -- segments that were written, less those that came

function is_paused(c: connection_t): boolean;
begin
  return place[c] = FROZEN | nic = NIC_NOBODY;
end;

function has_it(k: kernel_t; c: connection_t): boolean;
begin
  return place[c] = (k = OLD ? AT_OLD : AT_NEW);
end;

procedure forget(k: kernel_t; c: connection_t);
begin
  undefine conn[k][c];
end;

-- What the machine does ------------------------------------------------------------------------

-- A peer's segment reaches a kernel that has its connection. What comes again has been received:
-- the answer was lost. Where there is no room, the peer is told to try later.
procedure receive(k: kernel_t; c: connection_t);
begin
  if conn[k][c].next != number[c] then
    answer[c] := ACKNOWLEDGED;
  elsif conn[k][c].queued then
    answer[c] := FULL;
  else
    conn[k][c].next := 1 - conn[k][c].next;
    conn[k][c].queued := true;
    answer[c] := ACKNOWLEDGED;
  end;
end;

procedure transmit(c: connection_t; n: number_t);
begin
  assert "who sends has an interface" nic != NIC_NOBODY;
  going[c] := n;
end;

startstate "connections to one kernel"
begin
  step := SERVING;
  nic := NIC_OLD;
  for c: connection_t do
    place[c] := AT_OLD;
    moved[c] := false;
    conn[OLD][c].next := 0;
    conn[OLD][c].queued := false;
    conn[OLD][c].number := 0;
    conn[OLD][c].unsent := false;
    forget(NEW, c);
    noticed[c] := false;
    number[c] := 0;
    unacked[c] := false;
    tries[c] := 0;
    wanted[c] := 0;
    coming[c] := false;
    answer[c] := NO_ANSWER;
    undefine going[c];
    heard[c] := false;
    lost[c] := 0;
    held[c] := 0;
    owed[c] := 0;
    pledged[c] := 0;
  end;
end;

-- The peers -----------------------------------------------------------------------------------

ruleset c: connection_t do
  rule "peer: send"
    !noticed[c] & !unacked[c]
  ==>
  begin
    unacked[c] := true;
    coming[c] := true;
  end;

  -- Outside of a pause a kernel answers sooner than a peer tries again.
  rule "peer: send again"
    !noticed[c]
    & unacked[c]
    & !coming[c]
    & answer[c] = NO_ANSWER
    & tries[c] < PATIENCE
    & (is_paused(c) -> held[c] < HOLD)
  ==>
  begin
    tries[c] := tries[c] + 1;
    if is_paused(c) then
      held[c] := held[c] + 1;
    end;
    coming[c] := true;
  end;

  rule "peer: give up"
    !noticed[c]
    & unacked[c]
    & !coming[c]
    & answer[c] = NO_ANSWER
    & tries[c] = PATIENCE
    & (is_paused(c) -> held[c] < HOLD)
  ==>
  begin
    noticed[c] := true;
  end;

  rule "peer: hear that it was received"
    answer[c] = ACKNOWLEDGED
  ==>
  begin
    answer[c] := NO_ANSWER;
    number[c] := 1 - number[c];
    unacked[c] := false;
    tries[c] := 0;
    lost[c] := 0;
    owed[c] := owed[c] + 1;
  end;

  -- Somebody is there. It sends again, with new patience.
  rule "peer: hear that there is no room"
    answer[c] = FULL
  ==>
  begin
    answer[c] := NO_ANSWER;
    tries[c] := 0;
    lost[c] := 0;
    coming[c] := true;
  end;

  rule "peer: hear that there is no connection"
    answer[c] = RESET
  ==>
  begin
    answer[c] := NO_ANSWER;
    noticed[c] := true;
  end;

  -- What comes again was acknowledged before, and the acknowledgement was lost.
  rule "peer: receive a segment"
    !isundefined(going[c])
  ==>
  begin
    if going[c] = wanted[c] then
      wanted[c] := 1 - wanted[c];
      pledged[c] := pledged[c] - 1;
    end;
    undefine going[c];
    heard[c] := true;
  end;

  rule "network: lose the answer to a peer"
    answer[c] != NO_ANSWER & lost[c] < LOSSES
  ==>
  begin
    answer[c] := NO_ANSWER;
    lost[c] := lost[c] + 1;
  end;
end;

-- The kernels, at any time --------------------------------------------------------------------

ruleset c: connection_t do
  -- The interface hands the segment to the kernel that it delivers to. A kernel knows only its own
  -- connections, and the old one those that it has given, which it passes on. In a pause it is
  -- silent: any answer would be a wrong one.
  rule "machine: a peer's segment comes"
    coming[c]
  ==>
  begin
    coming[c] := false;
    if !is_paused(c) then
      if place[c] = AT_NEW then
        receive(NEW, c);
      elsif place[c] = AT_OLD & nic = NIC_OLD then
        receive(OLD, c);
      else
        answer[c] := RESET;
      end;
    end;
  end;

  -- The acknowledgement of what a process has sent.
  rule "machine: a peer's acknowledgement comes"
    heard[c]
  ==>
  begin
    heard[c] := false;
    if !is_paused(c) & place[c] != CLOSED then
      conn[place[c] = AT_OLD ? OLD : NEW][c].unsent := false;
      conn[place[c] = AT_OLD ? OLD : NEW][c].number :=
        1 - conn[place[c] = AT_OLD ? OLD : NEW][c].number;
    end;
  end;
end;

ruleset c: connection_t; k: kernel_t do
  rule "user: read"
    has_it(k, c) & conn[k][c].queued
  ==>
  begin
    conn[k][c].queued := false;
    owed[c] := owed[c] - 1;
  end;

  rule "user: write"
    WRITES = 1 & has_it(k, c) & !conn[k][c].unsent
  ==>
  begin
    conn[k][c].unsent := true;
    pledged[c] := pledged[c] + 1;
  end;

  -- And again, until it is acknowledged. The new kernel sends by the old one, while that has the
  -- interface.
  rule "kernel: send a segment"
    has_it(k, c)
    & conn[k][c].unsent
    & isundefined(going[c])
    & !heard[c]
    & nic != NIC_NOBODY
  ==>
  begin
    transmit(c, conn[k][c].number);
  end;
end;

-- The swap ------------------------------------------------------------------------------------

-- Swaps are further apart than a peer's attempts. The two pauses of one swap are not.
rule "old: begin to move the processes"
  step = SERVING
  & (forall c: connection_t do
      tries[c] = 0 & (unacked[c] -> coming[c] | answer[c] != NO_ANSWER)
    end)
==>
begin
  step := MOVING;
end;

ruleset c: connection_t do
  rule "old: stop a process, close its connection"
    SOCKETS = 0 & step = MOVING & !moved[c]
  ==>
  begin
    place[c] := CLOSED;
    forget(OLD, c);
    moved[c] := true;
  end;

  rule "old: move a process, keep its connection"
    SOCKETS = 1 & step = MOVING & !moved[c]
  ==>
  begin
    moved[c] := true;
  end;

  rule "old: stop a process, freeze its connection"
    SOCKETS = 2 & step = MOVING & place[c] = AT_OLD
  ==>
  begin
    place[c] := FROZEN;
  end;

  -- With what was received and not read, what is to be sent, and the numbers.
  rule "new: take a process, thaw its connection"
    SOCKETS = 2 & place[c] = FROZEN
  ==>
  begin
    conn[NEW][c] := conn[OLD][c];
    forget(OLD, c);
    place[c] := AT_NEW;
    moved[c] := true;
    held[c] := 0;
  end;
end;

-- It exits, and with it what it relayed.
rule "old: let go of the interface"
  step = MOVING & (forall c: connection_t do moved[c] end)
==>
begin
  for c: connection_t do
    if place[c] = AT_OLD then
      place[c] := CLOSED;
      forget(OLD, c);
    end;
  end;
  nic := NIC_NOBODY;
  step := PARTING;
end;

rule "new: take the interface"
  step = PARTING
==>
begin
  nic := NIC_NEW;
  for c: connection_t do held[c] := 0; end;
  step := TAKING;
end;

-- No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next swap"
  step = TAKING
==>
begin
  for c: connection_t do
    assert "the old kernel is not needed any more" !has_it(OLD, c) & place[c] != FROZEN;
    if place[c] = AT_NEW then
      place[c] := AT_OLD;
      conn[OLD][c] := conn[NEW][c];
      forget(NEW, c);
    end;
    moved[c] := false;
  end;
  assert "the new kernel has the interface" nic = NIC_NEW;
  nic := NIC_OLD;
  step := SERVING;
end;

-- What must hold ------------------------------------------------------------------------------

-- In whose memory a connection is.
function is_with(k: kernel_t; c: connection_t): boolean;
begin
  return k = OLD ? place[c] = AT_OLD | place[c] = FROZEN : place[c] = AT_NEW;
end;

invariant "no peer notices"
  forall c: connection_t do !noticed[c] end;

-- One that the peer has not heard of may be there, too: the segment that it still sends.
invariant "what was acknowledged is read once, and nothing else"
  forall c: connection_t do
    forall k: kernel_t do
      is_with(k, c) ->
      (conn[k][c].queued ? 1 : 0) - owed[c] = (conn[k][c].next = number[c] ? 0 : 1)
    end
  end;

-- Its kernel sends it until the peer has it. The range of pledged says that it comes once.
invariant "what was written comes"
  forall c: connection_t do
    forall k: kernel_t do
      is_with(k, c) ->
      (pledged[c] = 1) = (conn[k][c].unsent & conn[k][c].number = wanted[c])
    end
  end;

-- One message at a time for a peer, and only of what it has sent. An answer that is lost costs it an
-- attempt, and attempts are for one segment. Pauses are counted as they last.
invariant "the network and the clock are in order"
  forall c: connection_t do
    (coming[c] | answer[c] != NO_ANSWER -> unacked[c] & lost[c] <= tries[c])
    & !(coming[c] & answer[c] != NO_ANSWER)
    & (!unacked[c] -> tries[c] = 0 & lost[c] = 0)
    & (held[c] > 0 -> is_paused(c))
  end;

invariant "a peer is told what became of its segment"
  forall c: connection_t do
    forall k: kernel_t do
      is_with(k, c) ->
      (answer[c] = ACKNOWLEDGED -> conn[k][c].next != number[c])
      & (answer[c] = FULL -> conn[k][c].next = number[c])
    end
  end;

-- Who has a connection knows all of it, and nobody else has any of it.
invariant "the state of a connection is in one place"
  forall c: connection_t do
    forall k: kernel_t do
      is_with(k, c) = !isundefined(conn[k][c].next)
    end
  end;

-- What the kernels believe of it.
invariant "the interface delivers to whom the swap has given it"
  (step = SERVING | step = MOVING -> nic = NIC_OLD)
  & (step = PARTING -> nic = NIC_NOBODY)
  & (step = TAKING -> nic = NIC_NEW);

invariant "between swaps there is one kernel"
  step = SERVING ->
  forall c: connection_t do !moved[c] & (place[c] = AT_OLD | place[c] = CLOSED) end;

liveness "every swap can still end"
  step = SERVING;

liveness "every segment can still be read"
  forall c: connection_t do !unacked[c] & owed[c] = 0 end;

liveness "what was written can still come, and its kernel hear of it"
  forall c: connection_t do
    place[c] = CLOSED
    | (place[c] != FROZEN & (exists k: kernel_t do is_with(k, c) & !conn[k][c].unsent end))
  end;

cover "a segment comes in a pause"
  exists c: connection_t do coming[c] & is_paused(c) end;
cover "a peer waits for room"
  exists c: connection_t do answer[c] = FULL end;

-- These need connections that are handed over.
cover "a segment that was not read moves along"
  SOCKETS != 2 | exists c: connection_t do place[c] = FROZEN & owed[c] = 1 end;
cover "the old kernel passes a segment on"
  SOCKETS != 2 | exists c: connection_t do place[c] = AT_NEW & nic = NIC_OLD & coming[c] end;
cover "a peer is about to lose its patience"
  SOCKETS != 2 | HOLD = 0 | exists c: connection_t do tries[c] = PATIENCE end;
cover "a segment is received after a pause"
  SOCKETS != 2
  | HOLD = 0
  | exists c: connection_t do tries[c] > 0 & answer[c] = ACKNOWLEDGED end;
-- It is not acknowledged yet, and its process has it: the swap need not end for that.
cover "a process that has moved reads what came in its pause"
  SOCKETS != 2
  | HOLD = 0
  | exists c: connection_t do place[c] = AT_NEW & tries[c] > 0 & owed[c] = -1 end;
cover "a kernel gets a segment that it has received"
  SOCKETS != 2
  | LOSSES = 0
  | exists c: connection_t do
    coming[c] & place[c] = AT_OLD & conn[OLD][c].next != number[c]
  end;
cover "what was written and has not come moves along"
  SOCKETS != 2
  | WRITES = 0
  | exists c: connection_t do
    place[c] = FROZEN & pledged[c] = 1 & isundefined(going[c])
  end;
cover "a peer gets a segment that it has received"
  SOCKETS != 2
  | WRITES = 0
  | exists c: connection_t do !isundefined(going[c]) & going[c] != wanted[c] end;

function most_tries(): 0 .. PATIENCE;
begin
  for n: 0 .. PATIENCE do
    if exists c: connection_t do tries[c] = PATIENCE - n end then
      return PATIENCE - n;
    end;
  end;
  return 0;
end;

-- How far a peer's patience is used up.
measure "attempts of a peer without an answer"
  most_tries();
