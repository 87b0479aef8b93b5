-- Crash hotplug: the map by which a crashed kernel is dumped follows memory and CPUs that come and
-- go.
--
-- A crash kernel (kdump) was loaded long before it is needed, with a map of the memory in use and of
-- where each CPU leaves its registers (elfcorehdr). When memory goes online or offline, or a CPU
-- up or down, the running kernel rewrites the map in place, if the image allows for it; if not, user
-- space loads the whole image again. For memory that is after the event, and for a CPU before it
-- runs.
-- crash/README.md says what is left out.
--
-- The default is the tree as it is in September 2026, on a machine where nobody loads an image
-- while memory or CPUs come or go. Sources: facts.md 4.4 (the lock of kexec), N28 of crash/README.md.
--
-- Belief and truth are separate variables. What kernel and user space believe: range, cpu, event,
-- at, lock, image, supports, whole, udev. What is so: there, used, map, plugged, runs, notes,
-- covered, sound. `used` and `runs` are what a dump is wanted of. The kernel may crash in any state;
-- the properties say what the dump would be.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  RANGES: 2;   -- of memory that may come and go; the rest is always there
  CPUS:   1;   -- that may come and go, beside one
  WAITS:  0;   -- 1: an event waits for the lock of kexec. 0: it tries once, as in the tree
  RACES:  0;   -- 1: user space loads an image whenever it likes
  BACK:   1;   -- 0: nothing goes again, and CPUs do come up, so the events come to an end
  FAULTS: 0;   -- 1: there may be no memory for a new map
  GRACE:  1;   -- 1: what is under way need not be in a dump

type
  range_t: scalarset(RANGES);

  cpu_t:   scalarset(CPUS);

  event_t: enum { GOES_ONLINE, GOES_OFFLINE, COMES_UP, DOES_NOT_COME, GOES_DOWN };

  -- How far the kernel is with an event.
  at_t:    enum {
    NOTHING,
    NOTIFIED,   -- memory has changed or a CPU is about to, and the notifier is called
    HOLDS,      -- has both locks, and has taken the image out
    RETURNED    -- from the notifier
  };

  -- Who holds the lock of kexec. It is tried, never waited for, because a crash takes it as well.
  lock_t:  enum { FREE, EVENT, READER, LOADER };

  image_t: enum {
    NONE,
    LOADING,
    LOADED,
    OUT      -- is being changed
  };

  -- What the rules of udev have to do yet.
  udev_t:  enum { QUIET, TO_LOOK, TO_LOAD };

var
  -- Belief.
  range:    range_t;                       -- of the event, or
  cpu:      cpu_t;
  event:    event_t;
  at:       at_t;
  lock:     lock_t;
  image:    image_t;
  supports: boolean;                       -- the map may be rewritten in place
  whole:    boolean;                       -- the map has all CPUs that there can be
  udev:     udev_t;

  -- Truth.
  there:    array [range_t] of boolean;    -- the memory can be read
  used:     array [range_t] of boolean;    -- it is in use
  map:      array [range_t] of boolean;    -- the map of the image has it
  plugged:  array [cpu_t] of boolean;      -- user space sees it
  runs:     array [cpu_t] of boolean;      -- it runs the kernel
  notes:    array [cpu_t] of boolean;      -- the map says where its registers are left
  covered:  boolean;                       -- the check sum of the image is over the map as well
  sound:    boolean;                       -- the check sum is right, so the image would start

procedure forget_image();
begin
  image := NONE;
  supports := false;
  whole := false;
  for r: range_t do map[r] := false; end;
  for c: cpu_t do notes[c] := false; end;
  covered := false;
  sound := false;
end;

procedure forget_event();
begin
  undefine range;
  undefine cpu;
  undefine event;
  at := NOTHING;
end;

startstate "nothing is loaded"
begin
  forget_event();
  lock := FREE;
  forget_image();
  udev := QUIET;
  for r: range_t do
    there[r] := false;
    used[r] := false;
  end;
  for c: cpu_t do
    plugged[c] := false;
    runs[c] := false;
  end;
end;

function is_about_memory(): boolean;
begin
  return event = GOES_ONLINE | event = GOES_OFFLINE;
end;

-- What the crash kernel would be told: by the kernel of all possible CPUs, whose notes are empty
-- where one never ran, and by user space of those that it sees.
procedure write_map(all: boolean);
begin
  for r: range_t do map[r] := used[r]; end;
  for c: cpu_t do notes[c] := all | plugged[c]; end;
  if covered then
    sound := false;
  end;
end;

function may_come_or_go(): boolean;
begin
  return at = NOTHING & (RACES = 1 | lock != LOADER);
end;

-- Memory and CPUs come and go -----------------------------------------------------------------

-- One event at a time: who changes memory has the lock of CPUs for reading.

ruleset r: range_t do
  -- N28 (adds to facts.md 4.4).
  -- @code mm/memory_hotplug.c:online_pages @holds cpu_hotplug_lock(r), mem_hotplug_lock(w)
  rule "kernel: memory goes online"
    may_come_or_go() & !used[r]
  ==>
  begin
    there[r] := true;
    used[r] := true;
    range := r;
    event := GOES_ONLINE;
    at := NOTIFIED;
  end;

  -- N28 (adds to facts.md 4.4). It is emptied first, and is there until the notifier returns.
  -- @code mm/memory_hotplug.c:offline_pages @holds cpu_hotplug_lock(r), mem_hotplug_lock(w)
  rule "kernel: memory goes offline"
    BACK = 1 & may_come_or_go() & used[r]
  ==>
  begin
    used[r] := false;
    range := r;
    event := GOES_OFFLINE;
    at := NOTIFIED;
  end;
end;

ruleset c: cpu_t do
  -- N28 (adds to facts.md 4.4): from here on user space sees it.
  -- @code arch/x86/kernel/cpu/common.c:arch_register_cpu, drivers/base/cpu.c:register_cpu
  rule "machine: a CPU is plugged in"
    at = NOTHING & !plugged[c]
  ==>
  begin
    plugged[c] := true;
  end;

  -- N28 (adds to facts.md 4.4): one that does not run.
  -- @code drivers/base/cpu.c:unregister_cpu
  rule "machine: a CPU is pulled out"
    BACK = 1 & at = NOTHING & plugged[c] & !runs[c]
  ==>
  begin
    plugged[c] := false;
  end;

  -- N28 (adds to facts.md 4.4): in the state of CPU hotplug that comes before the CPU is started.
  -- @code kernel/crash_core.c:crash_cpuhp_online @holds cpu_hotplug_lock(w)
  rule "kernel: a CPU is about to come up"
    may_come_or_go() & plugged[c] & !runs[c]
  ==>
  begin
    cpu := c;
    event := COMES_UP;
    at := NOTIFIED;
  end;

  -- N28 (adds to facts.md 4.4): the same state, on the way back. It has stopped.
  -- @code kernel/crash_core.c:crash_cpuhp_offline @holds cpu_hotplug_lock(w)
  rule "kernel: a CPU has gone down"
    BACK = 1 & may_come_or_go() & runs[c]
  ==>
  begin
    runs[c] := false;
    cpu := c;
    event := GOES_DOWN;
    at := NOTIFIED;
  end;
end;

-- N28 (adds to facts.md 4.4): events and readers wait for each other by a mutex of their own, and
-- then the lock of kexec is tried. The image is not found while it is changed.
-- @code kernel/crash_core.c:crash_handle_hotplug_event @holds crash_hotplug_lock, kexec_lock
rule "kernel: take the image out"
  at = NOTIFIED & lock = FREE & image = LOADED & supports
==>
begin
  lock := EVENT;
  image := OUT;
  at := HOLDS;
end;

-- N28 (adds to facts.md 4.4).
-- @code arch/x86/kernel/crash.c:arch_crash_handle_hotplug_event @holds kexec_lock
rule "kernel: rewrite the map, and put the image back"
  at = HOLDS & (is_about_memory() | !whole)
==>
begin
  write_map(true);
  whole := true;
  image := LOADED;
  lock := FREE;
  at := RETURNED;
end;

-- N28 (adds to facts.md 4.4): all CPUs are in it, and nothing else has changed.
-- @code arch/x86/kernel/crash.c:arch_crash_handle_hotplug_event @holds kexec_lock
rule "kernel: leave the map, and put the image back"
  at = HOLDS & !is_about_memory() & whole
==>
begin
  image := LOADED;
  lock := FREE;
  at := RETURNED;
end;

-- N28 (adds to facts.md 4.4): no image, or one whose map is covered by a check sum.
-- @code kernel/crash_core.c:crash_handle_hotplug_event @holds crash_hotplug_lock, kexec_lock
rule "kernel: nothing can be rewritten"
  at = NOTIFIED & lock = FREE & !(image = LOADED & supports)
==>
begin
  at := RETURNED;
end;

-- N28 (adds to facts.md 4.4): a message is printed, and that is all.
-- @code kernel/crash_core.c:crash_handle_hotplug_event @holds crash_hotplug_lock
rule "kernel: the lock is held by somebody else"
  WAITS = 0 & at = NOTIFIED & lock = LOADER
==>
begin
  at := RETURNED;
end;

-- N28 (adds to facts.md 4.4): the same. The image is still in its place.
-- @code arch/x86/kernel/crash.c:arch_crash_handle_hotplug_event @holds kexec_lock
rule "kernel: no memory for a new map"
  FAULTS = 1 & at = NOTIFIED & lock = FREE & image = LOADED & supports
==>
begin
  at := RETURNED;
end;

-- N28 (adds to facts.md 4.4): what is offline may be taken away. User space hears of the event.
-- @code kernel/crash_core.c:crash_memhp_notifier
rule "kernel: the notifier of memory has returned"
  at = RETURNED & is_about_memory()
==>
begin
  there[range] := event = GOES_ONLINE;
  udev := TO_LOOK;
  forget_event();
end;

-- N28 (adds to facts.md 4.4): a CPU that comes up is started.
-- @code kernel/cpu.c:cpuhp_invoke_callback @holds cpu_hotplug_lock(w)
rule "kernel: the callback of a CPU has returned"
  at = RETURNED & !is_about_memory()
==>
begin
  runs[cpu] := event = COMES_UP;
  udev := TO_LOOK;
  forget_event();
end;

-- facts.md 4.2: it is started, and does not come. The states before are taken back.
-- @code kernel/cpu.c:cpuhp_up_callbacks @holds cpu_hotplug_lock(w)
rule "kernel: a CPU does not come up"
  BACK = 1 & at = RETURNED & event = COMES_UP
==>
begin
  event := DOES_NOT_COME;
  at := NOTIFIED;
end;

-- User space ----------------------------------------------------------------------------------

-- N28 (adds to facts.md 4.4): "can the kernel do it itself?"
-- @code kernel/crash_core.c:crash_check_hotplug_support @holds crash_hotplug_lock
rule "udev: read whether the kernel rewrites the map"
  udev = TO_LOOK & lock = FREE
==>
begin
  lock := READER;
end;

-- N28 (adds to facts.md 4.4).
-- @code kernel/crash_core.c:crash_check_hotplug_support @holds crash_hotplug_lock, kexec_lock
rule "udev: hear the answer"
  lock = READER
==>
begin
  lock := FREE;
  udev := image = LOADED & !supports ? TO_LOAD : QUIET;
end;

-- N28 (adds to facts.md 4.4): the answer is no, to be on the safe side.
-- @code kernel/crash_core.c:crash_check_hotplug_support @holds crash_hotplug_lock
rule "udev: hear nothing, for an image is being loaded"
  udev = TO_LOOK & lock = LOADER
==>
begin
  udev := TO_LOAD;
end;

-- facts.md 4.4, kexec_trylock; N28. There is no image while it is loaded over the old one. The map
-- is of the memory in use when it begins; the kernel makes it, or user space (kexec_load).
ruleset rewritable: boolean; by_kernel: boolean do
  -- @code kernel/kexec_file.c:kexec_file_load, kernel/kexec.c:do_kexec_load @holds kexec_lock
  rule "userspace: begin to load the crash kernel"
    lock = FREE & (RACES = 1 | (at = NOTHING & udev != TO_LOOK))
  ==>
  begin
    lock := LOADER;
    forget_image();
    image := LOADING;
    supports := rewritable;
    whole := by_kernel;
    write_map(by_kernel);
    covered := !rewritable;
    sound := true;
    if udev = TO_LOAD then
      udev := QUIET;
    end;
  end;
end;

-- facts.md 4.4; N28.
-- @code kernel/kexec_file.c:kexec_file_load @holds kexec_lock
rule "userspace: the crash kernel is loaded"
  lock = LOADER
==>
begin
  image := LOADED;
  lock := FREE;
end;

-- facts.md 4.4; N28.
-- @code kernel/kexec_file.c:kexec_file_load @holds kexec_lock
rule "userspace: unload the crash kernel"
  lock = FREE
==>
begin
  forget_image();
end;

-- What must hold ------------------------------------------------------------------------------

-- Nobody is about to change the map, or to look whether it has to be.
function is_settled(): boolean;
begin
  return at = NOTHING & lock = FREE & udev = QUIET;
end;

function is_right(): boolean;
begin
  return (forall r: range_t do map[r] = used[r] end)
  & (forall c: cpu_t do runs[c] -> notes[c] end);
end;

-- What the kernel or user space is about to see to.
function is_under_way(r: range_t): boolean;
begin
  return GRACE = 1 & (at != NOTHING & !isundefined(range) & range = r | udev != QUIET);
end;

-- facts.md 4.4, kexec_trylock: a crash tries the lock as well (__crash_kexec), and where somebody
-- holds it nobody knows what the image is like, and there is no dump.
function would_be_dumped(): boolean;
begin
  return lock = FREE & image = LOADED;
end;

invariant "a map that nobody is about to change is right"
  image = LOADED & is_settled() -> is_right();

invariant "a dump has all memory that was in use"
  would_be_dumped() -> forall r: range_t do used[r] -> map[r] | is_under_way(r) end;

-- Also while an event is under way: reading it would stop the crash kernel.
invariant "a dump has no memory that is not there"
  would_be_dumped() -> forall r: range_t do map[r] -> there[r] | udev != QUIET end;

-- At any time where the kernel rewrites the map: it does so before the CPU runs.
invariant "a dump has the registers of all CPUs that run"
  would_be_dumped() -> forall c: cpu_t do runs[c] -> notes[c] | !supports & udev != QUIET end;

invariant "the crash kernel would start"
  would_be_dumped() -> sound;

invariant "the lock is held by who changes the image"
  (lock = EVENT) = (at = HOLDS)
  & (image = OUT) = (at = HOLDS)
  & (image = LOADING) = (lock = LOADER);

-- While it is loaded there is no crash kernel, for seconds; so this is what it is all for.
invariant "user space loads again only what the kernel cannot rewrite"
  RACES = 0 & udev = TO_LOAD -> image = NONE | !supports;

invariant "memory that is in use is there, and what is offline can be taken away"
  forall r: range_t do
    (used[r] -> there[r]) & (at = NOTHING -> there[r] = used[r])
  end;

invariant "user space sees a CPU that runs, and one that has gone down has stopped"
  (forall c: cpu_t do runs[c] -> plugged[c] end)
  & (at != NOTHING & (event = GOES_DOWN | event = DOES_NOT_COME) -> !runs[cpu]);

invariant "the kernel takes a map to have all CPUs only where it has"
  whole -> forall c: cpu_t do notes[c] end;

invariant "nothing is left of an event that is over, or of an image that was unloaded"
  isundefined(event) = (at = NOTHING)
  & (isundefined(event)
    ? isundefined(range) & isundefined(cpu)
    : isundefined(range) = !is_about_memory() & isundefined(cpu) = is_about_memory())
  & (image = NONE ->
    !supports
    & !whole
    & !covered
    & !sound
    & (forall r: range_t do !map[r] end)
    & (forall c: cpu_t do !notes[c] end));

liveness "a right map can be had again"
  is_settled() & image = LOADED & is_right();

liveness "the crash kernel can be unloaded"
  is_settled() & image = NONE;

liveness "all that came can go again"
  BACK = 0 | (forall c: cpu_t do !plugged[c] end) & (forall r: range_t do !there[r] end);

cover "the map is rewritten"            at = HOLDS & exists r: range_t do map[r] != used[r] end;
cover "the map gets a CPU that is about to come up"
  at = HOLDS & event = COMES_UP & !notes[cpu];
cover "the map has the CPU already"
  at = HOLDS & event = COMES_UP & whole;
cover "a CPU runs that the map of user space has not"
  would_be_dumped() & exists c: cpu_t do runs[c] & !notes[c] end;
cover "a CPU is in the map, and does not come up"
  BACK = 0 | at = NOTIFIED & event = DOES_NOT_COME & image = LOADED & notes[cpu];
cover "a CPU goes down"
  BACK = 0 | at = HOLDS & event = GOES_DOWN;
cover "a map has a range"
  image = LOADED & supports & is_settled() & exists r: range_t do map[r] end;
cover "the image is loaded again"       udev = TO_LOAD;
cover "an image is loaded with all"     image = LOADED & forall r: range_t do map[r] end;
cover "an image that cannot be rewritten is right"
  image = LOADED & !supports & is_settled() & exists r: range_t do map[r] end;
cover "a crash would come while memory goes offline"
  BACK = 0 | would_be_dumped() & at = NOTIFIED & event = GOES_OFFLINE & map[range];
cover "a crash would come while the map is rewritten"
  lock = EVENT;
cover "memory goes online while an image is loaded"
  RACES = 0 | lock = LOADER & at = NOTIFIED & event = GOES_ONLINE;
cover "an image is loaded before an event is over"
  RACES = 0 | lock = LOADER & at = RETURNED;
cover "a map that is covered by the check sum"
  image = LOADED & covered;
cover "memory goes offline while an image is loaded"
  RACES = 0 | BACK = 0 | lock = LOADER & at = NOTIFIED & event = GOES_OFFLINE;

function missing(): 0 .. RANGES;
  var count: 0 .. RANGES;
begin
  count := 0;
  for r: range_t do
    if would_be_dumped() & used[r] & !map[r] then
      count := count + 1;
    end;
  end;
  return count;
end;

function unheard(): 0 .. CPUS;
  var count: 0 .. CPUS;
begin
  count := 0;
  for c: cpu_t do
    if would_be_dumped() & runs[c] & !notes[c] then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "ranges in use that a dump would not have"
  missing();
measure "CPUs that run and a dump would not have"
  unheard();
