-- Two-phase commit: a transaction takes place at all participants, or at none.
--
-- J. Gray, "Notes on data base operating systems", in Operating Systems: An Advanced Course, 1978;
-- without crashes, as in J. Gray and L. Lamport, "Consensus on transaction commit", ACM
-- Transactions on Database Systems 31(1), 2006. Written anew from the descriptions.
--
-- A participant that has said that it is prepared can do both, and has to wait for the verdict. The
-- coordinator commits when all have said so. Until then it may abort at any time, and so may a
-- participant that has not said anything yet. Messages are not lost; they come in any order.
--
-- Expect: holds

const
  PARTICIPANTS: 3;

type
  participant_t: scalarset(PARTICIPANTS);

  state_t:   enum { WORKING, PREPARED, COMMITTED, ABORTED };
  vote_t:    enum { NO_VOTE, READY, REFUSES };
  verdict_t: enum { NO_VERDICT, COMMIT, ABORT };

var
  -- The coordinator.
  decided: verdict_t;
  agreed:  array [participant_t] of boolean;     -- has said that it is prepared

  -- The participants.
  state:   array [participant_t] of state_t;

  -- On their way, one each way for each participant.
  vote:    array [participant_t] of vote_t;
  verdict: array [participant_t] of verdict_t;

procedure begin_transaction();
begin
  decided := NO_VERDICT;
  for p: participant_t do
    agreed[p] := false;
    state[p] := WORKING;
    vote[p] := NO_VOTE;
    verdict[p] := NO_VERDICT;
  end;
end;

procedure decide(v: verdict_t);
begin
  assert "a transaction is decided once" decided = NO_VERDICT;
  decided := v;
  for p: participant_t do verdict[p] := v; end;
end;

startstate "a transaction"
begin
  begin_transaction();
end;

ruleset p: participant_t do
  rule "participant: prepare"
    state[p] = WORKING
  ==>
  begin
    state[p] := PREPARED;
    vote[p] := READY;
  end;

  rule "participant: refuse"
    state[p] = WORKING
  ==>
  begin
    state[p] := ABORTED;
    vote[p] := REFUSES;
  end;

  rule "coordinator: hear that a participant is prepared"
    vote[p] = READY
  ==>
  begin
    vote[p] := NO_VOTE;
    agreed[p] := true;
  end;

  rule "coordinator: hear that a participant refuses"
    vote[p] = REFUSES
  ==>
  begin
    vote[p] := NO_VOTE;
    if decided = NO_VERDICT then
      decide(ABORT);
    end;
  end;

  rule "participant: hear the verdict"
    verdict[p] != NO_VERDICT
  ==>
  begin
    state[p] := verdict[p] = COMMIT ? COMMITTED : ABORTED;
    verdict[p] := NO_VERDICT;
  end;
end;

rule "coordinator: commit"
  decided = NO_VERDICT & (forall p: participant_t do agreed[p] end)
==>
begin
  decide(COMMIT);
end;

rule "coordinator: abort, time is up"
  decided = NO_VERDICT
==>
begin
  decide(ABORT);
end;

rule "user: begin the next transaction"
  decided != NO_VERDICT
  & (forall p: participant_t do vote[p] = NO_VOTE & verdict[p] = NO_VERDICT end)
==>
begin
  assert "a transaction ends for all"
    forall p: participant_t do state[p] = COMMITTED | state[p] = ABORTED end;
  begin_transaction();
end;

invariant "it takes place at all participants, or at none"
  forall p: participant_t do
    forall q: participant_t do !(state[p] = COMMITTED & state[q] = ABORTED) end
  end;

invariant "it takes place only where all have agreed"
  forall p: participant_t do
    state[p] = COMMITTED ->
    forall q: participant_t do state[q] = PREPARED | state[q] = COMMITTED end
  end;

invariant "who agrees is bound until it hears what was decided"
  forall p: participant_t do
    (vote[p] = READY | agreed[p]) & decided != ABORT ->
    state[p] = (decided = COMMIT & verdict[p] = NO_VERDICT ? COMMITTED : PREPARED)
  end;

invariant "who refuses has aborted, and nobody commits"
  forall p: participant_t do
    (vote[p] = REFUSES -> state[p] = ABORTED & decided != COMMIT & !agreed[p])
    & (state[p] = ABORTED & decided = NO_VERDICT -> vote[p] = REFUSES)
  end;

invariant "what is heard was decided"
  forall p: participant_t do verdict[p] = NO_VERDICT | verdict[p] = decided end;

liveness "every transaction can still end"
  decided != NO_VERDICT
  & (forall p: participant_t do state[p] = COMMITTED | state[p] = ABORTED end);

liveness "a transaction can still take place"
  forall p: participant_t do state[p] = COMMITTED end;

cover "some have committed, and others do not know it yet"
  PARTICIPANTS = 1
  | ((exists p: participant_t do state[p] = COMMITTED end)
    & (exists p: participant_t do state[p] = PREPARED end));
cover "a participant refuses, and others are prepared"
  PARTICIPANTS = 1
  | ((exists p: participant_t do vote[p] = REFUSES end)
    & (exists p: participant_t do agreed[p] end));
cover "all are prepared, and time is up"
  decided = ABORT & (forall p: participant_t do state[p] = PREPARED end);
cover "a participant hears that it is aborted before it has begun"
  exists p: participant_t do state[p] = WORKING & verdict[p] = ABORT end;
