-- CPU hotplug in Linux: down and up step by step, parked, and started again by the next kernel.
--
-- A CPU is taken down on its own, or is stopped because the machine is powered off, or because the
-- kernel is replaced by kexec. Then the next kernel overwrites the memory of the old one and starts
-- the CPUs with INIT and SIPI, several at a time. cpuhp/README.md says what is left out.
--
-- Sources: facts.md 4 (Documentation/core-api/cpu_hotplug.rst@0791faeb,
-- include/linux/cpuhotplug.h@005fd4bb, kernel/kexec_core.c@0091d924), the bugs B1 to B4 of facts.md
-- 7, N29 of cpuhp/README.md, and what three kernels did (cpuhp/logs; cpuhp/events.yml says which
-- event is which rule).
--
-- Belief and truth are separate variables. What the kernels believe: phase, step, moving, failed,
-- parked, given; what their drivers believe: told. What is so: exec, stack, task_at,
-- target, latched, timer_at, and of the machine itself boot, far, needs_cpus. What was promised is
-- history, which only devices and tasks write: raised, wanted.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  CPUS:     3;    -- at least 2: one boots, and cannot be taken down
  FAULTS:   1;    -- steps that may fail in the life of a kernel
  KEXEC:    1;    -- 1: the kernel may be replaced
  POWER:    1;    -- 1: the machine may be powered off
  PARK_IN:  1;    -- CPUs wait for the next kernel 1: in INIT. 0: in HLT, as in the tree of 2026
  NMIS:     1;    -- 1: an NMI, SMI or machine check may come at any time
  PARALLEL: 1;    -- 1: the next kernel prepares and starts CPUs before others have come
  SPLIT:    1;    -- 1: a CPU that starts waits until it is released. 0: as before Linux 6.5
  GLOBAL:   0;    -- 1: what a CPU starts with is handed to it in one variable for all
  ID_BITS:  32;   -- of an APIC id that reach the hardware; 8 are too few for the CPU `far`

  -- facts.md 4.1. A CPU at a step has all steps up to it.
  OFFLINE: 0;    -- CPUHP_OFFLINE
  READY:   1;    -- prepared, does not execute
  KICKED:  2;    -- CPUHP_BP_KICK_AP: has been told to start
  DYING:   3;    -- CPUHP_AP_OFFLINE, on the way down: executes, and is not in cpu_online_mask
  IDLE:    4;    -- CPUHP_AP_ONLINE_IDLE: interrupts are on, and may be directed to it
  THREADS: 5;    -- CPUHP_AP_SMPBOOT_THREADS: its kernel threads run
  IRQS:    6;    -- CPUHP_AP_IRQ_AFFINITY_ONLINE: nothing is to be undone here
  ONLINE:  7;    -- CPUHP_AP_ACTIVE and CPUHP_ONLINE: tasks may be placed on it

type
  cpu_t:   scalarset(CPUS);
  step_t:  OFFLINE .. ONLINE;
  fault_t: 0 .. FAULTS;

  -- Which way a CPU is going. BACK_ is the way back after a step has failed.
  moving_t: enum { RESTS, DOWN, UP, BACK_UP, BACK_DOWN };

  -- What a CPU really does. MWAIT and HLT are executed in the old kernel's text. After INIT a CPU
  -- waits for a start-up message (SIPI) and uses no memory. STARTS: executes the kernel, and is on
  -- its way or waits to be released. WILD: executes whatever is there.
  exec_t: enum { RUNS_OLD, MWAIT_OLD, HLT_OLD, WAITS, STARTS_OLD, STARTS_NEW, RUNS_NEW, WILD };

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
  failed:      fault_t;                      -- steps that failed
  parked:      array [cpu_t] of boolean;     -- old: waits for the next kernel
  given:       cpu_t;                        -- new: GLOBAL, whose stack the next CPU takes
  told:        cpu_t;                        -- where the driver thinks its interrupt goes

  -- Truth.
  exec:        array [cpu_t] of exec_t;
  stack:       array [cpu_t] of cpu_t;       -- whose stack a CPU of the next kernel runs on
  task_at:     cpu_t;                        -- where the task can run
  target:      cpu_t;                        -- where the interrupt is delivered
  latched:     cpu_t;                        -- where it has arrived, and waits to be handled
  timer_at:    cpu_t;                        -- where a timer is armed
  boot:        cpu_t;
  far:         cpu_t;                        -- its APIC id is 0x100
  needs_cpus:  boolean;                      -- the firmware asks all CPUs before it powers off

  -- History.
  raised:      boolean;                      -- the device waits for its interrupt to be handled
  wanted:      boolean;                      -- somebody waits for a timer

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

-- facts.md 4.4: the old kernel's memory is the next one's.
function overwritten(): boolean;
begin
  return phase = JUMPED;
end;

-- Steps that a CPU takes itself, on its hotplug thread (facts.md 4.1, section ONLINE), and leaving.
function goes_down(c: cpu_t): boolean;
begin
  return exec[c] = RUNS_OLD & (moving[c] = DOWN | moving[c] = BACK_DOWN) & step[c] >= IDLE;
end;

function goes_up(c: cpu_t): boolean;
begin
  return (exec[c] = RUNS_OLD | exec[c] = RUNS_NEW)
  & (moving[c] = UP | moving[c] = BACK_UP)
  & step[c] >= IDLE
  & step[c] < ONLINE;
end;

-- What CPUs do --------------------------------------------------------------------------------

-- Whom a message to this CPU reaches (facts.md 7, B4).
function reached(c: cpu_t): cpu_t;
begin
  return ID_BITS = 8 & c = far ? boot : c;
end;

procedure send_init(c: cpu_t);
begin
  exec[reached(c)] := WAITS;
end;

-- facts.md 4.3: two of them; without effect on a CPU that does not wait for it.
procedure send_sipi(c: cpu_t; to_where: exec_t);
begin
  if exec[reached(c)] = WAITS then
    exec[reached(c)] := to_where;
  end;
end;

-- An interrupt that tells a CPU to stop is heard by one that executes the kernel.
procedure send_stop(c: cpu_t);
begin
  if exec[c] = RUNS_OLD then
    exec[c] := HLT_OLD;
  end;
end;

-- A parked CPU goes on where it was parked: in the kernel it parks again, in HLT this time.
procedure wake(c: cpu_t);
begin
  if overwritten() then
    exec[c] := WILD;
  else
    exec[c] := HLT_OLD;
  end;
end;

-- What a kernel knows and has to do when it has all CPUs and nothing has happened yet.
procedure begin_to_serve();
begin
  phase := SERVING;
  failed := 0;
  for c: cpu_t do
    step[c] := ONLINE;
    moving[c] := RESTS;
    parked[c] := false;
    undefine stack[c];
  end;
  undefine given;
  task_at := boot;
  target := boot;
  told := boot;
  undefine latched;
  undefine timer_at;
  raised := false;
  wanted := false;
end;

procedure switch_on();
begin
  for c: cpu_t do exec[c] := RUNS_OLD; end;
  begin_to_serve();
end;

ruleset b: cpu_t; f: cpu_t; needs: boolean do
  startstate "all CPUs are up"
  begin
    boot := b;
    far := ID_BITS = 8 ? f : b;             -- where it does not matter, one is enough
    needs_cpus := POWER = 1 & needs;
    switch_on();
  end;
end;

-- Work for a CPU ------------------------------------------------------------------------------

ruleset c: cpu_t do
  -- facts.md 4.1: a task is placed on an active CPU only.
  -- @code kernel/sched/core.c:select_task_rq
  rule "kernel: place a task"
    phase = SERVING & exec[c] = RUNS_OLD & step[c] = ONLINE
  ==>
  begin
    task_at := c;
  end;

  -- facts.md 4.1: interrupts targeted to a CPU that is online. Whoever asked to know is told.
  -- @code kernel/irq/manage.c:irq_set_affinity_locked
  rule "kernel: direct an interrupt"
    phase = SERVING & exec[c] = RUNS_OLD & step[c] >= IDLE
  ==>
  begin
    target := c;
    told := c;
  end;

  -- facts.md 4.1, timers. By a task, an interrupt or a kernel thread.
  -- @code kernel/time/hrtimer.c:hrtimer_start_range_ns
  rule "cpu: arm a timer"
    phase = SERVING & exec[c] = RUNS_OLD & !wanted
  ==>
  begin
    timer_at := c;
    wanted := true;
  end;
end;

-- facts.md 4.1: from the first step down on, what runs on a CPU is pushed to another one.
-- @code kernel/sched/core.c:balance_push
rule "cpu: push its task away"
  phase = SERVING & step[task_at] < ONLINE
==>
begin
  task_at := boot;
end;

-- facts.md 4.1, timers.
-- @code kernel/time/hrtimer.c:hrtimer_interrupt
rule "cpu: a timer expires"
  phase = SERVING & !isundefined(timer_at) & exec[timer_at] = RUNS_OLD
==>
begin
  undefine timer_at;
  wanted := false;
end;

-- facts.md 4.1. Wherever it has arrived, if interrupts are on there.
-- @code kernel/irq/handle.c:handle_irq_event
rule "cpu: handle an interrupt"
  !isundefined(latched) & exec[latched] = RUNS_OLD
==>
begin
  undefine latched;
  raised := false;
end;

-- Not in facts.md: one interrupt after the other.
rule "device: raise an interrupt"
  phase = SERVING & !raised
==>
begin
  latched := target;
  raised := true;
end;

-- Down and up ---------------------------------------------------------------------------------

-- facts.md 4.2: the boot CPU cannot be removed. One operation at a time (cpu_hotplug_lock).
ruleset c: cpu_t do
  -- @code kernel/cpu.c:_cpu_down @holds cpu_hotplug_lock(w)
  rule "userspace: take a CPU down"
    old_runs() & at_rest() & c != boot
  ==>
  begin
    moving[c] := DOWN;
  end;

  -- facts.md 4.1: the same machine, upwards.
  -- @code kernel/cpu.c:_cpu_up @holds cpu_hotplug_lock(w)
  rule "userspace: bring a CPU up"
    old_runs() & at_rest()
  ==>
  begin
    moving[c] := UP;
  end;

  -- facts.md 4.1, section ONLINE, on the CPU's own thread: no task is placed on it from now on, and
  -- then its kernel threads are parked. Its interrupts stay.
  -- @code kernel/cpu.c:cpuhp_thread_fun, kernel/sched/core.c:sched_cpu_deactivate
  -- @code kernel/smpboot.c:smpboot_park_threads
  rule "cpu: a step down"
    goes_down(c) & step[c] > IDLE
  ==>
  begin
    step[c] := step[c] - 1;
  end;

  -- facts.md 4.1: teardown may fail here, and is rolled back. So may the last step, before the CPU
  -- leaves: too few vectors are free elsewhere. A failure on the way back is handled by nobody: the
  -- CPU stays in between.
  -- @code kernel/cpu.c:cpuhp_thread_fun, kernel/cpu.c:_cpu_down
  -- @code arch/x86/kernel/apic/vector.c:lapic_can_unplug_cpu
  rule "cpu: a step down fails"
    goes_down(c) & failed < FAULTS
  ==>
  begin
    failed := failed + 1;
    moving[c] := moving[c] = DOWN ? BACK_UP : RESTS;
  end;

  -- facts.md 4.1: AP_SCHED_WAIT_EMPTY waits until no task is left. In TEARDOWN_CPU, with interrupts
  -- off, the CPU is taken out of cpu_online_mask, and its interrupts move. What has arrived here is
  -- raised anew where it goes now. Whoever asked to know where is told (facts.md 7, B21).
  -- @code kernel/sched/core.c:sched_cpu_wait_empty, kernel/cpu.c:take_cpu_down
  -- @code kernel/irq/cpuhotplug.c:irq_migrate_all_off_this_cpu
  rule "cpu: send its interrupts away"
    goes_down(c) & step[c] = IDLE & task_at != c
  ==>
  begin
    if target = c then
      target := boot;
      told := boot;
    end;
    if !isundefined(latched) & latched = c then
      latched := boot;
    end;
    step[c] := DYING;
  end;

  -- facts.md 4.1, section STARTING, interrupts off, must not fail: timers move, and the CPU dies in
  -- its idle loop (facts.md 4.2: in MWAIT).
  -- @code kernel/time/hrtimer.c:hrtimers_cpu_dying, kernel/cpu.c:cpuhp_report_idle_dead
  -- @code arch/x86/kernel/smpboot.c:mwait_play_dead
  rule "cpu: leave"
    exec[c] = RUNS_OLD & step[c] = DYING
  ==>
  begin
    if !isundefined(timer_at) & timer_at = c then
      timer_at := boot;
    end;
    exec[c] := MWAIT_OLD;
    step[c] := READY;
  end;

  -- facts.md 4.1, section PREPARE, on the control CPU: teardown must not fail. Nothing is done here
  -- about a CPU that has been started and was not released.
  -- @code kernel/cpu.c:_cpu_down
  rule "kernel: clean up after a CPU"
    old_runs() & (moving[c] = DOWN | moving[c] = BACK_DOWN) & step[c] < DYING
  ==>
  begin
    step[c] := OFFLINE;
    moving[c] := RESTS;
  end;

  -- facts.md 4.1, section PREPARE.
  -- @code kernel/cpu.c:_cpu_up
  rule "kernel: prepare a CPU"
    old_runs() & moving[c] = UP & step[c] = OFFLINE
  ==>
  begin
    step[c] := READY;
  end;

  -- facts.md 4.1, section PREPARE: startup may fail, and is undone. BRINGUP_CPU is its last step;
  -- when that fails the CPU has been started already, if starting it is a step of its own.
  -- @code kernel/cpu.c:cpuhp_up_callbacks
  rule "kernel: a step before the CPU comes fails"
    old_runs()
    & moving[c] = UP
    & (step[c] <= READY | SPLIT = 1 & step[c] = KICKED)
    & failed < FAULTS
  ==>
  begin
    failed := failed + 1;
    moving[c] := BACK_DOWN;
  end;

  -- facts.md 4.1 and 4.3.
  -- @code arch/x86/kernel/smpboot.c:native_kick_ap
  rule "kernel: INIT and SIPI to a CPU"
    old_runs() & moving[c] = UP & step[c] = READY
  ==>
  begin
    send_init(c);
    send_sipi(c, STARTS_OLD);
    step[c] := KICKED;
  end;

  -- facts.md 4.1, section STARTING: must not fail. Whoever has started the CPU releases it.
  -- @code arch/x86/kernel/smpboot.c:start_secondary, kernel/cpu.c:cpuhp_ap_sync_alive
  rule "cpu: report to its kernel"
    exec[c] = STARTS_OLD & moving[c] = UP & step[c] = KICKED
  ==>
  begin
    exec[c] := RUNS_OLD;
    step[c] := IDLE;
  end;

  -- facts.md 4.1, section ONLINE.
  -- @code kernel/cpu.c:cpuhp_thread_fun
  rule "cpu: a step up"
    goes_up(c)
  ==>
  begin
    step[c] := step[c] + 1;
  end;

  -- facts.md 4.1: startup may fail, too, and its way back. In the next kernel it does not.
  -- @code kernel/cpu.c:cpuhp_thread_fun
  rule "cpu: a step up fails"
    phase = SERVING & goes_up(c) & failed < FAULTS
  ==>
  begin
    failed := failed + 1;
    moving[c] := moving[c] = UP ? BACK_DOWN : RESTS;
  end;

  -- facts.md 4.1: CPUHP_ONLINE is reached.
  -- @code kernel/cpu.c:_cpu_up
  rule "kernel: a CPU is up"
    (old_runs() | new_runs()) & (moving[c] = UP | moving[c] = BACK_UP) & step[c] = ONLINE
  ==>
  begin
    moving[c] := RESTS;
  end;
end;

-- kexec, or power-off -------------------------------------------------------------------------

-- The calling task has moved to the boot CPU, and devices are shut down. Whatever else there is to
-- do ends with the kernel, and is not followed from here on.
procedure end_work();
begin
  task_at := boot;
  target := boot;
  told := boot;
  undefine latched;
  undefine timer_at;
  raised := false;
  wanted := false;
end;

-- facts.md 4.4.
-- @code kernel/kexec_core.c:kernel_kexec @holds kexec_lock
rule "userspace: reboot(KEXEC)"
  KEXEC = 1 & old_runs() & at_rest()
==>
begin
  end_work();
  phase := STOPPING;
end;

-- facts.md 7, B3: the other reason to stop CPUs.
-- @code kernel/reboot.c:kernel_power_off
rule "userspace: power off"
  POWER = 1 & old_runs() & at_rest()
==>
begin
  end_work();
  phase := HALTING;
end;

ruleset c: cpu_t do
  -- facts.md 4.4, machine_shutdown.
  -- @code arch/x86/kernel/smp.c:native_stop_other_cpus
  rule "old: stop a CPU"
    (phase = STOPPING | phase = HALTING) & old_runs() & c != boot & step[c] >= IDLE
  ==>
  begin
    send_stop(c);
    step[c] := OFFLINE;
  end;

  -- facts.md 7, B1 and B2: neither MWAIT nor HLT is safe in memory that is about to be overwritten.
  -- Hole: B3, some machines do not power off when CPUs wait for SIPI. So INIT is sent on the way to
  -- the next kernel only. Linux has taken it back there as well; what is left is to bring CPUs from
  -- MWAIT into HLT.
  -- @code arch/x86/kernel/smpboot.c:smp_park_other_cpus_in_init
  -- @code arch/x86/kernel/smpboot.c:smp_kick_mwait_play_dead
  rule "old: park a stopped CPU"
    phase = STOPPING & old_runs() & c != boot & step[c] = OFFLINE & !parked[c]
  ==>
  begin
    if PARK_IN = 1 then
      send_init(c);
    elsif exec[c] = MWAIT_OLD then
      wake(c);
    end;
    parked[c] := true;
  end;
end;

-- facts.md 4.4: the point of no return. From here on the old kernel's memory is the new one's.
-- @code arch/x86/kernel/machine_kexec_64.c:machine_kexec
rule "old: jump into the next kernel"
  phase = STOPPING & old_runs() & forall c: cpu_t do c != boot -> parked[c] end
==>
begin
  exec[boot] := RUNS_NEW;
  stack[boot] := boot;
  phase := JUMPED;
end;

-- facts.md 7, B3.
-- @code arch/x86/kernel/reboot.c:native_machine_power_off
rule "old: hand over to the firmware"
  phase = HALTING & old_runs() & forall c: cpu_t do c != boot -> step[c] = OFFLINE end
==>
begin
  phase := FIRMWARE;
end;

-- facts.md 7, B3: the firmware of some machines asks all CPUs first, and one that waits for SIPI
-- does not answer.
rule "firmware: power off, and on again"
  phase = FIRMWARE & !(needs_cpus & exists c: cpu_t do exec[c] = WAITS end)
==>
begin
  switch_on();
end;

-- What wakes a parked CPU ---------------------------------------------------------------------

ruleset c: cpu_t do
  -- facts.md 7, B1. In the old kernel's memory it looks again, and sleeps on.
  rule "new: write where a CPU watches"
    overwritten() & exec[c] = MWAIT_OLD
  ==>
  begin
    wake(c);
  end;

  -- facts.md 7, B2. SMI and MCE do the same.
  rule "machine: NMI to a parked CPU"
    NMIS = 1 & overwritten() & (exec[c] = MWAIT_OLD | exec[c] = HLT_OLD)
  ==>
  begin
    wake(c);
  end;

  -- facts.md 4.3: it was started, and nobody has released it. It reads memory in a loop, which is there.
  -- @code kernel/cpu.c:cpuhp_ap_sync_alive
  rule "cpu: go on waiting for its release"
    overwritten() & exec[c] = STARTS_OLD
  ==>
  begin
    wake(c);
  end;
end;

-- The next kernel -----------------------------------------------------------------------------

ruleset c: cpu_t do
  -- facts.md 4.1, section PREPARE; N29: all CPUs are prepared before the first has come.
  -- @code kernel/cpu.c:cpuhp_bringup_mask
  rule "new: prepare a CPU"
    phase = JUMPED
    & new_runs()
    & step[c] = OFFLINE
    & (PARALLEL = 1 | forall d: cpu_t do moving[d] = RESTS end)
  ==>
  begin
    if GLOBAL = 1 then
      given := c;
    end;
    moving[c] := UP;
    step[c] := READY;
  end;

  -- facts.md 4.3.
  -- @code arch/x86/kernel/smpboot.c:native_kick_ap
  rule "new: INIT and SIPI to a CPU"
    phase = JUMPED & new_runs() & step[c] = READY
  ==>
  begin
    send_init(c);
    send_sipi(c, STARTS_NEW);
    step[c] := KICKED;
  end;

  -- facts.md 4.3. Hole: who says that a CPU has come? The CPU itself. It goes on as in any kernel.
  -- @code arch/x86/kernel/smpboot.c:start_secondary
  rule "cpu: report to the next kernel"
    exec[c] = STARTS_NEW
  ==>
  begin
    exec[c] := RUNS_NEW;
    stack[c] := GLOBAL = 1 ? given : c;
    step[c] := IDLE;
  end;
end;

-- facts.md 4.4: a later kexec. Only the names change.
rule "machine: the next kernel is the old one of the next kexec"
  phase = JUMPED & forall c: cpu_t do step[c] = ONLINE & moving[c] = RESTS end
==>
begin
  for c: cpu_t do
    assert "the next kernel has all CPUs" exec[c] = RUNS_NEW;
    exec[c] := RUNS_OLD;
  end;
  begin_to_serve();
end;

-- What must hold ------------------------------------------------------------------------------

-- Both stay until the CPU has no other choice.
invariant "no work is left on a CPU that has gone"
  phase != JUMPED & phase != FIRMWARE -> step[task_at] >= IDLE & step[target] >= IDLE;

invariant "an interrupt that was raised waits where it will be handled"
  raised = !isundefined(latched)
  & (raised -> exec[latched] = RUNS_OLD & step[latched] >= IDLE);

invariant "a timer that somebody waits for is armed where it will expire"
  wanted = !isundefined(timer_at) & (wanted -> exec[timer_at] = RUNS_OLD);

invariant "drivers know where their interrupts go"
  told = target;

invariant "no CPU executes memory that is not its kernel's"
  forall c: cpu_t do exec[c] != WILD end;

-- The boot CPU is counted on at all times.
invariant "a CPU that a kernel counts on executes it"
  forall c: cpu_t do
    step[c] >= DYING -> exec[c] = (phase = JUMPED ? RUNS_NEW : RUNS_OLD)
  end;

invariant "a CPU runs on the stack that was prepared for it"
  forall c: cpu_t do
    isundefined(stack[c]) = (exec[c] != RUNS_NEW) & (exec[c] = RUNS_NEW -> stack[c] = c)
  end;

-- One that was never released spins, and is in nobody's way.
invariant "the firmware powers the machine off when it is alone"
  phase = FIRMWARE -> forall c: cpu_t do c = boot | exec[c] != RUNS_OLD end;

-- What cpu_hotplug_lock is for, once a kernel has all CPUs.
invariant "one CPU at a time comes or goes"
  phase = JUMPED
  | forall c: cpu_t do
    forall d: cpu_t do c = d | moving[c] = RESTS | moving[d] = RESTS end
  end;

-- facts.md 4.1: not so with FAULTS = 2, when the way back fails as well.
invariant "an operation that fails leaves the CPU as it was"
  at_rest() -> forall c: cpu_t do step[c] = OFFLINE | step[c] = ONLINE end;

invariant "a CPU goes back when a step has failed"
  forall c: cpu_t do moving[c] = BACK_UP | moving[c] = BACK_DOWN -> failed > 0 end;

liveness "every kexec and every power-off can still end"
  at_rest();

liveness "all CPUs can serve again"
  at_rest() & forall c: cpu_t do step[c] = ONLINE & exec[c] = RUNS_OLD end;

liveness "every interrupt can be handled, and every timer expire"
  at_rest() & !raised & !wanted;

cover "a CPU is down"              at_rest() & exists c: cpu_t do step[c] = OFFLINE end;
cover "all but one are down"
  at_rest() & forall c: cpu_t do c != boot -> step[c] = OFFLINE end;
cover "a step down failed"
  FAULTS = 0 | exists c: cpu_t do moving[c] = BACK_UP & step[c] = THREADS end;
cover "a CPU does not leave after all"
  FAULTS = 0 | exists c: cpu_t do moving[c] = BACK_UP & step[c] = IDLE end;
cover "a step up failed"
  FAULTS = 0 | exists c: cpu_t do moving[c] = BACK_DOWN & step[c] = IRQS end;
cover "a task, an interrupt and a timer on a CPU that leaves"
  wanted & raised & exists c: cpu_t do
    moving[c] = DOWN & task_at = c & latched = c & timer_at = c
  end;
cover "a CPU cannot be prepared"
  FAULTS = 0 | exists c: cpu_t do moving[c] = BACK_DOWN & step[c] = OFFLINE end;
cover "a CPU was started, and is not released"
  FAULTS = 0 | SPLIT = 0 | at_rest() & exists c: cpu_t do exec[c] = STARTS_OLD end;
cover "an interrupt and a timer are left when the task has gone"
  exists c: cpu_t do
    moving[c] = DOWN & step[c] = IDLE & wanted & timer_at = c & target = c & task_at != c
  end;
cover "kexec with a CPU that was down before"
  KEXEC = 0 | phase = STOPPING & exists c: cpu_t do exec[c] = MWAIT_OLD end;
cover "kexec with a CPU that was up"
  KEXEC = 0 | phase = STOPPING & exists c: cpu_t do exec[c] = HLT_OLD end;
cover "kexec with a CPU that was not released"
  KEXEC = 0 | FAULTS = 0 | SPLIT = 0
  | phase = STOPPING & exists c: cpu_t do exec[c] = STARTS_OLD end;
cover "the next kernel runs alone"
  KEXEC = 0 | phase = JUMPED & forall c: cpu_t do c != boot -> step[c] = OFFLINE end;
cover "two CPUs come at a time"
  KEXEC = 0 | PARALLEL = 0 | CPUS = 2
  | exists c: cpu_t do
    exists d: cpu_t do c != d & exec[c] = STARTS_NEW & exec[d] = STARTS_NEW end
  end;
cover "the next kernel has all"
  KEXEC = 0 | phase = JUMPED & forall c: cpu_t do step[c] = ONLINE end;
cover "the firmware asks all CPUs" POWER = 0 | phase = FIRMWARE & needs_cpus;

function away(): 0 .. CPUS;
  var n: 0 .. CPUS;
begin
  n := 0;
  for c: cpu_t do
    if phase = SERVING & !(exec[c] = RUNS_OLD & step[c] = ONLINE) then
      n := n + 1;
    end;
  end;
  return n;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "CPUs that tasks cannot be placed on while a kernel serves"
  away();
