-- The simpler strategy, beside the swap: checkpoint every process, halt the system, boot, restore.
--
-- "Simpler and easier strategies for almost accomplishing a hot-swap involving user process
-- check-pointing have been suggested, but those involve a short duration halting of the system."
-- Here both are, in short, so that the measures compare them: with HALT = 1 the processes are
-- stopped and saved, the kernel jumps into the next, which probes the hardware and restores them;
-- with HALT = 0 the new kernel comes up on one CPU and takes one process after the other. CPUs are
-- counted.
--
-- A process is what is in its image. There may be one in each kernel's memory and one on the disk.
-- An image is out of date as soon as the process has run from another one. That no kernel can see:
-- it knows only whether all of an image has been written.
--
-- Belief and truth are separate variables. What a kernel believes (step, serves, ready) is read by
-- its own rules only; what is so (runs, waits, image, fits, full) is the machine's.
--
-- `measure` is an extension of swapcheck. Without those lines the file is plain Murphi.
--
-- Expect: holds

const
  CPUS:   2;   -- at least 2
  PROCS:  2;
  HALT:   1;   -- 1: checkpoint and restore; 0: hot-swap
  FAULTS: 0;   -- processes that the new kernel cannot take, in one swap

type
  proc_t:   scalarset(PROCS);
  kernel_t: enum { OLD, NEW };

  step_t: enum {
    SERVING,      -- no swap in progress
    SAVING,       -- the processes are stopped and saved
    HALTING,      -- all are saved, and the other CPUs stop
    JUMPED,       -- the old kernel is gone, the new one boots on one CPU and probes
    RESTORING,    -- the new kernel restores what was saved
    STARTING,     -- a CPU has been halted for the new kernel
    STARTED,      -- the new kernel has come up beside the old one
    MOVING,       -- the processes move
    EXITING       -- the old kernel has none any more
  };

  -- Where an image is.
  store_t: enum { OLD_MEMORY, NEW_MEMORY, DISK };
  image_t: enum { NO_IMAGE, WHOLE, TORN, STALE };

var
  -- Belief.
  step:   step_t;
  serves: array [kernel_t] of boolean;                     -- schedules the users' processes
  ready:  array [kernel_t] of array [proc_t] of boolean;   -- is among those that it schedules

  -- Truth.
  runs:   array [kernel_t] of 0 .. CPUS;                   -- CPUs that execute this kernel
  waits:  0 .. CPUS;                                       -- CPUs that wait to be started
  image:  array [store_t] of array [proc_t] of image_t;
  fits:   boolean;                                         -- the new kernel, while there are two
  full:   boolean;                                         -- the disk
  short:  boolean;                                         -- memory, in the new kernel
  faults: 0 .. FAULTS;

function memory(k: kernel_t): store_t;
begin
  return k = OLD ? OLD_MEMORY : NEW_MEMORY;
end;

-- All of it was written.
function is_complete(s: store_t; p: proc_t): boolean;
begin
  return image[s][p] = WHOLE | image[s][p] = STALE;
end;

-- What the machine does, whatever the kernels believe -------------------------------------------

-- By INIT, or because its kernel has let go of it.
procedure stop(k: kernel_t);
begin
  assert "a CPU that is stopped was running" runs[k] > 0;
  runs[k] := runs[k] - 1;
  waits := waits + 1;
end;

-- Where no CPU waits for it, the message is lost.
procedure start_up(k: kernel_t);
begin
  if waits > 0 then
    waits := waits - 1;
    runs[k] := runs[k] + 1;
  end;
end;

-- What is read while its process runs is of no moment in time.
procedure copy_image(from: store_t; to_: store_t; p: proc_t);
begin
  if (to_ = DISK & full) | (to_ = NEW_MEMORY & short) then
    image[to_][p] := TORN;
  elsif from = OLD_MEMORY & ready[OLD][p] then
    image[to_][p] := STALE;
  else
    image[to_][p] := image[from][p];
  end;
end;

-- A process runs and changes what is in its image.
procedure run(k: kernel_t; p: proc_t);
begin
  assert "a process runs from an image that is whole and up to date" image[memory(k)][p] = WHOLE;
  for s: store_t do
    if s != memory(k) & image[s][p] = WHOLE then
      image[s][p] := STALE;
    end;
  end;
end;

startstate "one kernel"
begin
  step := SERVING;
  for k: kernel_t do
    serves[k] := k = OLD;
    runs[k] := k = OLD ? CPUS : 0;
  end;
  waits := 0;
  for p: proc_t do
    for k: kernel_t do ready[k][p] := k = OLD; end;
    for s: store_t do image[s][p] := s = OLD_MEMORY ? WHOLE : NO_IMAGE; end;
  end;
  undefine fits;
  full := false;
  short := false;
  faults := 0;
end;

ruleset k: kernel_t; p: proc_t do
  rule "user: work"
    serves[k] & runs[k] > 0 & ready[k][p]
  ==>
  begin
    run(k, p);
  end;
end;

-- Checkpoint and restore ----------------------------------------------------------------------

rule "old: begin to save"
  HALT = 1 & step = SERVING
==>
begin
  serves[OLD] := false;
  step := SAVING;
end;

ruleset p: proc_t do
  rule "old: stop a process"
    step = SAVING & ready[OLD][p]
  ==>
  begin
    ready[OLD][p] := false;
  end;

  -- Once more, if the disk was full.
  rule "old: save a stopped process"
    step = SAVING & !ready[OLD][p] & !is_complete(DISK, p)
  ==>
  begin
    copy_image(OLD_MEMORY, DISK, p);
  end;
end;

rule "machine: the disk is full"
  step = SAVING & !full
==>
begin
  full := true;
end;

rule "user: make room on the disk"
  step = SERVING & full
==>
begin
  full := false;
end;

rule "old: give up"
  step = SAVING
==>
begin
  for p: proc_t do
    ready[OLD][p] := true;
    image[DISK][p] := NO_IMAGE;
  end;
  serves[OLD] := true;
  step := SERVING;
end;

-- Past the point of no return: what is not saved is lost.
rule "old: halt the system"
  step = SAVING & (forall p: proc_t do is_complete(DISK, p) end)
==>
begin
  step := HALTING;
end;

rule "old: stop another CPU"
  step = HALTING & runs[OLD] > 1
==>
begin
  stop(OLD);
end;

-- The CPU that is left goes on in the new kernel, which overwrites the memory of the old one.
rule "old: jump into the new kernel"
  step = HALTING & runs[OLD] = 1
==>
begin
  runs[OLD] := runs[OLD] - 1;
  runs[NEW] := runs[NEW] + 1;
  for p: proc_t do image[OLD_MEMORY][p] := NO_IMAGE; end;
  step := JUMPED;
end;

rule "new: probe, and start another CPU"
  step = JUMPED
==>
begin
  start_up(NEW);
end;

rule "new: run init"
  step = JUMPED & runs[NEW] = CPUS
==>
begin
  serves[NEW] := true;
  step := RESTORING;
end;

ruleset p: proc_t do
  rule "new: restore a process"
    step = RESTORING & is_complete(DISK, p)
  ==>
  begin
    copy_image(DISK, NEW_MEMORY, p);
    image[DISK][p] := NO_IMAGE;
    ready[NEW][p] := true;
  end;

  -- A resource that it had is not there any more, say: the image is of no use.
  rule "new: fail to restore a process"
    faults < FAULTS & step = RESTORING & is_complete(DISK, p)
  ==>
  begin
    faults := faults + 1;
    image[DISK][p] := TORN;
  end;
end;

-- Hot-swap ------------------------------------------------------------------------------------

rule "old: halt a CPU"
  HALT = 0 & step = SERVING
==>
begin
  stop(OLD);
  step := STARTING;
end;

-- Both assessments are in hotswap.m: here the new kernel fits, or not.
ruleset b: boolean do
  rule "old: start the new kernel on the halted CPU"
    step = STARTING
  ==>
  begin
    start_up(NEW);
    fits := b;
    step := STARTED;
  end;
end;

-- By INIT to the new kernel's CPU.
rule "old: abort"
  step = STARTED
==>
begin
  stop(NEW);
  start_up(OLD);
  undefine fits;
  step := SERVING;
end;

rule "new: relieve"
  step = STARTED & fits
==>
begin
  serves[NEW] := true;
  step := MOVING;
end;

ruleset p: proc_t do
  -- One at a time.
  rule "old: stop a process for its move"
    step = MOVING
    & ready[OLD][p]
    & (forall q: proc_t do ready[OLD][q] | image[OLD_MEMORY][q] = NO_IMAGE end)
  ==>
  begin
    ready[OLD][p] := false;
  end;

  rule "new: copy the stopped process"
    step = MOVING
    & !ready[OLD][p]
    & image[OLD_MEMORY][p] != NO_IMAGE
    & image[NEW_MEMORY][p] = NO_IMAGE
  ==>
  begin
    copy_image(OLD_MEMORY, NEW_MEMORY, p);
  end;

  rule "new: take the process"
    step = MOVING & is_complete(NEW_MEMORY, p)
  ==>
  begin
    ready[NEW][p] := true;
    image[OLD_MEMORY][p] := NO_IMAGE;
  end;

  -- It goes on where it was, and is tried again. For one of its size there is room now.
  rule "new: refuse the process"
    step = MOVING & image[NEW_MEMORY][p] = TORN
  ==>
  begin
    image[NEW_MEMORY][p] := NO_IMAGE;
    short := false;
    ready[OLD][p] := true;
  end;
end;

rule "machine: the new kernel's memory is short"
  faults < FAULTS & step = MOVING & !short
==>
begin
  faults := faults + 1;
  short := true;
end;

rule "old: stand relieved"
  step = MOVING & (forall p: proc_t do image[OLD_MEMORY][p] = NO_IMAGE end)
==>
begin
  serves[OLD] := false;
  step := EXITING;
end;

rule "new: INIT to a CPU of the old kernel"
  step = EXITING & runs[OLD] > 0
==>
begin
  stop(OLD);
end;

rule "new: assimilate a CPU"
  step = EXITING
==>
begin
  start_up(NEW);
end;

-- No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next swap"
  (step = EXITING | step = RESTORING)
  & runs[NEW] = CPUS
  & (forall p: proc_t do ready[NEW][p] end)
==>
begin
  assert "nothing is left of the old kernel" runs[OLD] = 0 & !serves[OLD];
  runs[OLD] := runs[NEW];
  runs[NEW] := 0;
  serves[OLD] := serves[NEW];
  serves[NEW] := false;
  for p: proc_t do
    assert "nothing is left of the old kernel's processes"
      !ready[OLD][p] & image[OLD_MEMORY][p] = NO_IMAGE;
    ready[OLD][p] := ready[NEW][p];
    ready[NEW][p] := false;
    image[OLD_MEMORY][p] := image[NEW_MEMORY][p];
    image[NEW_MEMORY][p] := NO_IMAGE;
  end;
  undefine fits;
  short := false;
  faults := 0;
  step := SERVING;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "no process is lost"
  forall p: proc_t do
    exists s: store_t do image[s][p] != NO_IMAGE & image[s][p] != TORN end
  end;

invariant "no process is set back"
  forall p: proc_t do
    (exists s: store_t do image[s][p] = WHOLE end)
    & (ready[OLD][p] -> image[OLD_MEMORY][p] = WHOLE)
    & (ready[NEW][p] -> image[NEW_MEMORY][p] = WHOLE)
  end;

invariant "no process runs twice"
  forall p: proc_t do !(ready[OLD][p] & ready[NEW][p]) end;

-- Of a kernel that no CPU executes, the memory is given back.
invariant "no process is in memory that was given back"
  forall p: proc_t do
    (runs[OLD] = 0 -> !ready[OLD][p] & image[OLD_MEMORY][p] = NO_IMAGE)
    & (runs[NEW] = 0 -> !ready[NEW][p] & image[NEW_MEMORY][p] = NO_IMAGE)
  end;

invariant "who acts has a CPU"
  (forall k: kernel_t do serves[k] -> runs[k] > 0 end)
  & (step = JUMPED | step = RESTORING | step = EXITING ? runs[NEW] > 0 : runs[OLD] > 0)
  & (step = STARTED | step = MOVING -> runs[NEW] > 0);

invariant "no CPU is lost"
  runs[OLD] + runs[NEW] + waits = CPUS;

invariant "who serves alone has everything"
  step = SERVING ->
  serves[OLD]
  & !serves[NEW]
  & runs[OLD] = CPUS
  & isundefined(fits)
  & (forall p: proc_t do
      ready[OLD][p] & image[DISK][p] = NO_IMAGE & image[NEW_MEMORY][p] = NO_IMAGE
    end);

-- What the new kernel could not take in one swap says nothing of the next.
invariant "no swap begins short of what the last one lacked"
  step = SERVING -> !short & faults = 0;

invariant "who does not fit relieves nobody"
  serves[NEW] -> HALT = 1 | fits;

liveness "every swap can still end"
  step = SERVING;

liveness "a swap can still succeed"
  (step = EXITING | step = RESTORING) & runs[NEW] = CPUS;

liveness "every process can still run"
  forall p: proc_t do exists k: kernel_t do serves[k] & ready[k][p] end end;

cover "a process is saved in part"
  HALT = 0 | (exists p: proc_t do image[DISK][p] = TORN end);
cover "nobody serves"
  HALT = 0 | (!serves[OLD] & !serves[NEW]);
cover "all have been restored"
  HALT = 0 | (step = RESTORING & (forall p: proc_t do ready[NEW][p] end));
cover "both serve"
  HALT = 1 | (serves[OLD] & serves[NEW]);
cover "a process is copied in part"
  HALT = 1 | FAULTS = 0 | (exists p: proc_t do image[NEW_MEMORY][p] = TORN end);
cover "a process could not be taken"
  FAULTS = 0 | faults = 1;
cover "a process that was refused goes on where it was"
  HALT = 1
  | FAULTS = 0
  | (step = MOVING & faults > 0 & !short & (forall p: proc_t do ready[OLD][p] end));
cover "the new kernel does not fit"
  HALT = 1 | (!isundefined(fits) & !fits);

function serving_cpus(): 0 .. CPUS;
begin
  return (serves[OLD] ? runs[OLD] : 0) + (serves[NEW] ? runs[NEW] : 0);
end;

function standing_still(): 0 .. PROCS;
  var count: 0 .. PROCS;
begin
  count := 0;
  for p: proc_t do
    if !ready[OLD][p] & !ready[NEW][p] then
      count := count + 1;
    end;
  end;
  return count;
end;

-- 0 at least with HALT = 1. With HALT = 0 it is 1, when the old kernel has stood relieved and the
-- new one has its first CPU.
measure "CPUs serving users"
  serving_cpus();

-- All of them with HALT = 1, and one with HALT = 0.
measure "processes standing still"
  standing_still();
