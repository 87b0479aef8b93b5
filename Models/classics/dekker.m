-- Mutual exclusion for two processes with nothing but reads and writes: the first correct
-- solution.
--
-- T. J. Dekker's algorithm, as given in E. W. Dijkstra, "Cooperating sequential processes" (EWD
-- 123), Technological University Eindhoven, 1965, section 2.1.
--
-- Every access to a shared variable is a step of its own.
--
-- Expect: holds

type
  process_t: 0 .. 1;

  step_t: enum {
    REST,       -- outside
    RAISE,      -- raise the flag
    LOOK,       -- is the other's flag up?
    YIELD,      -- it is: whose turn is it?
    LOWER,      -- the other's: lower the flag
    WAIT,       -- until it is my turn
    CRITICAL,
    PASS,       -- pass the turn on
    LEAVE       -- lower the flag
  };

var
  -- Shared.
  wants: array [process_t] of boolean;
  turn:  process_t;

  step:  array [process_t] of step_t;

-- Either may have the first turn.
ruleset first: process_t do
  startstate "nobody wants to enter"
  begin
    turn := first;
    for i: process_t do
      wants[i] := false;
      step[i] := REST;
    end;
  end;
end;

ruleset i: process_t do
  rule "process: want to enter"
    step[i] = REST
  ==>
  begin
    step[i] := RAISE;
  end;

  rule "process: raise the flag"
    step[i] = RAISE
  ==>
  begin
    wants[i] := true;
    step[i] := LOOK;
  end;

  rule "process: look at the other's flag"
    step[i] = LOOK
  ==>
  begin
    step[i] := wants[1 - i] ? YIELD : CRITICAL;
  end;

  rule "process: whose turn is it?"
    step[i] = YIELD
  ==>
  begin
    step[i] := turn = i ? LOOK : LOWER;
  end;

  rule "process: lower the flag"
    step[i] = LOWER
  ==>
  begin
    wants[i] := false;
    step[i] := WAIT;
  end;

  rule "process: it is my turn"
    step[i] = WAIT & turn = i
  ==>
  begin
    step[i] := RAISE;
  end;

  rule "process: the work is done"
    step[i] = CRITICAL
  ==>
  begin
    step[i] := PASS;
  end;

  rule "process: pass the turn on"
    step[i] = PASS
  ==>
  begin
    turn := 1 - i;
    step[i] := LEAVE;
  end;

  rule "process: leave"
    step[i] = LEAVE
  ==>
  begin
    wants[i] := false;
    step[i] := REST;
  end;

  cover "a process enters"
    step[i] = CRITICAL;

  cover "a process has to wait for its turn"
    step[i] = WAIT & turn != i;

  cover "a process enters before its turn, because the other does not want to"
    step[i] = CRITICAL & turn != i;

  liveness "whoever wants to enter still can"
    step[i] = CRITICAL;

  liveness "whoever is in can leave"
    step[i] = REST;
end;

invariant "one process at a time"
  !(step[0] = CRITICAL & step[1] = CRITICAL);

invariant "whoever is in has its flag up, and whoever is outside, or waits, has it down"
  forall i: process_t do
    (step[i] = CRITICAL | step[i] = PASS | step[i] = LEAVE -> wants[i])
    & (step[i] = REST | step[i] = WAIT | step[i] = RAISE -> !wants[i])
  end;
