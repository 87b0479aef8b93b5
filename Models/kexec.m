-- Kexec: the old kernel loads the new one and boots it on a halted CPU, in relieving mode.
--
-- Relieving mode is no probe of the hardware and no init; the facts about the hardware are supplied
-- by the old kernel or, where several kernels share the machine, by a designated leader. The boot
-- can hang, wake another CPU than was meant, or come up with the wrong facts. Until the new kernel
-- has been accepted as a relief, everything can be undone. What comes then is the matter of
-- handshake.m.
--
-- Belief and truth are separate variables. What a kernel believes (old, view, target, copy, up,
-- took) is read by its own rules only; what is so (exec, image, running, reserved, hardware) is the
-- machine's.
--
-- Comments that begin with "Hole" settle what the proposal leaves open.
--
-- Expect: holds

const
  CPUS:   3;   -- at least 2: one for each kernel
  LEADER: 0;   -- 1: the facts come from a leader on another node
  FAULTS: 1;   -- of the machine, in one attempt

type
  cpu_t:   scalarset(CPUS);
  facts_t: 0 .. 1;   -- the hardware as it is, and as it was before the last change

  -- What a CPU really does. See hotswap.m about a parked CPU.
  exec_t: enum {
    RUNS_OLD,
    PARKED,     -- in the old kernel's text
    WAITS,      -- for SIPI
    RUNS_NEW,
    HUNG        -- in the new kernel's text
  };

  -- What the old kernel believes of a CPU.
  view_t: enum { MINE, HALTED, LENT };

  -- What lies in the memory that was set aside.
  image_t: enum {
    NO_IMAGE,
    RELIEF,     -- comes up in relieving mode
    ORDINARY,   -- knows of no such mode: probes the hardware and runs init
    DAMAGED
  };

  old_t: enum {
    SERVING,
    LOADED,
    KICKED,       -- the start-up message was sent
    ACCEPTED,     -- the new kernel is up, and the relief can begin
    ABORTING,
    TAKING_BACK   -- nothing executes the new kernel any more
  };

var
  -- Belief.
  old:      old_t;
  view:     array [cpu_t] of view_t;
  target:   cpu_t;                     -- where the new kernel is meant to run
  copy:     facts_t;                   -- the old kernel's own, where a leader has the facts
  up:       boolean;                   -- the new kernel's report: that it is up,
  on_cpu:   cpu_t;                     -- on which CPU,
  took:     facts_t;                   -- and with which facts

  -- Truth.
  exec:     array [cpu_t] of exec_t;
  image:    image_t;
  running:  image_t;                   -- what was started
  reserved: boolean;                   -- memory is set aside for the new kernel
  supplied: facts_t;                   -- the facts that lie beside the image
  hardware: facts_t;
  faults:   0 .. FAULTS;

function runs_new(c: cpu_t): boolean;
begin
  return exec[c] = RUNS_NEW | exec[c] = HUNG;
end;

procedure forget_report();
begin
  up := false;
  undefine on_cpu;
  undefine took;
end;

procedure forget_image();
begin
  image := NO_IMAGE;
  reserved := false;
  undefine supplied;
end;

startstate "one kernel"
begin
  old := SERVING;
  for c: cpu_t do
    view[c] := MINE;
    exec[c] := RUNS_OLD;
  end;
  undefine target;
  copy := 0;
  forget_report();
  forget_image();
  running := NO_IMAGE;
  hardware := 0;
  faults := 0;
end;

-- The machine ---------------------------------------------------------------------------------

-- Whoever supplies the facts is told of a change at once; the old kernel is not, if that is a
-- leader. Hole: a change later than that. There is none once the relief was accepted.
rule "machine: the hardware changes"
  old != ACCEPTED
==>
begin
  hardware := 1 - hardware;
  if LEADER = 0 then
    copy := hardware;
  end;
end;

rule "old: hear of the change from the leader"
  LEADER = 1 & copy != hardware
==>
begin
  copy := hardware;
end;

rule "machine: the loaded image is damaged"
  faults < FAULTS & old = LOADED & image != NO_IMAGE & image != DAMAGED
==>
begin
  faults := faults + 1;
  image := DAMAGED;
end;

ruleset c: cpu_t do
  rule "machine: the boot hangs"
    faults < FAULTS & exec[c] = RUNS_NEW & !up
  ==>
  begin
    faults := faults + 1;
    exec[c] := HUNG;
  end;
end;

-- Load ----------------------------------------------------------------------------------------

ruleset i: image_t do
  rule "user: load an image"
    old = SERVING & (i = RELIEF | i = ORDINARY)
  ==>
  begin
    reserved := true;
    image := i;
    old := LOADED;
  end;
end;

rule "old: supply the facts"
  LEADER = 0 & old = LOADED & isundefined(supplied)
==>
begin
  supplied := copy;
end;

rule "leader: supply the facts"
  LEADER = 1 & old = LOADED & isundefined(supplied)
==>
begin
  supplied := hardware;
end;

-- Boot ----------------------------------------------------------------------------------------

ruleset c: cpu_t do
  rule "old: halt a CPU"
    old = LOADED & view[c] = MINE & (exists d: cpu_t do d != c & view[d] = MINE end)
  ==>
  begin
    view[c] := HALTED;
    exec[c] := PARKED;
  end;

  rule "old: INIT to a halted CPU"
    old = LOADED & view[c] = HALTED & exec[c] = PARKED
  ==>
  begin
    exec[c] := WAITS;
  end;

  -- The image is looked at for the last time: it is whole, and says of itself that it knows
  -- relieving mode. Once it runs it is too late, because the first thing that an ordinary kernel
  -- does is probe.
  rule "old: boot the new kernel"
    old = LOADED
    & view[c] = HALTED
    & exec[c] = WAITS
    & image = RELIEF
    & !isundefined(supplied)
  ==>
  begin
    view[c] := LENT;
    target := c;
    exec[c] := RUNS_NEW;
    running := image;
    old := KICKED;
  end;

  -- SIPI works only on a CPU that waits for it; on any other it is lost.
  ruleset d: cpu_t do
    rule "machine: the start-up message goes to another CPU"
      faults < FAULTS
      & old = LOADED
      & view[c] = HALTED
      & exec[c] = WAITS
      & image = RELIEF
      & !isundefined(supplied)
      & d != c
    ==>
    begin
      faults := faults + 1;
      view[c] := LENT;
      target := c;
      if exec[d] = WAITS then
        exec[d] := RUNS_NEW;
        running := image;
      end;
      old := KICKED;
    end;
  end;

  rule "new: come up and report"
    exec[c] = RUNS_NEW & !up
  ==>
  begin
    up := true;
    on_cpu := c;
    took := supplied;
  end;

  rule "new: come up misconfigured and report"
    faults < FAULTS & exec[c] = RUNS_NEW & !up
  ==>
  begin
    faults := faults + 1;
    up := true;
    on_cpu := c;
    took := 1 - supplied;
  end;
end;

-- Whoever supplied the facts says whether they are still right.
rule "old: accept the relief"
  old = KICKED & up & on_cpu = target & took = hardware
==>
begin
  old := ACCEPTED;
end;

-- Abort ---------------------------------------------------------------------------------------

rule "old: abort, it came up on another CPU"
  old = KICKED & up & on_cpu != target
==>
begin
  old := ABORTING;
end;

rule "old: abort, it has the wrong facts"
  old = KICKED & up & took != hardware
==>
begin
  old := ABORTING;
end;

rule "old: abort, the image is no relief"
  old = LOADED & image != RELIEF
==>
begin
  old := ABORTING;
end;

-- Hole: how long to wait for a boot. Any time will do, because of how the CPUs are stopped then.
rule "old: abort, time is up"
  old = LOADED | old = KICKED | old = ACCEPTED
==>
begin
  old := ABORTING;
end;

ruleset c: cpu_t do
  -- To each CPU that it does not run on, because it cannot know which was woken.
  rule "old: INIT to a CPU that is not its own"
    old = ABORTING & view[c] != MINE & exec[c] != WAITS
  ==>
  begin
    if runs_new(c) then
      forget_report();
      running := NO_IMAGE;
    end;
    exec[c] := WAITS;
  end;

  rule "old: take a CPU back"
    old = TAKING_BACK & view[c] != MINE
  ==>
  begin
    exec[c] := RUNS_OLD;
    view[c] := MINE;
  end;
end;

rule "old: give the memory back"
  old = ABORTING & (forall c: cpu_t do view[c] != MINE -> exec[c] = WAITS end)
==>
begin
  forget_image();
  undefine target;
  old := TAKING_BACK;
end;

rule "old: serve again"
  old = TAKING_BACK & (forall c: cpu_t do view[c] = MINE end)
==>
begin
  faults := 0;
  old := SERVING;
end;

-- The relief, with all that hotswap.m says of it. No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next swap"
  old = ACCEPTED
==>
begin
  for c: cpu_t do
    exec[c] := RUNS_OLD;
    view[c] := MINE;
  end;
  copy := took;
  undefine target;
  forget_report();
  forget_image();
  running := NO_IMAGE;
  faults := 0;
  old := SERVING;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "a CPU executes the old kernel if and only if that has it"
  forall c: cpu_t do (view[c] = MINE) = (exec[c] = RUNS_OLD) end;

invariant "the old kernel keeps a CPU"
  exists c: cpu_t do exec[c] = RUNS_OLD end;

invariant "nothing probes the hardware or runs init"
  forall c: cpu_t do runs_new(c) -> running = RELIEF end;

invariant "an accepted relief is where it was meant to be, and nowhere else"
  old = ACCEPTED ->
  (forall c: cpu_t do (c = target & view[c] = LENT) = runs_new(c) end);

invariant "an accepted relief has the facts"
  old = ACCEPTED -> took = hardware;

invariant "no CPU executes from memory that was given back"
  forall c: cpu_t do runs_new(c) -> reserved end;

invariant "an abort rolls back everything"
  old = SERVING ->
  (!reserved & image = NO_IMAGE & !up & (forall c: cpu_t do view[c] = MINE end));

liveness "a boot can still succeed"
  old = ACCEPTED;

cover "an ordinary image is refused"
  old = ABORTING & image = ORDINARY;
cover "the facts have changed since they were supplied"
  old = KICKED & !isundefined(supplied) & supplied != hardware;

-- These need a fault.
cover "a damaged image is refused"
  FAULTS = 0 | (old = ABORTING & image = DAMAGED);
cover "the boot hangs"
  FAULTS = 0 | exists c: cpu_t do exec[c] = HUNG end;
cover "nothing was woken"
  FAULTS = 0 | (old = KICKED & (forall c: cpu_t do !runs_new(c) end));
cover "the new kernel comes up misconfigured"
  FAULTS = 0 | (old = KICKED & up & took != supplied);

-- And these another CPU, a second fault or a leader.
cover "another CPU was woken"
  FAULTS = 0 | CPUS < 3 | (old = KICKED & up & on_cpu != target);
cover "another CPU was woken and hangs"
  FAULTS < 2
  | CPUS < 3
  | (old = ABORTING & (exists c: cpu_t do exec[c] = HUNG & view[c] = HALTED end));
cover "the leader knows better"
  LEADER = 0 | (old = KICKED & copy != hardware);

function serving_cpus(): 0 .. CPUS;
  var count: 0 .. CPUS;
begin
  count := 0;
  for c: cpu_t do
    if view[c] = MINE & exec[c] = RUNS_OLD then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "CPUs serving users"
  serving_cpus();
