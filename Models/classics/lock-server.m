-- A lock server: one lock, lent by messages to one client after another.
--
-- After the example of J. R. Wilcox and others, "Verdi: a framework for implementing and formally
-- verifying distributed systems", PLDI 2015, and of O. Padon and others, "Ivy: safety verification
-- by interactive generalization", PLDI 2016. Written anew from the descriptions.
--
-- Messages are not lost; they come in any order. Who waits gets the lock some time, in any order.
--
-- Expect: holds

const
  CLIENTS: 3;

type
  client_t: scalarset(CLIENTS);

  step_t:    enum { IDLE, WAITING, HOLDS };
  request_t: enum { NO_REQUEST, ASKS, GIVES_BACK };

var
  free:    boolean;                          -- in the hands of the server
  queued:  array [client_t] of boolean;      -- the server knows that it waits

  step:    array [client_t] of step_t;

  -- On their way.
  request: array [client_t] of request_t;    -- to the server
  grant:   array [client_t] of boolean;      -- the lock

startstate "the lock is free"
begin
  free := true;
  for c: client_t do
    queued[c] := false;
    step[c] := IDLE;
    request[c] := NO_REQUEST;
    grant[c] := false;
  end;
end;

ruleset c: client_t do
  rule "client: ask for the lock"
    step[c] = IDLE & request[c] = NO_REQUEST
  ==>
  begin
    request[c] := ASKS;
    step[c] := WAITING;
  end;

  rule "server: hear who wants the lock"
    request[c] = ASKS
  ==>
  begin
    request[c] := NO_REQUEST;
    queued[c] := true;
  end;

  rule "server: lend the lock"
    queued[c] & free
  ==>
  begin
    free := false;
    queued[c] := false;
    grant[c] := true;
  end;

  rule "client: take the lock"
    grant[c]
  ==>
  begin
    assert "the lock comes to who waits for it" step[c] = WAITING;
    grant[c] := false;
    step[c] := HOLDS;
  end;

  rule "client: give the lock back"
    step[c] = HOLDS
  ==>
  begin
    request[c] := GIVES_BACK;
    step[c] := IDLE;
  end;

  rule "server: hear that the lock comes back"
    request[c] = GIVES_BACK
  ==>
  begin
    assert "a lock that comes back was lent" !free;
    request[c] := NO_REQUEST;
    free := true;
  end;
end;

invariant "one client at a time has the lock"
  forall c: client_t do
    forall d: client_t do step[c] = HOLDS & step[d] = HOLDS -> c = d end
  end;

invariant "the lock is not lost"
  free
  | (exists c: client_t do grant[c] | step[c] = HOLDS | request[c] = GIVES_BACK end);

invariant "who waits is not forgotten"
  forall c: client_t do
    (step[c] = WAITING) = (request[c] = ASKS | queued[c] | grant[c])
  end;

liveness "whoever waits can still get the lock"
  forall c: client_t do step[c] = HOLDS | step[c] = IDLE end;

cover "all wait for one"
  CLIENTS = 1
  | (exists c: client_t do
      step[c] = HOLDS & (forall d: client_t do c = d | queued[d] end)
    end);
cover "the lock comes back, and others wait"
  CLIENTS = 1
  | (exists c: client_t do request[c] = GIVES_BACK end)
  & (exists c: client_t do queued[c] end);
