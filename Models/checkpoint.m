-- The simpler strategy, beside the swap: checkpoint every process, halt the system, boot, restore.
--
-- "Simpler and easier strategies for almost accomplishing a hot-swap involving user process
-- check-pointing have been suggested, but those involve a short duration halting of the system."
-- Here both are, in short, so that the measures compare them: with HALT = 1 the processes are
-- stopped and saved, the kernel jumps into the next, which probes the hardware and restores them;
-- with HALT = 0 the new kernel comes up on one CPU and takes one process after the other. The CPUs
-- are counted.
--
-- Belief and truth are separate variables. What a kernel believes (step, serves) is read by its own
-- rules only; what is so (runs, place, moves, saved) is the machine's.
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
    JUMPED,       -- the old kernel is gone, the new one boots on one CPU and probes
    RESTORING,    -- the new kernel restores what was saved
    STARTED,      -- the new kernel boots beside the old one
    MOVING,       -- the processes move
    EXITING       -- the old kernel has none any more
  };

  place_t: enum { ON_OLD, NOWHERE, ON_NEW };
  saved_t: enum { NOT_SAVED, WHOLE, TORN, STALE };

var
  -- Belief.
  step:   step_t;
  serves: array [kernel_t] of boolean;         -- schedules the users' processes

  -- Truth.
  runs:   array [kernel_t] of 0 .. CPUS;       -- CPUs that execute this kernel
  place:  array [proc_t] of place_t;
  moves:  array [proc_t] of boolean;           -- is not stopped
  saved:  array [proc_t] of saved_t;           -- its image outside of any kernel
  faults: 0 .. FAULTS;

startstate "one kernel"
begin
  step := SERVING;
  for k: kernel_t do
    serves[k] := k = OLD;
    runs[k] := k = OLD ? CPUS : 0;
  end;
  for p: proc_t do
    place[p] := ON_OLD;
    moves[p] := true;
    saved[p] := NOT_SAVED;
  end;
  faults := 0;
end;

-- A process that works changes, so that what was saved before is out of date.
ruleset p: proc_t do
  rule "user: work"
    moves[p] & place[p] != NOWHERE & saved[p] = WHOLE
  ==>
  begin
    saved[p] := STALE;
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
    step = SAVING & moves[p]
  ==>
  begin
    moves[p] := false;
  end;

  rule "old: save a stopped process"
    step = SAVING & !moves[p] & saved[p] != WHOLE
  ==>
  begin
    saved[p] := WHOLE;
  end;

  -- The disk is full, say.
  rule "old: save a part of a process"
    step = SAVING & !moves[p] & saved[p] = NOT_SAVED
  ==>
  begin
    saved[p] := TORN;
  end;
end;

rule "old: give up"
  step = SAVING
==>
begin
  for p: proc_t do
    moves[p] := true;
    saved[p] := NOT_SAVED;
  end;
  serves[OLD] := true;
  step := SERVING;
end;

-- Past the point of no return: what is not saved is lost.
rule "old: jump into the new kernel"
  step = SAVING & (forall p: proc_t do saved[p] = WHOLE end)
==>
begin
  for p: proc_t do place[p] := NOWHERE; end;
  runs[OLD] := 0;
  runs[NEW] := 1;
  step := JUMPED;
end;

rule "new: probe, and start the other CPUs"
  step = JUMPED & runs[NEW] < CPUS
==>
begin
  runs[NEW] := runs[NEW] + 1;
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
    step = RESTORING & place[p] = NOWHERE
  ==>
  begin
    place[p] := ON_NEW;
    saved[p] := NOT_SAVED;
    moves[p] := true;
  end;

  -- A resource that it had is not there any more, say. Nobody has another copy that runs.
  rule "new: fail to restore a process"
    faults < FAULTS & step = RESTORING & place[p] = NOWHERE & saved[p] = WHOLE
  ==>
  begin
    faults := faults + 1;
    saved[p] := TORN;
  end;
end;

-- Hot-swap ------------------------------------------------------------------------------------

rule "old: start the new kernel on a halted CPU"
  HALT = 0 & step = SERVING
==>
begin
  runs[OLD] := runs[OLD] - 1;
  runs[NEW] := 1;
  step := STARTED;
end;

rule "old: abort"
  step = STARTED
==>
begin
  runs[OLD] := runs[OLD] + 1;
  runs[NEW] := 0;
  step := SERVING;
end;

rule "new: relieve"
  step = STARTED
==>
begin
  serves[NEW] := true;
  step := MOVING;
end;

ruleset p: proc_t do
  rule "old: stop a process for its move"
    step = MOVING & place[p] = ON_OLD & (forall q: proc_t do moves[q] end)
  ==>
  begin
    moves[p] := false;
  end;

  rule "new: take the process"
    step = MOVING & place[p] = ON_OLD & !moves[p]
  ==>
  begin
    place[p] := ON_NEW;
    moves[p] := true;
  end;

  -- It goes on where it was.
  rule "new: fail to take the process"
    faults < FAULTS & step = MOVING & place[p] = ON_OLD & !moves[p]
  ==>
  begin
    faults := faults + 1;
    moves[p] := true;
  end;
end;

rule "old: stand relieved"
  step = MOVING & (forall p: proc_t do place[p] = ON_NEW end)
==>
begin
  serves[OLD] := false;
  step := EXITING;
end;

rule "new: assimilate a CPU"
  step = EXITING & runs[OLD] > 0
==>
begin
  runs[OLD] := runs[OLD] - 1;
  runs[NEW] := runs[NEW] + 1;
end;

-- No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next swap"
  (step = EXITING | step = RESTORING)
  & runs[NEW] = CPUS
  & (forall p: proc_t do place[p] = ON_NEW end)
==>
begin
  for p: proc_t do place[p] := ON_OLD; end;
  runs[OLD] := runs[NEW];
  runs[NEW] := 0;
  serves[OLD] := true;
  serves[NEW] := false;
  faults := 0;
  step := SERVING;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "no process is lost"
  forall p: proc_t do
    (place[p] = ON_OLD -> runs[OLD] > 0)
    & (place[p] = ON_NEW -> runs[NEW] > 0)
    & (place[p] = NOWHERE -> saved[p] != TORN & saved[p] != NOT_SAVED)
  end;

invariant "no process is set back"
  forall p: proc_t do place[p] = NOWHERE -> saved[p] != STALE end;

invariant "who serves lets processes work"
  (step = SERVING -> serves[OLD] & runs[OLD] = CPUS & (forall p: proc_t do moves[p] end))
  & (forall k: kernel_t do serves[k] -> runs[k] > 0 end);

liveness "every swap can still end"
  step = SERVING;

cover "a process is saved in part"
  HALT = 0 | (exists p: proc_t do saved[p] = TORN end);
cover "nobody serves"
  HALT = 0 | (!serves[OLD] & !serves[NEW]);
cover "all have been restored"
  HALT = 0 | (step = RESTORING & (forall p: proc_t do place[p] = ON_NEW end));
cover "both serve"
  HALT = 1 | (serves[OLD] & serves[NEW]);
cover "a process could not be taken"
  FAULTS = 0 | faults = 1;

function serving_cpus(): 0 .. CPUS;
begin
  return (serves[OLD] ? runs[OLD] : 0) + (serves[NEW] ? runs[NEW] : 0);
end;

function standing_still(): 0 .. PROCS;
  var count: 0 .. PROCS;
begin
  count := 0;
  for p: proc_t do
    if !moves[p] then
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
