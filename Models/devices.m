-- Devices, their file systems and modules, handed from one kernel to another without a probe.
--
-- The proposal says that the new kernel does not touch the hardware as it comes up, and determines
-- "which file systems and drivers were needed, which modules need to be loaded". It does not say
-- how a device changes hands. Here each goes by itself: the old kernel takes no more requests,
-- writes back, unmounts, masks the interrupt and lets go; the new one attaches with what the old
-- one knew, without a reset. Processes and CPUs are the matter of hotswap.m.
--
-- Belief and truth are separate variables. What a kernel believes (step, stage, drives, mounted) is
-- read by its own rules only; what is so (present, irq, raised, serviced, dma, map, dirty) is the
-- machine's.
--
-- Comments that begin with "Hole" settle what the proposal leaves open.
--
-- Expect: holds

const
  DEVICES: 2;

type
  device_t: scalarset(DEVICES);

  -- Roles, not machines: after a swap the new kernel is the old one of the next swap.
  kernel_t: enum { OLD, NEW };

  step_t: enum {
    SERVING,      -- no swap in progress
    LOADING,      -- the new kernel loads modules
    READY,        -- it has said that it is ready
    HANDING_OVER  -- the old kernel has agreed
  };

  -- The old kernel's, of a device.
  stage_t: enum {
    IN_USE,
    QUIET,        -- no more requests but to write back
    UNMOUNTED,
    GIVEN
  };

  -- By whom an interrupt is serviced. Whoever is gone will not end it.
  serviced_t: enum { NOBODY, BY_OLD, BY_NEW, BY_GONE };

var
  -- Belief.
  step:     step_t;
  stage:    array [device_t] of stage_t;
  drives:   array [kernel_t] of array [device_t] of boolean;
  mounted:  array [kernel_t] of array [device_t] of boolean;   -- the file system on the device
  loaded:   array [device_t] of boolean;                       -- its module, in the new kernel

  -- Truth.
  present:  array [device_t] of boolean;
  irq:      array [device_t] of enum { TO_OLD, MASKED, TO_NEW };
  raised:   array [device_t] of boolean;                       -- an interrupt is pending
  serviced: array [device_t] of serviced_t;                    -- delivered, and not ended yet
  dma:      array [device_t] of enum { IDLE, IN_OLD, IN_NEW }; -- a transfer, in whose memory
  map:      array [device_t] of kernel_t;                      -- what the IOMMU lets it reach
  dirty:    array [device_t] of boolean;                       -- written, and not on the disk yet

startstate "one kernel, no device yet"
begin
  step := SERVING;
  for d: device_t do
    stage[d] := IN_USE;
    for k: kernel_t do
      drives[k][d] := false;
      mounted[k][d] := false;
    end;
    loaded[d] := false;
    present[d] := false;
    irq[d] := TO_OLD;
    raised[d] := false;
    serviced[d] := NOBODY;
    dma[d] := IDLE;
    map[d] := OLD;
    dirty[d] := false;
  end;
end;

function takes_requests(k: kernel_t; d: device_t): boolean;
begin
  return drives[k][d] & mounted[k][d] & (k = OLD -> stage[d] = IN_USE);
end;

-- The machine ---------------------------------------------------------------------------------

-- Hole: a device that is plugged in during the swap. It is the old kernel's, which will find at its
-- double check that the new one has no module for it. Later it has to wait.
ruleset d: device_t do
  rule "machine: a device is plugged in"
    !present[d] & step != HANDING_OVER
  ==>
  begin
    present[d] := true;
    irq[d] := TO_OLD;
    map[d] := OLD;
    drives[OLD][d] := true;
    mounted[OLD][d] := true;
  end;

  rule "machine: a transfer ends"
    dma[d] != IDLE
  ==>
  begin
    dma[d] := IDLE;
    dirty[d] := false;
    raised[d] := true;
  end;

  rule "machine: an interrupt is delivered"
    raised[d] & irq[d] != MASKED & serviced[d] = NOBODY
  ==>
  begin
    raised[d] := false;
    serviced[d] := irq[d] = TO_OLD ? BY_OLD : BY_NEW;
  end;
end;

-- The users and the kernels, at any time ------------------------------------------------------

ruleset k: kernel_t; d: device_t do
  rule "user: write"
    takes_requests(k, d) & !dirty[d]
  ==>
  begin
    dirty[d] := true;
  end;

  -- What is dirty is written back also when no more requests are taken.
  rule "kernel: start a transfer"
    (takes_requests(k, d) | (drives[k][d] & mounted[k][d] & dirty[d])) & dma[d] = IDLE
  ==>
  begin
    dma[d] := k = OLD ? IN_OLD : IN_NEW;
  end;

  -- Who does not drive the device any more has no handler for its interrupts.
  rule "kernel: end of an interrupt"
    serviced[d] = (k = OLD ? BY_OLD : BY_NEW) & drives[k][d]
  ==>
  begin
    serviced[d] := NOBODY;
  end;
end;

-- Before the hand-over ------------------------------------------------------------------------

rule "new: come up without a probe"
  step = SERVING & (exists d: device_t do present[d] end)
==>
begin
  step := LOADING;
end;

ruleset d: device_t do
  -- A module that is loaded waits for its device to be given.
  rule "new: load a module"
    step = LOADING & present[d] & !loaded[d]
  ==>
  begin
    loaded[d] := true;
  end;
end;

rule "new: I am ready to relieve you"
  step = LOADING & (forall d: device_t do drives[OLD][d] -> loaded[d] end)
==>
begin
  step := READY;
end;

rule "old: I am ready to be relieved"
  step = READY & (forall d: device_t do drives[OLD][d] -> loaded[d] end)
==>
begin
  step := HANDING_OVER;
end;

-- A module could not be loaded, or a device has come in the meantime.
rule "old: abort"
  step = LOADING | step = READY
==>
begin
  for d: device_t do loaded[d] := false; end;
  step := SERVING;
end;

-- The old kernel lets go ----------------------------------------------------------------------

ruleset d: device_t do
  rule "old: take no more requests"
    step = HANDING_OVER & drives[OLD][d] & stage[d] = IN_USE
  ==>
  begin
    stage[d] := QUIET;
  end;

  rule "old: unmount"
    stage[d] = QUIET & !dirty[d] & dma[d] = IDLE
  ==>
  begin
    mounted[OLD][d] := false;
    stage[d] := UNMOUNTED;
  end;

  -- Hole: who owns an interrupt that comes now? It stays pending, masked, until the new kernel is
  -- there. One that is being serviced is ended first, because only who has got it can end it.
  rule "old: mask the interrupt, let go"
    stage[d] = UNMOUNTED & serviced[d] = NOBODY
  ==>
  begin
    irq[d] := MASKED;
    drives[OLD][d] := false;
    stage[d] := GIVEN;
  end;
end;

-- The new kernel takes ------------------------------------------------------------------------

ruleset d: device_t do
  rule "new: attach the driver"
    stage[d] = GIVEN & !drives[NEW][d]
  ==>
  begin
    map[d] := NEW;
    drives[NEW][d] := true;
  end;

  rule "new: mount"
    drives[NEW][d] & !mounted[NEW][d]
  ==>
  begin
    mounted[NEW][d] := true;
  end;

  rule "new: unmask the interrupt"
    drives[NEW][d] & irq[d] = MASKED
  ==>
  begin
    irq[d] := TO_NEW;
  end;
end;

function is_complete(): boolean;
begin
  return step = HANDING_OVER
  & (forall d: device_t do
      !drives[OLD][d] & (stage[d] = GIVEN -> mounted[NEW][d] & irq[d] = TO_NEW)
    end);
end;

-- No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next swap"
  is_complete()
==>
begin
  for d: device_t do
    drives[OLD][d] := drives[NEW][d];
    mounted[OLD][d] := mounted[NEW][d];
    drives[NEW][d] := false;
    mounted[NEW][d] := false;
    loaded[d] := false;
    stage[d] := IN_USE;
    map[d] := OLD;
    if irq[d] = TO_NEW then
      irq[d] := TO_OLD;
    end;
    if dma[d] = IN_NEW then
      dma[d] := IN_OLD;
    end;
    if serviced[d] = BY_NEW then
      serviced[d] := BY_OLD;
    elsif serviced[d] = BY_OLD then
      serviced[d] := BY_GONE;
    end;
  end;
  step := SERVING;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "a device has one driver, or is on its way to it"
  forall d: device_t do
    !(drives[OLD][d] & drives[NEW][d])
    & (present[d] -> drives[OLD][d] | drives[NEW][d] | stage[d] = GIVEN)
  end;

invariant "interrupts reach the driver, or wait for one"
  forall d: device_t do
    (present[d] & irq[d] = TO_OLD -> drives[OLD][d])
    & (irq[d] = TO_NEW -> drives[NEW][d])
    & (irq[d] = MASKED -> stage[d] = GIVEN)
  end;

invariant "transfers stay in the memory of the driver's kernel"
  forall d: device_t do
    (dma[d] = IN_OLD -> map[d] = OLD & drives[OLD][d])
    & (dma[d] = IN_NEW -> map[d] = NEW & drives[NEW][d])
  end;

invariant "a file system is mounted by one kernel, which has the device"
  forall d: device_t do
    !(mounted[OLD][d] & mounted[NEW][d])
    & (forall k: kernel_t do mounted[k][d] -> drives[k][d] end)
  end;

invariant "what was written is on the disk or will be"
  forall d: device_t do dirty[d] -> mounted[OLD][d] | mounted[NEW][d] end;

invariant "a driver has its module"
  forall d: device_t do drives[NEW][d] -> loaded[d] end;

liveness "every swap can still end"
  step = SERVING;

liveness "every interrupt can still be ended"
  forall d: device_t do !raised[d] & serviced[d] = NOBODY end;

cover "a module is loaded while its device works"
  exists d: device_t do loaded[d] & dma[d] = IN_OLD end;
cover "a device is in nobody's hands"
  exists d: device_t do !drives[OLD][d] & !drives[NEW][d] & stage[d] = GIVEN end;
cover "an interrupt waits for its driver"
  exists d: device_t do irq[d] = MASKED & raised[d] end;
cover "the last data are written back"
  exists d: device_t do stage[d] = QUIET & dirty[d] & dma[d] = IN_OLD end;
cover "the swap is complete"
  is_complete();

-- These need a second device.
cover "a device comes after the new kernel was ready"
  DEVICES = 1
  | (step = READY & (exists d: device_t do present[d] & !loaded[d] end));
cover "each kernel drives a device"
  DEVICES = 1
  | ((exists d: device_t do drives[OLD][d] end) & (exists d: device_t do drives[NEW][d] end));

function unattended(): 0 .. DEVICES;
  var count: 0 .. DEVICES;
begin
  count := 0;
  for d: device_t do
    if present[d] & !drives[OLD][d] & !drives[NEW][d] then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "devices that nobody drives"
  unattended();
