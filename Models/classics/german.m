-- A directory protocol for cache coherence: N clients, one home, one line.
--
-- S. German's protocol, posed in 2000 as a challenge for verification; described in A. Pnueli, S.
-- Ruah and L. Zuck, "Automatic deductive verification with invisible invariants", TACAS 2001, and,
-- with data, in C.-T. Chou, P. K. Mannava and S. Park, "A simple method for parameterized
-- verification of cache coherence protocols", FMCAD 2004. Written anew from the descriptions.
--
-- Home serves one request at a time. Before it grants exclusive use it revokes every copy; before
-- it grants a shared copy it revokes an exclusive one.
--
-- Expect: holds

const
  CLIENTS: 2;
  VALUES:  2;

type
  client_t: scalarset(CLIENTS);
  value_t:  scalarset(VALUES);

  copy_t:    enum { INVALID, SHARED, EXCLUSIVE };
  request_t: enum { NO_REQUEST, ASK_SHARED, ASK_EXCLUSIVE };
  reply_t:   enum { NO_REPLY, REVOKE, GRANT_SHARED, GRANT_EXCLUSIVE };

var
  -- Clients.
  copy:        array [client_t] of copy_t;
  cached:      array [client_t] of value_t;     -- undefined without a copy

  -- Three channels between each client and home, with room for one message each.
  request:     array [client_t] of request_t;
  reply:       array [client_t] of reply_t;
  reply_value: array [client_t] of value_t;     -- with a grant
  revoked:     array [client_t] of boolean;     -- acknowledgement of REVOKE
  written:     array [client_t] of value_t;     -- with it, what an exclusive copy held

  -- Home.
  memory:      value_t;
  serving:     request_t;                       -- the request it works on
  client:      client_t;                        -- from whom
  holders:     array [client_t] of boolean;     -- who may have a copy
  to_revoke:   array [client_t] of boolean;     -- who has still to be told
  exclusive:   boolean;                         -- the one holder may write

  -- Nobody's: what was written last, for the property about data.
  latest:      value_t;

  -- Nor this: requests of a client that were not granted yet.
  unanswered:  array [client_t] of 0 .. 3;

procedure done();
begin
  serving := NO_REQUEST;
  undefine client;
  for d: client_t do
    to_revoke[d] := false;
  end;
end;

ruleset v: value_t do
  startstate "no copies"
  begin
    for c: client_t do
      copy[c] := INVALID;
      undefine cached[c];
      request[c] := NO_REQUEST;
      reply[c] := NO_REPLY;
      undefine reply_value[c];
      revoked[c] := false;
      undefine written[c];
      holders[c] := false;
      to_revoke[c] := false;
      unanswered[c] := 0;
    end;
    memory := v;
    serving := NO_REQUEST;
    undefine client;
    exclusive := false;
    latest := v;
  end;
end;

ruleset c: client_t; v: value_t do
  rule "client: write"
    copy[c] = EXCLUSIVE
  ==>
  begin
    cached[c] := v;
    latest := v;
  end;
end;

ruleset c: client_t do
  rule "client: ask for a shared copy"
    request[c] = NO_REQUEST & copy[c] = INVALID
  ==>
  begin
    request[c] := ASK_SHARED;
    unanswered[c] := unanswered[c] + 1;
  end;

  -- Also from a shared copy, to upgrade it.
  rule "client: ask for an exclusive copy"
    request[c] = NO_REQUEST & copy[c] != EXCLUSIVE
  ==>
  begin
    request[c] := ASK_EXCLUSIVE;
    unanswered[c] := unanswered[c] + 1;
  end;

  rule "client: give the copy up"
    reply[c] = REVOKE & !revoked[c]
  ==>
  begin
    reply[c] := NO_REPLY;
    revoked[c] := true;
    if copy[c] = EXCLUSIVE then
      written[c] := cached[c];
    end;
    copy[c] := INVALID;
    undefine cached[c];
  end;

  rule "client: take a shared copy"
    reply[c] = GRANT_SHARED
  ==>
  begin
    copy[c] := SHARED;
    unanswered[c] := unanswered[c] - 1;
    cached[c] := reply_value[c];
    reply[c] := NO_REPLY;
    undefine reply_value[c];
  end;

  rule "client: take an exclusive copy"
    reply[c] = GRANT_EXCLUSIVE
  ==>
  begin
    copy[c] := EXCLUSIVE;
    unanswered[c] := unanswered[c] - 1;
    cached[c] := reply_value[c];
    reply[c] := NO_REPLY;
    undefine reply_value[c];
  end;

  rule "home: begin to serve a request"
    serving = NO_REQUEST & request[c] != NO_REQUEST
  ==>
  begin
    serving := request[c];
    client := c;
    request[c] := NO_REQUEST;
    for d: client_t do
      to_revoke[d] := holders[d];
    end;
  end;

  rule "home: revoke a copy"
    to_revoke[c]
    & reply[c] = NO_REPLY
    & (serving = ASK_EXCLUSIVE | (serving = ASK_SHARED & exclusive))
  ==>
  begin
    reply[c] := REVOKE;
    to_revoke[c] := false;
  end;

  rule "home: hear that a copy was given up"
    revoked[c]
  ==>
  begin
    revoked[c] := false;
    holders[c] := false;
    if exclusive then
      exclusive := false;
      memory := written[c];
      undefine written[c];
    end;
  end;

  rule "home: grant a shared copy"
    serving = ASK_SHARED & client = c & !exclusive & reply[c] = NO_REPLY
  ==>
  begin
    reply[c] := GRANT_SHARED;
    reply_value[c] := memory;
    holders[c] := true;
    done();
  end;

  rule "home: grant an exclusive copy"
    serving = ASK_EXCLUSIVE
    & client = c
    & !exclusive
    & (forall d: client_t do !holders[d] end)
    & reply[c] = NO_REPLY
  ==>
  begin
    reply[c] := GRANT_EXCLUSIVE;
    reply_value[c] := memory;
    holders[c] := true;
    exclusive := true;
    done();
  end;

  cover "a client has a shared copy"
    copy[c] = SHARED;

  cover "a client may write"
    copy[c] = EXCLUSIVE;

  cover "a client asks to upgrade its copy"
    copy[c] = SHARED & request[c] = ASK_EXCLUSIVE;

  cover "a copy is revoked"
    reply[c] = REVOKE;
end;

cover "a client has written, and memory does not know"
  memory != latest;

-- A request ends only with a grant. Said of all clients at once, because a property of a single
-- one would not survive the exchange of clients in symmetry reduction.
liveness "every request can still be granted"
  serving = NO_REQUEST
  & (forall c: client_t do request[c] = NO_REQUEST & reply[c] = NO_REPLY end);

invariant "a writer is alone"
  forall c: client_t do forall d: client_t do
      c != d & copy[c] = EXCLUSIVE -> copy[d] = INVALID
    end end;

invariant "every copy holds the latest value"
  forall c: client_t do copy[c] != INVALID -> cached[c] = latest end;

invariant "memory holds the latest value unless a client may write"
  !exclusive -> memory = latest;

invariant "home knows of every copy"
  forall c: client_t do copy[c] != INVALID -> holders[c] end;

-- On its way to home, with home, or on the way back.
invariant "every request is granted once, and no grant comes unasked"
  forall c: client_t do
    unanswered[c]
    = (request[c] != NO_REQUEST ? 1 : 0)
    + (serving != NO_REQUEST & client = c ? 1 : 0)
    + (reply[c] = GRANT_SHARED | reply[c] = GRANT_EXCLUSIVE ? 1 : 0)
  end;

invariant "between requests home has nobody to revoke"
  serving = NO_REQUEST -> isundefined(client) & (forall c: client_t do !to_revoke[c] end);

invariant "values are where there is a copy, a grant, or a copy that comes back"
  forall c: client_t do
    isundefined(cached[c]) = (copy[c] = INVALID)
    & isundefined(reply_value[c]) = !(reply[c] = GRANT_SHARED | reply[c] = GRANT_EXCLUSIVE)
    & isundefined(written[c]) = !(revoked[c] & exclusive)
  end;
