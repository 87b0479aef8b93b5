-- External connections: what makes it true that a peer does not even notice the swap.
--
-- The proposal hopes for "external connections perhaps not even noticing". That does not follow
-- from BProc, which moves neither files nor sockets: SOCKETS chooses what becomes of a connection
-- when its process moves. With 0 it is closed, as BProc does with all but output; with 1 it stays
-- with the old kernel, which relays, as BProc does with output; with 2 its state is frozen, handed
-- over with all that was received, and thawed. The network interface changes hands as well; see
-- devices.m.
--
-- A peer sends one segment at a time and sends it again while it is not acknowledged. What comes
-- while nobody may answer is dropped in silence; a peer that has tried often enough gives up. How
-- long that takes is counted in the peer's attempts: HOLD of them fit into one pause.
--
-- Belief and truth are separate variables. What a kernel believes (step, next, queued, place) is
-- read by its own rules only; what is so (nic, owed) is the machine's, and the peer has its own.
--
-- Expect: holds

const
  CONNECTIONS: 1;
  SOCKETS:     2;   -- 0: closed, 1: relayed, 2: handed over
  HOLD:        1;   -- attempts of a peer that fit into one pause
  PATIENCE:    4;   -- attempts after which it gives up

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

  -- Where the state of a connection is.
  place_t: enum { AT_OLD, FROZEN, AT_NEW, CLOSED };

  answer_t: enum { NO_ANSWER, ACKNOWLEDGED, RESET };

var
  -- Belief.
  step:    step_t;
  place:   array [connection_t] of place_t;
  moved:   array [connection_t] of boolean;                        -- the process has moved
  next:    array [kernel_t] of array [connection_t] of number_t;   -- the segment that is expected
  queued:  array [kernel_t] of array [connection_t] of boolean;    -- one was received, not read yet

  -- Truth.
  nic:     enum { NIC_OLD, NIC_NOBODY, NIC_NEW };                  -- whom the interface delivers to
  owed:    array [connection_t] of 0 .. 2;                         -- acknowledged, not read yet

  -- The peers.
  noticed: array [connection_t] of boolean;
  number:  array [connection_t] of number_t;                       -- of the segment to send
  unacked: array [connection_t] of boolean;                        -- it was sent
  tries:   array [connection_t] of 0 .. PATIENCE;                  -- how often again

  -- The network.
  coming:  array [connection_t] of boolean;                        -- the segment
  answer:  array [connection_t] of answer_t;

  -- The clock.
  held:    array [connection_t] of 0 .. HOLD;                      -- attempts in this pause

procedure connect(c: connection_t);
begin
  place[c] := step = SERVING | step = MOVING ? AT_OLD : AT_NEW;
  moved[c] := place[c] = AT_NEW;
  for k: kernel_t do
    next[k][c] := 0;
    queued[k][c] := false;
  end;
  owed[c] := 0;
  noticed[c] := false;
  number[c] := 0;
  unacked[c] := false;
  tries[c] := 0;
  coming[c] := false;
  answer[c] := NO_ANSWER;
  held[c] := 0;
end;

function is_paused(c: connection_t): boolean;
begin
  return place[c] = FROZEN | nic = NIC_NOBODY;
end;

startstate "connections to one kernel"
begin
  step := SERVING;
  nic := NIC_OLD;
  for c: connection_t do connect(c); end;
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
  end;

  rule "peer: hear that there is no connection"
    answer[c] = RESET
  ==>
  begin
    answer[c] := NO_ANSWER;
    noticed[c] := true;
  end;

  rule "peer: connect again"
    noticed[c] & nic != NIC_NOBODY
  ==>
  begin
    connect(c);
  end;
end;

-- The kernels, at any time --------------------------------------------------------------------

ruleset c: connection_t; k: kernel_t do
  -- Whoever has the interface; the old kernel passes on what is the new one's. A full queue waits.
  rule "kernel: receive a segment"
    coming[c]
    & nic != NIC_NOBODY
    & place[c] = (k = OLD ? AT_OLD : AT_NEW)
    & (k = OLD -> nic = NIC_OLD)
    & !queued[k][c]
  ==>
  begin
    coming[c] := false;
    if next[k][c] = number[c] then
      next[k][c] := 1 - next[k][c];
      queued[k][c] := true;
      owed[c] := owed[c] + 1;
      answer[c] := ACKNOWLEDGED;
    end;
  end;

  rule "user: read"
    queued[k][c] & place[c] = (k = OLD ? AT_OLD : AT_NEW)
  ==>
  begin
    queued[k][c] := false;
    owed[c] := owed[c] - 1;
  end;
end;

ruleset c: connection_t do
  -- In silence: any answer would be a wrong one.
  rule "kernel: drop a segment in a pause"
    coming[c] & is_paused(c)
  ==>
  begin
    coming[c] := false;
  end;

  -- A kernel knows only its own connections, and the old one those that it has given.
  rule "kernel: reset what it does not know"
    coming[c] & nic != NIC_NOBODY & (place[c] = CLOSED | (place[c] = AT_OLD & nic = NIC_NEW))
  ==>
  begin
    coming[c] := false;
    answer[c] := RESET;
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
    held[c] := 0;
  end;

  -- With what was received and not read, and with the number that is expected.
  rule "new: take a process, thaw its connection"
    SOCKETS = 2 & place[c] = FROZEN
  ==>
  begin
    next[NEW][c] := next[OLD][c];
    queued[NEW][c] := queued[OLD][c];
    queued[OLD][c] := false;
    next[OLD][c] := 0;
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
  nic := NIC_NOBODY;
  for c: connection_t do
    held[c] := 0;
    if place[c] = AT_OLD then
      place[c] := CLOSED;
    end;
  end;
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
  step = TAKING & (forall c: connection_t do place[c] = AT_NEW | place[c] = CLOSED end)
==>
begin
  for c: connection_t do
    if place[c] = AT_NEW then
      place[c] := AT_OLD;
    end;
    moved[c] := false;
    next[OLD][c] := next[NEW][c];
    queued[OLD][c] := queued[NEW][c];
    next[NEW][c] := 0;
    queued[NEW][c] := false;
  end;
  nic := NIC_OLD;
  step := SERVING;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "no peer notices"
  forall c: connection_t do !noticed[c] end;

-- Whoever was told that it was received relies on that.
invariant "what was acknowledged can be read"
  forall c: connection_t do
    place[c] != CLOSED ->
    owed[c] = ((place[c] = AT_NEW ? queued[NEW][c] : queued[OLD][c]) ? 1 : 0)
  end;

liveness "every swap can still end"
  step = SERVING;

cover "a segment comes in a pause"
  exists c: connection_t do coming[c] & is_paused(c) end;

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
