-- A device on lease: the new kernel has it for a trial before it is given for good. The lease runs
-- out by itself, so the old kernel has the device back also from a kernel that says nothing any
-- more. docs/modelling.md makes this model in its chapter on time.
--
-- Time is ticks. "clock: a tick" fires only if nothing is due: what a kernel or the machine does by
-- a deadline is a step that time waits for. Counters of ticks count down to 0, and are alike in both
-- kernels: their clocks run at one speed, but do not tick at one moment.
--
-- What a kernel believes is read by its own rules only: view, lent are the old kernel's, and using,
-- left, asked, owns the new one's. to_old, to_new, up, losses are the machine's. lease/README.md says
-- what is left out.
--
-- Expect: holds

const
  TERM:    5;   -- ticks that a lease lasts, from when it is asked for
  DELAY:   1;   -- ticks that a word is under way, at most
  LOSSES:  1;   -- of words, in one hand-over
  CRASHES: 1;   -- of the new kernel, in one hand-over

type
  view_t: enum {
    MINE,    -- I use the device
    LENT,    -- I do not, until the lease is over
    GIVEN    -- I never will again
  };

  -- From the new kernel: give me time, I have seen enough, I am through with it.
  request_t: enum { NO_REQUEST, ASK, KEEP, HAND_BACK };

  -- From the old kernel.
  answer_t: enum { NO_ANSWER, GRANTED, YOURS };

var
  -- The old kernel's.
  view: view_t;
  lent: 0 .. TERM + 1;    -- ticks until it takes the device back

  -- The new kernel's.
  using: boolean;
  left:  0 .. TERM;       -- ticks that its lease lasts
  asked: 0 .. TERM;       -- what is left of the lease that it has asked for last; 0: none
  owns:  boolean;

  -- Truth.
  to_old:     request_t;
  to_old_due: 0 .. DELAY;    -- ticks until it has arrived or is lost
  to_new:     answer_t;
  to_new_due: 0 .. DELAY;
  up:         boolean;       -- the new kernel runs
  losses:     0 .. LOSSES;
  crashes:    0 .. CRASHES;

  -- History: a word was lost since the new kernel had its last answer.
  lost: boolean;

  -- History: ticks in a row in which it was lent and nobody used it.
  idle: 0 .. 8 * TERM;

startstate "the old kernel has the device"
begin
  view := MINE;
  lent := 0;
  using := false;
  left := 0;
  asked := 0;
  owns := false;
  to_old := NO_REQUEST;
  to_old_due := 0;
  to_new := NO_ANSWER;
  to_new_due := 0;
  up := true;
  losses := 0;
  crashes := 0;
  lost := false;
  idle := 0;
end;

-- An answer that has not come after this many ticks never comes.
function round_trip(): 0 .. 2 * DELAY;
begin
  return 2 * DELAY;
end;

-- The new kernel knows nothing of words that are lost, and waits for an answer as long as one may
-- come.
function may_ask(): boolean;
begin
  return up & !owns & (asked = 0 | asked < TERM - round_trip());
end;

-- The last moment: the answer comes while the lease still lasts.
function must_ask(): boolean;
begin
  return using & may_ask() & left <= round_trip() + 1;
end;

procedure request(word: request_t);
begin
  assert "no word overtakes another one" to_old = NO_REQUEST;
  to_old := word;
  to_old_due := DELAY;
  asked := TERM;
end;

procedure answer(word: answer_t);
begin
  to_old := NO_REQUEST;
  to_old_due := 0;
  to_new := word;
  to_new_due := DELAY;
end;

procedure stop_using();
begin
  using := false;
  left := 0;
end;

-- Time ----------------------------------------------------------------------------------------

-- What is not done before time passes.
function is_due(): boolean;
begin
  return to_old != NO_REQUEST & to_old_due = 0
  | to_new != NO_ANSWER & to_new_due = 0
  | using & !owns & left = 0
  | must_ask()
  | view = LENT & lent = 0;
end;

rule "clock: a tick"
  !is_due()
==>
begin
  if to_old_due > 0 then
    to_old_due := to_old_due - 1;
  end;
  if to_new_due > 0 then
    to_new_due := to_new_due - 1;
  end;
  if left > 0 then
    left := left - 1;
  end;
  if asked > 0 then
    asked := asked - 1;
  end;
  if lent > 0 then
    lent := lent - 1;
  end;
  if view != LENT | using then
    idle := 0;
  else
    idle := idle + 1;
  end;
end;

-- The trial -----------------------------------------------------------------------------------

rule "new: ask for the device, or for more time"
  may_ask()
==>
begin
  request(ASK);
end;

-- One tick more than the new kernel counts: that tick begins anywhere within one of ours.
rule "old: lend it, or lend it longer"
  to_old = ASK & view != GIVEN
==>
begin
  view := LENT;
  lent := TERM + 1;
  answer(GRANTED);
end;

-- Counted from when it asked, for the old kernel has counted since some moment after that.
rule "new: hear that it has the device for a while"
  up & to_new = GRANTED
==>
begin
  to_new := NO_ANSWER;
  to_new_due := 0;
  using := true;
  left := asked;
  asked := 0;
  lost := false;
end;

rule "new: stop, the lease is over"
  using & !owns & left = 0
==>
begin
  stop_using();
end;

-- It asks nobody.
rule "old: take it back, the lease is over"
  view = LENT & lent = 0
==>
begin
  view := MINE;
end;

rule "new: return the device"
  using & may_ask()
==>
begin
  stop_using();
  request(HAND_BACK);
end;

rule "old: take it back, it is returned"
  to_old = HAND_BACK
==>
begin
  if view = LENT then
    view := MINE;
    lent := 0;
  end;
  to_old := NO_REQUEST;
  to_old_due := 0;
end;

-- For good ------------------------------------------------------------------------------------

rule "new: ask to keep the device"
  using & may_ask()
==>
begin
  request(KEEP);
end;

-- Where it has been taken back, the request comes too late.
rule "old: it is too late to keep it"
  to_old = KEEP & view = MINE
==>
begin
  to_old := NO_REQUEST;
  to_old_due := 0;
end;

-- From here on only the new kernel can have it. It may not have heard that, so whatever it asks for
-- later, it is told again.
rule "old: give it for good, or say so again"
  to_old = KEEP & view != MINE | to_old = ASK & view = GIVEN
==>
begin
  view := GIVEN;
  lent := 0;
  answer(YOURS);
end;

rule "new: hear that the device is its own"
  up & to_new = YOURS
==>
begin
  to_new := NO_ANSWER;
  to_new_due := 0;
  using := true;
  owns := true;
  left := 0;
  asked := 0;
end;

-- No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next hand-over"
  owns
==>
begin
  view := MINE;
  using := false;
  owns := false;
  losses := 0;
  crashes := 0;
  idle := 0;
end;

-- Faults --------------------------------------------------------------------------------------

rule "machine: a request is lost"
  to_old != NO_REQUEST & losses < LOSSES
==>
begin
  losses := losses + 1;
  to_old := NO_REQUEST;
  to_old_due := 0;
  lost := true;
end;

rule "machine: an answer is lost"
  to_new != NO_ANSWER & losses < LOSSES
==>
begin
  losses := losses + 1;
  to_new := NO_ANSWER;
  to_new_due := 0;
  lost := true;
end;

-- Nobody is told. What it would have heard is heard by nobody.
rule "machine: the new kernel crashes"
  up & !owns & crashes < CRASHES
==>
begin
  crashes := crashes + 1;
  up := false;
  stop_using();
  asked := 0;
end;

rule "machine: an answer finds nobody"
  !up & to_new != NO_ANSWER
==>
begin
  to_new := NO_ANSWER;
  to_new_due := 0;
end;

-- Booting takes longer than words of the kernel before are under way.
rule "machine: the new kernel boots anew"
  !up & to_old = NO_REQUEST & to_new = NO_ANSWER
==>
begin
  up := true;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "one kernel uses the device at most"
  using -> view != MINE;

invariant "the lease is over for the new kernel first"
  view = LENT & left > 0 -> left < lent;

invariant "a lease runs out only if a word is lost"
  using & !owns & left = 0 -> lost;

invariant "what is given is given for good"
  (owns -> view = GIVEN & using) & (view = GIVEN -> lent = 0);

invariant "nothing is counted for nobody"
  (!up | owns -> left = 0 & asked = 0)
  & (using -> up)
  & (to_old = NO_REQUEST -> to_old_due = 0)
  & (to_new = NO_ANSWER -> to_new_due = 0);

-- Each fault costs a lease at most, and the way of the words around it.
invariant "it does not lie idle for longer than its faults explain"
  idle <= (LOSSES + CRASHES + 1) * (TERM + 1 + DELAY);

liveness "every hand-over can still end"
  view = MINE & !using & losses = 0 & crashes = 0;

cover "more time is asked for while the lease lasts"
  using & to_old = ASK;

cover "the answer is all the time under way that it may"
  DELAY = 0 | using & to_new = GRANTED & to_new_due = 0;

cover "a lease runs out"
  LOSSES = 0 | using & !owns & left = 0;

cover "it is given, and the new kernel does not know"
  LOSSES = 0 | view = GIVEN & !using & up;

cover "it is lent, and the new kernel does not know"
  LOSSES = 0 | view = LENT & up & !using & asked > 0
  & to_old = NO_REQUEST & to_new = NO_ANSWER & lent = TERM;

cover "it lies idle for a whole lease"
  LOSSES = 0 & CRASHES = 0 | idle > TERM;

cover "the lease outlives the new kernel"
  CRASHES = 0 | !up & view = LENT & lent > 0;

cover "a request to keep it comes too late"
  LOSSES = 0 | DELAY = 0 | to_old = KEEP & view = MINE;

cover "the new kernel owns the device"
  owns;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "ticks in a row in which it is lent and nobody uses it"
  idle;
