-- A queue lock in which each process spins on a variable of its own.
--
-- J. M. Mellor-Crummey and M. L. Scott, "Algorithms for scalable synchronization on shared-memory
-- multiprocessors", ACM Transactions on Computer Systems 9(1), 1991, section 2.4.
--
-- A pointer to nobody is an undefined one. Each access to shared memory is a step of its own; the
-- swap and the compare-and-swap are atomic, as the paper demands.
--
-- Expect: holds

const
  N: 3;

type
  process_t: scalarset(N);

  step_t: enum {
    REST,       -- outside
    ENQUEUE,    -- swap tail for itself
    LOCK_SELF,  -- there is one before: prepare to spin
    LINK,       -- tell it who is next
    SPIN,
    CRITICAL,
    RELEASE,    -- is anybody next?
    SWING,      -- it seems not: compare and swap tail to nobody
    AWAIT_LINK, -- somebody is, and has not linked itself yet
    HAND_OVER
  };

var
  -- Shared: the lock, and a node for each process.
  tail:   process_t;
  next:   array [process_t] of process_t;
  locked: array [process_t] of boolean;

  -- Each process's own.
  step:   array [process_t] of step_t;
  before: array [process_t] of process_t;   -- defined only from ENQUEUE to LINK

startstate "the lock is free"
begin
  undefine tail;
  for p: process_t do
    undefine next[p];
    locked[p] := false;
    step[p] := REST;
    undefine before[p];
  end;
end;

ruleset p: process_t do
  rule "process: want the lock"
    step[p] = REST
  ==>
  begin
    undefine next[p];
    step[p] := ENQUEUE;
  end;

  rule "process: enqueue"
    step[p] = ENQUEUE
  ==>
  begin
    if isundefined(tail) then
      step[p] := CRITICAL;
    else
      before[p] := tail;
      step[p] := LOCK_SELF;
    end;
    tail := p;
  end;

  rule "process: prepare to spin"
    step[p] = LOCK_SELF
  ==>
  begin
    locked[p] := true;
    step[p] := LINK;
  end;

  rule "process: link to the one before"
    step[p] = LINK
  ==>
  begin
    next[before[p]] := p;
    undefine before[p];
    step[p] := SPIN;
  end;

  rule "process: stop spinning"
    step[p] = SPIN & !locked[p]
  ==>
  begin
    step[p] := CRITICAL;
  end;

  rule "process: the work is done"
    step[p] = CRITICAL
  ==>
  begin
    step[p] := RELEASE;
  end;

  rule "process: is anybody next?"
    step[p] = RELEASE
  ==>
  begin
    step[p] := isundefined(next[p]) ? SWING : HAND_OVER;
  end;

  rule "process: free the lock, if still last"
    step[p] = SWING
  ==>
  begin
    if tail = p then
      undefine tail;
      step[p] := REST;
    else
      step[p] := AWAIT_LINK;
    end;
  end;

  rule "process: the next has linked itself"
    step[p] = AWAIT_LINK & !isundefined(next[p])
  ==>
  begin
    step[p] := HAND_OVER;
  end;

  rule "process: hand over"
    step[p] = HAND_OVER
  ==>
  begin
    locked[next[p]] := false;
    undefine next[p];   -- not in the paper: the pointer is dead, and states are fewer without it
    step[p] := REST;
  end;

  cover "a process has the lock"
    step[p] = CRITICAL;

  cover "a process enqueues behind another"
    step[p] = SPIN;

  cover "a release meets one that has not linked itself"
    step[p] = AWAIT_LINK & isundefined(next[p]);
end;

-- A process that waits comes to rest only by way of the lock. Said of all processes at once,
-- because a property of a single one would not survive the exchange of processes in symmetry
-- reduction.
liveness "whoever waits can still get the lock"
  forall p: process_t do step[p] = REST end;

function has_lock(p: process_t): boolean;
begin
  return step[p] = CRITICAL | step[p] = RELEASE | step[p] = SWING
  | step[p] = AWAIT_LINK | step[p] = HAND_OVER;
end;

invariant "one process at a time"
  forall p: process_t do forall q: process_t do
      has_lock(p) & has_lock(q) -> p = q
    end end;

invariant "a free lock has no queue"
  isundefined(tail) -> forall p: process_t do step[p] = REST | step[p] = ENQUEUE end;

-- Released means that whoever had the lock has named this process, and nobody else has it.
invariant "a process that may stop spinning is the only one"
  forall p: process_t do
    step[p] = SPIN & !locked[p] -> forall q: process_t do !has_lock(q) end
  end;
