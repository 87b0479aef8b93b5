-- Mutual exclusion for N processes with nothing but reads and writes.
--
-- G. L. Peterson, "Myths about the mutual exclusion problem", Information Processing Letters
-- 12(3), 1981: the version for N processes. To enter, a process climbs N - 1 levels, and at each
-- level the last one to arrive waits as long as anybody else is as high or higher.
--
-- Every access to a shared variable is a step of its own. The wait reads the others one by one, so
-- what it has read may be out of date when it goes on; the algorithm has to bear that.
--
-- Expect: holds

const
  N: 3;   -- at least 2

type
  process_t: 1 .. N;
  process_count_t: 0 .. N;
  level_t:   0 .. N - 1;   -- 0: does not want to enter
  rung_t:    1 .. N - 1;

  step_t: enum {
    REST,       -- outside
    ANNOUNCE,   -- write level
    ARRIVE,     -- write last
    LOOK,       -- read the level of one other process
    DEFER,      -- somebody is as high: read last
    CRITICAL
  };

var
  -- Shared.
  level: array [process_t] of level_t;
  last:  array [rung_t] of process_t;   -- who came last to a level

  -- Each process's own.
  step:   array [process_t] of step_t;
  rung:   array [process_t] of rung_t;        -- the level it is climbing to
  cursor: array [process_t] of process_t;     -- whom it looks at next

procedure win(i: process_t);
begin
  cursor[i] := 1;
  if rung[i] < N - 1 then
    rung[i] := rung[i] + 1;
    step[i] := ANNOUNCE;
  else
    rung[i] := 1;
    step[i] := CRITICAL;
  end;
end;

-- Past the last process: nobody is as high, so the level is won.
procedure look_at_next(i: process_t);
begin
  if cursor[i] < N then
    cursor[i] := cursor[i] + 1;
  else
    win(i);
  end;
end;

startstate "nobody wants to enter"
begin
  for i: process_t do
    level[i] := 0;
    step[i] := REST;
    rung[i] := 1;
    cursor[i] := 1;
  end;
  for r: rung_t do
    last[r] := 1;
  end;
end;

ruleset i: process_t do
  rule "process: want to enter"
    step[i] = REST
  ==>
  begin
    step[i] := ANNOUNCE;
  end;

  rule "process: announce the level"
    step[i] = ANNOUNCE
  ==>
  begin
    level[i] := rung[i];
    step[i] := ARRIVE;
  end;

  rule "process: arrive as the last"
    step[i] = ARRIVE
  ==>
  begin
    last[rung[i]] := i;
    step[i] := LOOK;
  end;

  rule "process: look at another"
    step[i] = LOOK
  ==>
  begin
    if cursor[i] != i & level[cursor[i]] >= rung[i] then
      step[i] := DEFER;
    else
      look_at_next(i);
    end;
  end;

  -- Not the last to arrive: go on. The last: look at everybody again.
  rule "process: defer to others"
    step[i] = DEFER
  ==>
  begin
    if last[rung[i]] != i then
      win(i);
    else
      cursor[i] := 1;
      step[i] := LOOK;
    end;
  end;

  rule "process: leave"
    step[i] = CRITICAL
  ==>
  begin
    level[i] := 0;
    step[i] := REST;
  end;

  cover "a process enters"
    step[i] = CRITICAL;

  cover "a process enters by itself"
    step[i] = CRITICAL
    & (forall r: rung_t do last[r] = i end)
    & (forall j: process_t do j != i -> level[j] = 0 end);

  liveness "whoever wants to enter still can"
    step[i] = CRITICAL;

  liveness "whoever is in can leave"
    step[i] = REST;
end;

invariant "one process at a time"
  forall i: process_t do forall j: process_t do
      step[i] = CRITICAL & step[j] = CRITICAL -> i = j
    end end;

invariant "whoever is in has climbed all levels, and whoever is outside none"
  forall i: process_t do
    (step[i] = CRITICAL -> level[i] = N - 1) & (step[i] = REST -> level[i] = 0)
  end;

-- The reason why it works: each level keeps at least one process back.
function winners_of(r: rung_t): process_count_t;
  var count: process_count_t;
begin
  count := 0;
  for i: process_t do
    if rung[i] > r | step[i] = CRITICAL then
      count := count + 1;
    end;
  end;
  return count;
end;

invariant "each level keeps one process back"
  forall r: rung_t do winners_of(r) <= N - r end;
