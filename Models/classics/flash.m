-- A directory protocol for cache coherence in which owners answer in place of home: N nodes beside
-- the home of one line, without data.
--
-- The protocol of the Stanford FLASH multiprocessor, as S. Park and D. L. Dill describe it in
-- "Verification of FLASH cache coherence protocol by aggregation of distributed transactions", SPAA
-- 1996, and C.-T. Chou, P. K. Mannava and S. Park model it in "A simple method for parameterized
-- verification of cache coherence protocols", FMCAD 2004. Written anew from these.
--
-- Home keeps a directory: who was the first to get a copy, who else has one, and whether memory is
-- out of date. A request for a line that somebody may write to is forwarded to the owner, who
-- answers by itself and tells home. While home waits for that, or for acknowledgements, it refuses
-- everybody. Writers do not wait: they write while old shared copies are still being invalidated.
--
-- Expect: holds

const
  NODES: 2;      -- beside home

type
  node_t: scalarset(NODES);

  copy_t:    enum { INVALID, SHARED, EXCLUSIVE };
  wish_t:    enum { NO_WISH, READ, WRITE };
  message_t: enum { NO_MESSAGE, ASK_SHARED, ASK_EXCLUSIVE, GRANT_SHARED, GRANT_EXCLUSIVE, REFUSED };
  recall_t:  enum { NO_RECALL, INVALIDATE, INVALIDATED };
  report_t:  enum { NO_REPORT, SHARED_WITH, HANDED_TO };

var
  -- Nodes.
  copy:       array [node_t] of copy_t;
  wish:       array [node_t] of wish_t;        -- what its processor waits for
  overtaken:  array [node_t] of boolean;       -- invalidated before the shared copy arrived

  -- A node's request, and in its place the answer.
  message:    array [node_t] of message_t;
  owner:      array [node_t] of node_t;        -- whom home forwarded it to; undefined: it is for home

  recall:     array [node_t] of recall_t;      -- from home, and in its place the acknowledgement
  dropped:    array [node_t] of boolean;       -- tells home that a shared copy is gone

  -- Home's own cache. Its request goes to an owner at once.
  home_copy:    copy_t;
  home_wish:    wish_t;
  home_message: message_t;
  home_owner:   node_t;                        -- whom it asks

  -- Home's directory.
  waiting:    boolean;                         -- it refuses requests until it hears what it waits for
  local:      boolean;                         -- home has a copy
  dirty:      boolean;                         -- memory is out of date
  head:       node_t;                          -- the owner, or the first to share; undefined: nobody
  sharers:    array [node_t] of boolean;       -- further ones
  recalled:   array [node_t] of boolean;       -- who has still to acknowledge

  -- Messages to home of which there is one at a time.
  written_back: boolean;                       -- an owner gave its copy up, and here is the line
  report:       report_t;                      -- an owner answered a forwarded request
  reported:     node_t;                        -- whose
  unanswered:   boolean;                       -- a forwarded request was refused

function listed(n: node_t): boolean;
begin
  return sharers[n] | (!isundefined(head) & head = n);
end;

-- A node that the directory has is told to give its copy up.
procedure recall_from(n: node_t);
begin
  if listed(n) then
    assert "no recall of it is on its way" recall[n] = NO_RECALL;
    recall[n] := INVALIDATE;
    recalled[n] := true;
  end;
end;

startstate "no copies"
begin
  for n: node_t do
    copy[n] := INVALID;
    wish[n] := NO_WISH;
    overtaken[n] := false;
    message[n] := NO_MESSAGE;
    undefine owner[n];
    recall[n] := NO_RECALL;
    dropped[n] := false;
    sharers[n] := false;
    recalled[n] := false;
  end;
  home_copy := INVALID;
  home_wish := NO_WISH;
  home_message := NO_MESSAGE;
  undefine home_owner;
  waiting := false;
  local := false;
  dirty := false;
  undefine head;
  written_back := false;
  report := NO_REPORT;
  undefine reported;
  unanswered := false;
end;

ruleset n: node_t do
  rule "node: ask for a shared copy"
    wish[n] = NO_WISH & copy[n] = INVALID
  ==>
  begin
    wish[n] := READ;
    message[n] := ASK_SHARED;
  end;

  -- Not from a shared copy, which has to be dropped before.
  rule "node: ask for an exclusive copy"
    wish[n] = NO_WISH & copy[n] = INVALID
  ==>
  begin
    wish[n] := WRITE;
    message[n] := ASK_EXCLUSIVE;
  end;

  rule "node: write back"
    wish[n] = NO_WISH & copy[n] = EXCLUSIVE
  ==>
  begin
    assert "no other line is on its way back" !written_back;
    copy[n] := INVALID;
    written_back := true;
  end;

  rule "node: drop a shared copy"
    wish[n] = NO_WISH & copy[n] = SHARED
  ==>
  begin
    copy[n] := INVALID;
    dropped[n] := true;
  end;

  rule "node: hear that it was refused"
    message[n] = REFUSED
  ==>
  begin
    message[n] := NO_MESSAGE;
    wish[n] := NO_WISH;
    overtaken[n] := false;
  end;

  -- One that was recalled before it arrived is not used.
  rule "node: take a shared copy"
    message[n] = GRANT_SHARED
  ==>
  begin
    message[n] := NO_MESSAGE;
    wish[n] := NO_WISH;
    if !overtaken[n] then
      copy[n] := SHARED;
    end;
    overtaken[n] := false;
  end;

  rule "node: take an exclusive copy"
    message[n] = GRANT_EXCLUSIVE
  ==>
  begin
    message[n] := NO_MESSAGE;
    wish[n] := NO_WISH;
    copy[n] := EXCLUSIVE;
  end;

  -- The recall may be quicker than the shared copy that it is about. A node that asks for an exclusive
  -- copy has nothing to mark: until its recall is acknowledged home refuses it.
  rule "node: give the copy up"
    recall[n] = INVALIDATE
  ==>
  begin
    recall[n] := INVALIDATED;
    copy[n] := INVALID;
    if wish[n] = READ then
      overtaken[n] := true;
    end;
  end;
end;

-- What an owner is asked is forwarded by home, for a node or for itself. It may have written back in
-- the meantime, or not have got its copy yet.
ruleset n: node_t; o: node_t do
  rule "owner: refuse a node"
    !isundefined(owner[n]) & owner[n] = o
    & copy[o] != EXCLUSIVE
  ==>
  begin
    assert "no other refusal is on its way" !unanswered;
    message[n] := REFUSED;
    undefine owner[n];
    unanswered := true;
  end;

  rule "owner: share with a node"
    message[n] = ASK_SHARED
    & !isundefined(owner[n]) & owner[n] = o
    & copy[o] = EXCLUSIVE
  ==>
  begin
    assert "no other report is on its way" report = NO_REPORT;
    copy[o] := SHARED;
    message[n] := GRANT_SHARED;
    undefine owner[n];
    report := SHARED_WITH;
    reported := n;
  end;

  rule "owner: hand the line to a node"
    message[n] = ASK_EXCLUSIVE
    & !isundefined(owner[n]) & owner[n] = o
    & copy[o] = EXCLUSIVE
  ==>
  begin
    assert "no other report is on its way" report = NO_REPORT;
    copy[o] := INVALID;
    message[n] := GRANT_EXCLUSIVE;
    undefine owner[n];
    report := HANDED_TO;
    reported := n;
  end;
end;

ruleset o: node_t do
  rule "owner: refuse home"
    !isundefined(home_owner) & home_owner = o
    & copy[o] != EXCLUSIVE
  ==>
  begin
    assert "no other refusal is on its way" !unanswered;
    home_message := REFUSED;
    undefine home_owner;
    unanswered := true;
  end;

  rule "owner: share with home"
    home_message = ASK_SHARED & home_owner = o & copy[o] = EXCLUSIVE
  ==>
  begin
    copy[o] := SHARED;
    home_message := GRANT_SHARED;
    undefine home_owner;
  end;

  rule "owner: hand the line to home"
    home_message = ASK_EXCLUSIVE & home_owner = o & copy[o] = EXCLUSIVE
  ==>
  begin
    copy[o] := INVALID;
    home_message := GRANT_EXCLUSIVE;
    undefine home_owner;
  end;
end;

rule "home: read the line"
  home_wish = NO_WISH & home_copy = INVALID & !waiting & !dirty
==>
begin
  home_copy := SHARED;
  local := true;
end;

rule "home: ask the owner for a shared copy"
  home_wish = NO_WISH & home_copy = INVALID & !waiting & dirty
==>
begin
  assert "home has no other request under way" home_message = NO_MESSAGE;
  home_wish := READ;
  home_message := ASK_SHARED;
  home_owner := head;
  waiting := true;
end;

-- It may write while others give their copies up.
rule "home: write the line"
  home_wish = NO_WISH & home_copy != EXCLUSIVE & !waiting & !dirty
==>
begin
  waiting := exists n: node_t do listed(n) end;
  for n: node_t do
    recall_from(n);
    sharers[n] := false;
  end;
  undefine head;
  home_copy := EXCLUSIVE;
  local := true;
  dirty := true;
end;

rule "home: ask the owner for an exclusive copy"
  home_wish = NO_WISH & home_copy != EXCLUSIVE & !waiting & dirty
==>
begin
  assert "home has no other request under way" home_message = NO_MESSAGE;
  home_wish := WRITE;
  home_message := ASK_EXCLUSIVE;
  home_owner := head;
  waiting := true;
end;

-- While home waits the last acknowledgement says that it has no copy.
rule "home: write its own copy back"
  home_wish = NO_WISH & home_copy = EXCLUSIVE
==>
begin
  home_copy := INVALID;
  dirty := false;
  if !waiting then
    local := false;
  end;
end;

rule "home: drop its own copy"
  home_wish = NO_WISH & home_copy = SHARED
==>
begin
  home_copy := INVALID;
  local := false;
end;

rule "home: take a shared copy"
  home_message = GRANT_SHARED
==>
begin
  home_message := NO_MESSAGE;
  home_wish := NO_WISH;
  home_copy := SHARED;
  local := true;
  dirty := false;
  waiting := false;
end;

rule "home: take an exclusive copy"
  home_message = GRANT_EXCLUSIVE
==>
begin
  home_message := NO_MESSAGE;
  home_wish := NO_WISH;
  home_copy := EXCLUSIVE;
  local := true;
  undefine head;
  waiting := false;
end;

rule "home: hear that it was refused"
  home_message = REFUSED
==>
begin
  home_message := NO_MESSAGE;
  home_wish := NO_WISH;
end;

-- Requests of nodes. Of one that has told home that its shared copy is gone, a request for another
-- waits until home has heard of it: the channel keeps their order.
ruleset n: node_t do
  -- Also the owner's own: what it gave up is on its way to memory.
  rule "home: refuse a node"
    isundefined(owner[n])
    & ((message[n] = ASK_SHARED & !dropped[n]) | message[n] = ASK_EXCLUSIVE)
    & (waiting | (dirty & !local & head = n))
  ==>
  begin
    message[n] := REFUSED;
  end;

  rule "home: forward a request to the owner"
    isundefined(owner[n])
    & ((message[n] = ASK_SHARED & !dropped[n]) | message[n] = ASK_EXCLUSIVE)
    & !waiting & dirty & !local & head != n
  ==>
  begin
    owner[n] := head;
    waiting := true;
  end;

  rule "home: grant a shared copy"
    isundefined(owner[n])
    & message[n] = ASK_SHARED & !dropped[n]
    & !waiting & !dirty
  ==>
  begin
    message[n] := GRANT_SHARED;
    if isundefined(head) then
      head := n;
    else
      sharers[n] := true;
    end;
  end;

  -- Memory gets the line with it, and home keeps a shared copy.
  rule "home: share its exclusive copy"
    isundefined(owner[n])
    & message[n] = ASK_SHARED & !dropped[n]
    & !waiting & dirty & local
  ==>
  begin
    message[n] := GRANT_SHARED;
    head := n;
    home_copy := SHARED;
    dirty := false;
  end;

  rule "home: grant an exclusive copy"
    isundefined(owner[n])
    & message[n] = ASK_EXCLUSIVE
    & !waiting & (dirty -> local)
  ==>
  begin
    message[n] := GRANT_EXCLUSIVE;
    waiting := exists m: node_t do m != n & listed(m) end;
    for m: node_t do
      if m != n then
        recall_from(m);
      end;
      sharers[m] := false;
    end;
    head := n;
    home_copy := INVALID;
    local := false;
    dirty := true;
  end;

  rule "home: hear that a copy was given up"
    recall[n] = INVALIDATED
  ==>
  begin
    recall[n] := NO_RECALL;
    recalled[n] := false;
    if forall m: node_t do !recalled[m] end then
      waiting := false;
      if !dirty then
        local := false;
      end;
    end;
  end;

  -- Of one that is the head nothing is forgotten: it may be the owner by now.
  rule "home: hear that a shared copy was dropped"
    dropped[n]
  ==>
  begin
    dropped[n] := false;
    sharers[n] := false;
  end;
end;

rule "home: get the line back"
  written_back
==>
begin
  written_back := false;
  dirty := false;
  undefine head;
end;

rule "home: hear that an owner shares its copy"
  report = SHARED_WITH
==>
begin
  sharers[reported] := true;
  report := NO_REPORT;
  undefine reported;
  dirty := false;
  waiting := false;
end;

-- The new owner may have written back before, and nobody is owner any more.
rule "home: hear of a new owner"
  report = HANDED_TO
==>
begin
  if dirty then
    head := reported;
  end;
  report := NO_REPORT;
  undefine reported;
  waiting := false;
end;

rule "home: hear that a forwarded request was refused"
  unanswered
==>
begin
  unanswered := false;
  waiting := false;
end;

ruleset n: node_t do
  cover "several nodes have shared copies"
    copy[n] = SHARED & (exists m: node_t do m != n & copy[m] = SHARED end);

  cover "a node has a shared copy beside home's"
    copy[n] = SHARED & home_copy = SHARED;

  cover "a node may write beside old shared copies"
    copy[n] = EXCLUSIVE & (exists m: node_t do copy[m] = SHARED end);

  cover "a shared copy is recalled before it arrives"
    message[n] = GRANT_SHARED & overtaken[n];

  cover "an owner is asked when it has written back"
    !isundefined(owner[n]) & written_back;

  cover "a new owner writes back before home hears of it"
    report = HANDED_TO & reported = n & written_back;

  cover "a request waits until home hears of a dropped copy"
    message[n] = ASK_SHARED & dropped[n] & !waiting;
end;

cover "home is the first to have a shared copy"
  home_copy = SHARED & isundefined(head);

cover "home may write beside old shared copies"
  home_copy = EXCLUSIVE & (exists n: node_t do copy[n] = SHARED end);

cover "home has written its own copy back, and waits for acknowledgements"
  !dirty & (exists n: node_t do recalled[n] end);

cover "home asks an owner for an exclusive copy"
  home_message = ASK_EXCLUSIVE;

-- Whatever is under way, and refused as often as it may be. Said of all nodes at once, because a
-- property of a single one would not survive the exchange of nodes in symmetry reduction.
liveness "every request can still be answered, and the line come back to memory"
  !waiting & !dirty & home_copy = INVALID & home_message = NO_MESSAGE
  & (forall n: node_t do
      copy[n] = INVALID & message[n] = NO_MESSAGE & recall[n] = NO_RECALL & !dropped[n]
    end);

invariant "one exclusive copy at a time"
  forall n: node_t do
    copy[n] = EXCLUSIVE
    -> home_copy != EXCLUSIVE & (forall m: node_t do m != n -> copy[m] != EXCLUSIVE end)
  end;

invariant "home knows of every copy"
  forall n: node_t do
    (copy[n] = SHARED | (message[n] = GRANT_SHARED & !overtaken[n])
      -> listed(n) | recall[n] = INVALIDATE | (report = SHARED_WITH & reported = n))
    & (copy[n] = EXCLUSIVE | message[n] = GRANT_EXCLUSIVE
      -> dirty & !local & (listed(n) | (report = HANDED_TO & reported = n)))
  end;

-- Writers do not wait for it. The same holds of shared copies on their way, and beside an exclusive
-- copy that is on its way to a writer or back to memory.
invariant "beside an exclusive copy each shared one is being recalled"
  forall n: node_t do
    (copy[n] = SHARED | (message[n] = GRANT_SHARED & !overtaken[n]))
    & (home_copy = EXCLUSIVE | home_message = GRANT_EXCLUSIVE | written_back
      | (exists m: node_t do copy[m] = EXCLUSIVE | message[m] = GRANT_EXCLUSIVE end))
    -> recall[n] = INVALIDATE
  end;

-- With one who may write, or on its way to one or to memory.
invariant "memory is out of date exactly while the line is elsewhere"
  dirty
  = (home_copy = EXCLUSIVE | home_message = GRANT_SHARED | home_message = GRANT_EXCLUSIVE
    | written_back | report = SHARED_WITH
    | (exists n: node_t do copy[n] = EXCLUSIVE | message[n] = GRANT_EXCLUSIVE end));

-- One that it has written back it forgets with the last acknowledgement.
invariant "home knows of its own copy"
  (home_copy != INVALID -> local)
  & (local -> home_copy != INVALID | (!dirty & (exists n: node_t do recalled[n] end)))
  & (home_copy = SHARED -> !dirty)
  & (home_copy = EXCLUSIVE -> dirty & isundefined(head));

-- The head may have dropped its copy. So may a further one, if home hears of that before it hears of
-- the copy.
invariant "where memory is out of date there is one owner, and no sharer"
  (forall n: node_t do sharers[n] -> !dirty & !isundefined(head) end)
  & (dirty & !local -> !isundefined(head))
  & (dirty & local -> home_copy = EXCLUSIVE)
  & (waiting & !dirty -> isundefined(head));

-- An answer is one to what was asked.
invariant "who wants something has asked, and who wants nothing has not"
  (forall n: node_t do
      (wish[n] = NO_WISH) = (message[n] = NO_MESSAGE)
      & (wish[n] = READ -> message[n] != ASK_EXCLUSIVE & message[n] != GRANT_EXCLUSIVE)
      & (wish[n] = WRITE -> message[n] != ASK_SHARED & message[n] != GRANT_SHARED)
      & (wish[n] != NO_WISH -> copy[n] = INVALID)
      & (overtaken[n] -> wish[n] = READ)
    end)
  & (home_wish = NO_WISH) = (home_message = NO_MESSAGE)
  & (home_wish = READ -> home_message != ASK_EXCLUSIVE & home_message != GRANT_EXCLUSIVE)
  & (home_wish = WRITE -> home_message != ASK_SHARED & home_message != GRANT_SHARED)
  & (home_wish != NO_WISH -> home_copy = INVALID);

invariant "a forwarded request names an owner, and home waits for the answer"
  (forall n: node_t do
      !isundefined(owner[n])
      -> (message[n] = ASK_SHARED | message[n] = ASK_EXCLUSIVE) & waiting & owner[n] != n
    end)
  & isundefined(home_owner) = !(home_message = ASK_SHARED | home_message = ASK_EXCLUSIVE)
  & isundefined(reported) = (report = NO_REPORT);

invariant "home waits for one thing, or for acknowledgements"
  (home_message = NO_MESSAGE | home_message = REFUSED ? 0 : 1)
  + (unanswered ? 1 : 0)
  + (report = NO_REPORT ? 0 : 1)
  + (exists n: node_t do !isundefined(owner[n]) end ? 1 : 0)
  + (exists n: node_t do recalled[n] end ? 1 : 0)
  = (waiting ? 1 : 0);

invariant "who is recalled has a recall to acknowledge"
  forall n: node_t do recalled[n] = (recall[n] != NO_RECALL) end;
