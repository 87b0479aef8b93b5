-- CPU hotplug in Linux: down and up step by step, parked, and started again by the next kernel.
--
-- A CPU is taken down on its own, or is stopped because the machine is powered off, or because the
-- kernel is replaced by kexec. Then the next kernel overwrites the memory of the old one and starts
-- the CPUs with INIT and SIPI. docs/models.md says what is left out.
--
-- Sources: facts.md 4 (Documentation/core-api/cpu_hotplug.rst@0791faeb,
-- include/linux/cpuhotplug.h@005fd4bb, kernel/kexec_core.c@0091d924) and the bugs B1 to B4 of
-- facts.md 7.
--
-- Belief and truth are separate variables. What the kernels believe: phase, step, moving, waits,
-- reset, asked, here; what their drivers believe: told. What is so: exec, tasks, irqs, timers,
-- overwritten, and of the machine itself boot, far, needs_cpus.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  CPUS:    3;    -- at least 2: one boots, and cannot be taken down
  FAULTS:  1;    -- steps that may fail in one operation
  ID_BITS: 32;   -- of an APIC id that reach the hardware; 8 are too few for the CPU `far`

  -- facts.md 4.1. A CPU at a step has all steps up to it.
  OFFLINE: 0;    -- CPUHP_OFFLINE
  READY:   1;    -- CPUHP_BRINGUP_CPU: prepared, does not execute
  IDLE:    2;    -- CPUHP_AP_ONLINE_IDLE: executes, interrupts on
  THREADS: 3;    -- CPUHP_AP_SMPBOOT_THREADS, _WORKQUEUE_ONLINE: its kernel threads run
  IRQS:    4;    -- CPUHP_AP_IRQ_AFFINITY_ONLINE: interrupts may be directed to it
  ONLINE:  5;    -- CPUHP_AP_ACTIVE and CPUHP_ONLINE: tasks may be placed on it

type
  cpu_t:   scalarset(CPUS);
  step_t:  OFFLINE .. ONLINE;
  fault_t: 0 .. FAULTS;

  -- Which way a CPU is going. BACK_ is the way back after a step has failed.
  moving_t: enum { RESTS, DOWN, UP, BACK_UP, BACK_DOWN };

  -- What a CPU really does. MWAIT and HLT are executed in the old kernel's text. After INIT a CPU
  -- waits for a start-up message (SIPI) and uses no memory. WILD: executes whatever is there.
  exec_t: enum { RUNS_OLD, MWAIT_OLD, HLT_OLD, WAITS, STARTS_NEW, RUNS_NEW, WILD };

  phase_t: enum {
    SERVING,
    STOPPING,   -- inside kexec
    JUMPED,     -- the next kernel runs
    HALTING,    -- inside the power-off
    FIRMWARE    -- the firmware powers the machine off
  };

var
  -- Belief.
  phase:       phase_t;
  step:        array [cpu_t] of step_t;
  moving:      array [cpu_t] of moving_t;
  failed:      fault_t;                      -- steps that failed in this operation
  waits:       array [cpu_t] of boolean;     -- old: was sent INIT
  reset:       array [cpu_t] of boolean;     -- new: was sent INIT
  asked:       array [cpu_t] of boolean;     -- new: was sent SIPI
  here:        array [cpu_t] of boolean;     -- new: has reported
  told:        array [cpu_t] of boolean;     -- a driver knows that an interrupt is delivered here

  -- Truth.
  exec:        array [cpu_t] of exec_t;
  tasks:       array [cpu_t] of boolean;     -- some task can only run here
  irqs:        array [cpu_t] of boolean;     -- some interrupt is delivered here
  timers:      array [cpu_t] of boolean;     -- some timer is armed here
  overwritten: boolean;                      -- the old kernel's memory is the next one's
  boot:        cpu_t;
  far:         cpu_t;                        -- its APIC id is 0x100
  needs_cpus:  boolean;                      -- the firmware asks all CPUs before it powers off
  polled:      boolean;                      -- flips whenever it asks

function at_rest(): boolean;
begin
  return phase = SERVING & forall c: cpu_t do moving[c] = RESTS end;
end;

function old_runs(): boolean;
begin
  return exec[boot] = RUNS_OLD;
end;

function new_runs(): boolean;
begin
  return exec[boot] = RUNS_NEW;
end;

function serving_cpus(): 0 .. CPUS;
  var n: 0 .. CPUS;
begin
  n := 0;
  for c: cpu_t do
    if phase = SERVING & exec[c] = RUNS_OLD & step[c] = ONLINE then
      n := n + 1;
    end;
  end;
  return n;
end;

-- Whom a message to this CPU reaches (facts.md 7, B4).
function reached(c: cpu_t): cpu_t;
begin
  return ID_BITS = 8 & c = far ? boot : c;
end;

procedure drop_work();
begin
  for c: cpu_t do
    tasks[c] := false;
    irqs[c] := false;
    told[c] := false;
    timers[c] := false;
  end;
end;

-- A machine that has just been switched on, or whose next kernel has become the old one.
procedure all_up();
begin
  phase := SERVING;
  failed := 0;
  overwritten := false;
  polled := false;
  for c: cpu_t do
    step[c] := ONLINE;
    moving[c] := RESTS;
    waits[c] := false;
    reset[c] := false;
    asked[c] := false;
    here[c] := false;
    exec[c] := RUNS_OLD;
  end;
  drop_work();
end;

ruleset b: cpu_t; f: cpu_t; needs: boolean do
  startstate "all CPUs are up"
  begin
    all_up();
    boot := b;
    far := ID_BITS = 8 ? f : b;   -- where it does not matter, one is enough
    needs_cpus := needs;
  end;
end;

-- Work for a CPU ------------------------------------------------------------------------------

ruleset c: cpu_t do
  -- facts.md 4.1: a task is placed on an active CPU only.
  rule "kernel: place a task"
    phase = SERVING & exec[c] = RUNS_OLD & step[c] = ONLINE & !tasks[c]
  ==>
  begin
    tasks[c] := true;
  end;

  -- facts.md 4.1: interrupts targeted to a CPU.
  rule "kernel: direct an interrupt"
    phase = SERVING & exec[c] = RUNS_OLD & step[c] >= IRQS & !irqs[c]
  ==>
  begin
    irqs[c] := true;
    told[c] := true;
  end;

  -- facts.md 4.1, timers. By a task, an interrupt or a kernel thread.
  rule "cpu: arm a timer"
    phase = SERVING
    & exec[c] = RUNS_OLD
    & (tasks[c] | irqs[c] | step[c] >= THREADS)
    & !timers[c]
  ==>
  begin
    timers[c] := true;
  end;
end;

-- Down and up ---------------------------------------------------------------------------------

-- facts.md 4.2: the boot CPU cannot be removed. One operation at a time (cpu_hotplug_lock).
ruleset c: cpu_t do
  rule "userspace: take a CPU down"
    at_rest() & c != boot & step[c] != OFFLINE
  ==>
  begin
    moving[c] := DOWN;
    failed := 0;
  end;

  -- facts.md 4.1: the same machine, upwards.
  rule "userspace: bring a CPU up"
    at_rest() & step[c] != ONLINE
  ==>
  begin
    moving[c] := UP;
    failed := 0;
  end;

  -- facts.md 4.1, section ONLINE, on the CPU's own thread: tasks leave first, then interrupts, then
  -- its kernel threads are parked. Whoever asked to know where an interrupt goes is told (facts.md
  -- 7, B21).
  rule "cpu: a step down"
    (moving[c] = DOWN | moving[c] = BACK_DOWN) & step[c] > IDLE
  ==>
  begin
    if step[c] = ONLINE then
      tasks[c] := false;
    elsif step[c] = IRQS then
      irqs[c] := false;
      told[c] := false;
    end;
    step[c] := step[c] - 1;
  end;

  -- facts.md 4.1: teardown may fail here, and is rolled back. A failure on the way back is handled
  -- by nobody: the CPU stays in between.
  rule "cpu: a step down fails"
    (moving[c] = DOWN | moving[c] = BACK_DOWN) & step[c] > IDLE & failed < FAULTS
  ==>
  begin
    failed := failed + 1;
    moving[c] := moving[c] = DOWN ? BACK_UP : RESTS;
  end;

  -- facts.md 4.1, section STARTING, interrupts off, must not fail: TEARDOWN_CPU, timers move, and
  -- the CPU dies in its idle loop (facts.md 4.2: in MWAIT).
  rule "cpu: leave"
    (moving[c] = DOWN | moving[c] = BACK_DOWN) & step[c] = IDLE
  ==>
  begin
    timers[c] := false;
    exec[c] := MWAIT_OLD;
    step[c] := READY;
  end;

  -- facts.md 4.1, section PREPARE, on the control CPU: teardown must not fail.
  rule "kernel: clean up after a CPU"
    (moving[c] = DOWN | moving[c] = BACK_DOWN) & step[c] <= READY
  ==>
  begin
    step[c] := OFFLINE;
    moving[c] := RESTS;
  end;

  -- facts.md 4.1, section PREPARE: startup may fail.
  rule "kernel: prepare a CPU"
    moving[c] = UP & step[c] = OFFLINE
  ==>
  begin
    step[c] := READY;
  end;

  -- facts.md 4.1, section PREPARE.
  rule "kernel: a CPU cannot be prepared"
    moving[c] = UP & step[c] = OFFLINE & failed < FAULTS
  ==>
  begin
    failed := failed + 1;
    moving[c] := BACK_DOWN;
  end;

  -- facts.md 4.1, section STARTING: must not fail.
  rule "kernel: start a CPU of its own"
    moving[c] = UP & step[c] = READY
  ==>
  begin
    exec[c] := RUNS_OLD;
    step[c] := IDLE;
  end;

  -- facts.md 4.1, section ONLINE.
  rule "cpu: a step up"
    (moving[c] = UP | moving[c] = BACK_UP) & step[c] >= IDLE & step[c] < ONLINE
  ==>
  begin
    step[c] := step[c] + 1;
  end;

  -- facts.md 4.1: startup may fail, too, and its way back.
  rule "cpu: a step up fails"
    (moving[c] = UP | moving[c] = BACK_UP) & step[c] >= IDLE & step[c] < ONLINE & failed < FAULTS
  ==>
  begin
    failed := failed + 1;
    moving[c] := moving[c] = UP ? BACK_DOWN : RESTS;
  end;

  -- facts.md 4.1: CPUHP_ONLINE is reached.
  rule "kernel: a CPU is up"
    (moving[c] = UP | moving[c] = BACK_UP) & step[c] = ONLINE
  ==>
  begin
    moving[c] := RESTS;
  end;
end;

-- kexec, or power-off -------------------------------------------------------------------------

-- facts.md 4.4: the calling task is moved to the boot CPU. Whatever else there is to do ends with
-- the kernel, and is not followed from here on.
rule "userspace: reboot(KEXEC)"
  at_rest()
==>
begin
  drop_work();
  phase := STOPPING;
end;

-- facts.md 7, B3: the other reason to stop CPUs.
rule "userspace: power off"
  at_rest()
==>
begin
  drop_work();
  phase := HALTING;
end;

ruleset c: cpu_t do
  -- facts.md 4.4, machine_shutdown.
  rule "old: stop a CPU"
    (phase = STOPPING | phase = HALTING) & old_runs() & c != boot & step[c] >= IDLE
  ==>
  begin
    exec[c] := HLT_OLD;
    step[c] := OFFLINE;
  end;

  -- facts.md 7, B1 and B2: neither MWAIT nor HLT is safe in memory that is about to be overwritten.
  -- Hole: B3, some machines do not power off when CPUs wait for SIPI. So INIT is sent on the way to
  -- the next kernel only.
  rule "old: INIT to a stopped CPU"
    phase = STOPPING & old_runs() & c != boot & step[c] = OFFLINE & !waits[c]
  ==>
  begin
    exec[reached(c)] := WAITS;
    waits[c] := true;
  end;
end;

-- facts.md 4.4: the point of no return. From here on the old kernel's memory is the new one's.
rule "old: jump into the next kernel"
  phase = STOPPING & old_runs() & forall c: cpu_t do c != boot -> waits[c] end
==>
begin
  overwritten := true;
  exec[boot] := RUNS_NEW;
  here[boot] := true;
  phase := JUMPED;
end;

-- facts.md 7, B3.
rule "old: hand over to the firmware"
  phase = HALTING & old_runs() & forall c: cpu_t do c != boot -> step[c] = OFFLINE end
==>
begin
  phase := FIRMWARE;
end;

-- facts.md 7, B3.
rule "firmware: ask the other CPUs"
  phase = FIRMWARE & needs_cpus
==>
begin
  polled := !polled;
end;

-- facts.md 7, B3: a CPU that waits for SIPI does not answer.
rule "firmware: power off, and on again"
  phase = FIRMWARE & !(needs_cpus & exists c: cpu_t do exec[c] = WAITS end)
==>
begin
  all_up();
end;

-- What wakes a parked CPU ---------------------------------------------------------------------

ruleset c: cpu_t do
  -- facts.md 7, B1. In the old kernel's memory it looks again, and sleeps on.
  rule "new: write where a CPU watches"
    overwritten & exec[c] = MWAIT_OLD
  ==>
  begin
    exec[c] := WILD;
  end;

  -- facts.md 7, B2. SMI and MCE do the same.
  rule "machine: NMI to a parked CPU"
    overwritten & (exec[c] = MWAIT_OLD | exec[c] = HLT_OLD)
  ==>
  begin
    exec[c] := WILD;
  end;
end;

-- The next kernel -----------------------------------------------------------------------------

ruleset c: cpu_t do
  -- facts.md 4.3.
  rule "new: INIT to a CPU"
    phase = JUMPED & new_runs() & !here[c] & !reset[c]
  ==>
  begin
    exec[reached(c)] := WAITS;
    reset[c] := true;
  end;

  -- facts.md 4.3: two of them; without effect on a CPU that does not wait for it.
  rule "new: SIPI to a CPU"
    phase = JUMPED & new_runs() & reset[c] & !asked[c]
  ==>
  begin
    if exec[reached(c)] = WAITS then
      exec[reached(c)] := STARTS_NEW;
    end;
    asked[c] := true;
  end;

  -- facts.md 4.3. Hole: who says that a CPU has come? The CPU itself.
  rule "cpu: report to the next kernel"
    exec[c] = STARTS_NEW
  ==>
  begin
    exec[c] := RUNS_NEW;
    here[c] := true;
  end;
end;

-- facts.md 4.4: a later kexec. Only the names change.
rule "machine: the next kernel is the old one of the next kexec"
  phase = JUMPED & forall c: cpu_t do here[c] & exec[c] = RUNS_NEW end
==>
begin
  all_up();
end;

-- Not in facts.md. Hole: what ends a hang? Nothing hangs, in this model. In a variant this keeps a
-- machine that hangs from counting as one that is stuck in a protocol.
rule "machine: watchdog"
  phase != FIRMWARE & !old_runs() & !new_runs()
==>
begin
  all_up();
end;

-- What must hold ------------------------------------------------------------------------------

invariant "no work is left on a CPU that has gone"
  phase = SERVING ->
  forall c: cpu_t do exec[c] != RUNS_OLD -> !tasks[c] & !irqs[c] & !timers[c] end;

invariant "drivers know where their interrupts go"
  forall c: cpu_t do told[c] = irqs[c] end;

invariant "no CPU executes memory that is not its kernel's"
  forall c: cpu_t do exec[c] != WILD end;

-- The boot CPU is counted on at all times.
invariant "a CPU that a kernel counts on executes it"
  forall c: cpu_t do
    (phase != JUMPED & step[c] >= IDLE -> exec[c] = RUNS_OLD)
    & (here[c] -> exec[c] = RUNS_NEW)
  end
  & (phase = FIRMWARE | exec[boot] = (phase = JUMPED ? RUNS_NEW : RUNS_OLD));

-- facts.md 4.1: not so with FAULTS = 2, when the way back fails as well.
invariant "an operation that fails leaves the CPU as it was"
  at_rest() -> forall c: cpu_t do step[c] = OFFLINE | step[c] = ONLINE end;

liveness "every kexec and every power-off can still end"
  at_rest();

cover "a CPU is down"              at_rest() & exists c: cpu_t do step[c] = OFFLINE end;
cover "all but one are down"
  at_rest() & forall c: cpu_t do c != boot -> step[c] = OFFLINE end;
cover "a step down failed"
  FAULTS = 0 | exists c: cpu_t do moving[c] = BACK_UP & step[c] = THREADS end;
cover "a step up failed"
  FAULTS = 0 | exists c: cpu_t do moving[c] = BACK_DOWN & step[c] = IRQS end;
cover "a task, an interrupt and a timer on a CPU that leaves"
  exists c: cpu_t do moving[c] = DOWN & tasks[c] & irqs[c] & timers[c] end;
cover "a timer is armed after the interrupts have left"
  exists c: cpu_t do moving[c] = DOWN & step[c] < IRQS & timers[c] & !irqs[c] end;
cover "kexec with a CPU that was down before"
  phase = STOPPING & exists c: cpu_t do exec[c] = MWAIT_OLD end;
cover "kexec with a CPU that was up"
  phase = STOPPING & exists c: cpu_t do exec[c] = HLT_OLD end;
cover "the next kernel runs alone" phase = JUMPED & forall c: cpu_t do c != boot -> !here[c] end;
cover "the next kernel has all"    phase = JUMPED & forall c: cpu_t do here[c] end;
cover "the firmware asks"          polled;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "CPUs that tasks can be placed on"
  serving_cpus();
