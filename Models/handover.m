-- Devices and their interrupts, handed from one kernel to another one by one: all of those in use,
-- or none. docs/modelling.md makes this model step by step.
--
-- Belief and truth are separate variables. What a kernel believes (phase, view) is read by its own
-- rules only; what is so (irq, pending, word, faults) is the machine's. No guard of a kernel reads
-- used or unheard.
--
-- What is left out: how a driver is attached, DMA (devices.m has it), devices that users start and
-- stop in the middle of a hand-over, and an old kernel that fails to attach what comes back.
--
-- Expect: holds

const
  DEVICES: 3;
  FAULTS:  1;   -- in one hand-over

type
  device_t: scalarset(DEVICES);
  kernel_t: enum { OLD, NEW };

  -- What a kernel believes of a device.
  view_t: enum {
    NONE,      -- no driver of mine is attached
    MINE,      -- I drive it
    AWAITED,   -- in nobody's hands; I wait for an answer
    GIVEN      -- the other kernel has said that it drives it
  };

  -- What the old kernel is doing.
  phase_t: enum { SERVING, GIVING, UNDOING, ROLLED_BACK, COMPLETE };

  word_t: enum { NOTHING, TAKE, TAKEN, NOT_TAKEN, GIVE_BACK, GIVEN_BACK };

var
  -- Belief.
  phase: phase_t;
  view:  array [kernel_t] of array [device_t] of view_t;

  -- Truth.
  irq:     array [device_t] of enum { TO_OLD, MASKED, TO_NEW };
  pending: array [device_t] of boolean;   -- at the controller, for whom the line goes to
  word:    array [device_t] of word_t;    -- what was said of it last, in common memory
  faults:  0 .. FAULTS;                   -- so far in this hand-over

  -- History: which devices the old kernel drove when the hand-over began. Undefined while nobody
  -- has to remember.
  used: array [device_t] of boolean;

  -- History: the device wants to be heard. Written by the device and by who hears it alone.
  unheard: array [device_t] of boolean;

startstate "the old kernel has all devices"
begin
  phase := SERVING;
  for d: device_t do
    for k: kernel_t do view[k][d] := k = OLD ? MINE : NONE; end;
    irq[d] := TO_OLD;
    pending[d] := false;
    word[d] := NOTHING;
    undefine used[d];
    unheard[d] := false;
  end;
  faults := 0;
end;

procedure hand_over_ends();
begin
  for d: device_t do undefine used[d]; end;
  faults := 0;
  phase := SERVING;
end;

ruleset d: device_t do
  rule "user: stop using a device"
    phase = SERVING & view[OLD][d] = MINE & !pending[d]
  ==>
  begin
    irq[d] := MASKED;
    view[OLD][d] := NONE;
  end;

  rule "user: use a device"
    phase = SERVING & view[OLD][d] = NONE
  ==>
  begin
    view[OLD][d] := MINE;
    irq[d] := TO_OLD;
  end;

  -- One that nobody uses is quiet.
  rule "device: interrupt"
    !pending[d] & (exists k: kernel_t do view[k][d] != NONE end)
  ==>
  begin
    unheard[d] := true;
    pending[d] := true;
  end;

  -- Masked, it stays pending.
  rule "machine: the interrupt is handled"
    pending[d] & irq[d] != MASKED
  ==>
  begin
    assert "who hears a device drives it" view[irq[d] = TO_OLD ? OLD : NEW][d] = MINE;
    pending[d] := false;
    unheard[d] := false;
  end;
end;

rule "user: ask for a hand-over"
  phase = SERVING & (exists d: device_t do view[OLD][d] = MINE end)
==>
begin
  for d: device_t do used[d] := view[OLD][d] = MINE; end;
  phase := GIVING;
end;

-- Every device in use is given ----------------------------------------------------------------

ruleset d: device_t do
  rule "old: offer a device"
    phase = GIVING & view[OLD][d] = MINE & (forall e: device_t do view[OLD][e] != AWAITED end)
  ==>
  begin
    irq[d] := MASKED;
    view[OLD][d] := AWAITED;
    word[d] := TAKE;
  end;

  rule "new: take a device"
    word[d] = TAKE
  ==>
  begin
    view[NEW][d] := MINE;
    irq[d] := TO_NEW;
    word[d] := TAKEN;
  end;

  rule "machine: attaching fails"
    word[d] = TAKE & faults < FAULTS
  ==>
  begin
    faults := faults + 1;
    word[d] := NOT_TAKEN;
  end;

  rule "old: hear that a device is taken"
    word[d] = TAKEN
  ==>
  begin
    word[d] := NOTHING;
    view[OLD][d] := GIVEN;
  end;
end;

rule "old: all are given"
  phase = GIVING & (forall d: device_t do view[OLD][d] = NONE | view[OLD][d] = GIVEN end)
==>
begin
  phase := COMPLETE;
end;

-- No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next hand-over"
  phase = COMPLETE
==>
begin
  for d: device_t do
    view[OLD][d] := view[NEW][d];
    view[NEW][d] := NONE;
    if irq[d] = TO_NEW then
      irq[d] := TO_OLD;
    end;
  end;
  hand_over_ends();
end;

-- Or all of them come back --------------------------------------------------------------------

ruleset d: device_t do
  rule "old: hear that a device is not taken"
    word[d] = NOT_TAKEN
  ==>
  begin
    word[d] := NOTHING;
    view[OLD][d] := MINE;
    irq[d] := TO_OLD;
    phase := UNDOING;
  end;

  rule "old: ask for a device back"
    phase = UNDOING & view[OLD][d] = GIVEN & (forall e: device_t do view[OLD][e] != AWAITED end)
  ==>
  begin
    view[OLD][d] := AWAITED;
    word[d] := GIVE_BACK;
  end;

  rule "new: give a device back"
    word[d] = GIVE_BACK
  ==>
  begin
    irq[d] := MASKED;
    view[NEW][d] := NONE;
    word[d] := GIVEN_BACK;
  end;

  rule "old: take a device back"
    word[d] = GIVEN_BACK
  ==>
  begin
    word[d] := NOTHING;
    view[OLD][d] := MINE;
    irq[d] := TO_OLD;
  end;
end;

rule "old: all are back"
  phase = UNDOING & (forall d: device_t do view[OLD][d] = NONE | view[OLD][d] = MINE end)
==>
begin
  phase := ROLLED_BACK;
end;

rule "old: serve again"
  phase = ROLLED_BACK
==>
begin
  hand_over_ends();
end;

-- What must hold ------------------------------------------------------------------------------

invariant "a device has one driver at most"
  forall d: device_t do !(view[OLD][d] = MINE & view[NEW][d] = MINE) end;

invariant "interrupts reach the driver, or wait"
  forall d: device_t do
    (irq[d] = TO_OLD -> view[OLD][d] = MINE) & (irq[d] = TO_NEW -> view[NEW][d] = MINE)
  end;

invariant "no interrupt is lost, and none comes from nowhere"
  forall d: device_t do unheard[d] = pending[d] end;

invariant "a clean abort rolls back everything"
  phase = ROLLED_BACK ->
  forall d: device_t do
    (view[OLD][d] = MINE) = used[d]
    & (irq[d] = TO_OLD) = used[d]
    & view[NEW][d] = NONE
    & word[d] = NOTHING
  end;

invariant "nothing is left of a hand-over"
  phase = SERVING ->
  faults = 0
  & (forall d: device_t do
      view[NEW][d] = NONE & word[d] = NOTHING & isundefined(used[d])
    end);

invariant "a hand-over gives all that was in use"
  phase = COMPLETE -> forall d: device_t do (view[NEW][d] = MINE) = used[d] end;

liveness "every hand-over can still end"
  phase = SERVING;

-- Said of all devices at once: of a single one it would not survive their exchange.
liveness "every interrupt can still be handled"
  forall d: device_t do !unheard[d] end;

cover "an interrupt waits for the next driver"
  exists d: device_t do pending[d] & view[OLD][d] = AWAITED & irq[d] = MASKED end;

cover "a hand-over is complete"
  phase = COMPLETE;

-- These need a fault, and the last two a second device.
cover "an attempt is rolled back"
  FAULTS = 0 | phase = ROLLED_BACK;

cover "rolled back, and one device was not in use"
  FAULTS = 0 | DEVICES = 1
  | (phase = ROLLED_BACK & (exists d: device_t do !used[d] end));

cover "a device comes back"
  FAULTS = 0 | DEVICES = 1
  | exists d: device_t do word[d] = GIVEN_BACK end;

function in_nobodys_hands(): 0 .. DEVICES;
  var count: 0 .. DEVICES;
begin
  count := 0;
  for d: device_t do
    if view[OLD][d] != NONE & view[OLD][d] != MINE & view[NEW][d] != MINE then
      count := count + 1;
    end;
  end;
  return count;
end;

measure "devices that nobody drives"
  in_nobodys_hands();
