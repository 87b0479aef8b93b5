-- Crash hotplug: the map by which a crashed kernel is dumped follows memory that comes and goes.
--
-- A crash kernel (kdump) was loaded long before it is needed, with a map of the memory in use
-- (elfcorehdr). When memory goes online or offline the running kernel rewrites the map in place, if
-- the image allows for it; if not, user space loads the whole image again.
-- crash/README.md says what is left out.
--
-- The default is the tree as it is in September 2026, on a machine where nobody loads an image
-- while memory comes or goes. Sources: facts.md 4.4 (the lock of kexec), N28 of crash/README.md.
--
-- Belief and truth are separate variables. What kernel and user space believe: range, event, at,
-- lock, image, supports, udev. What is so: there, used, map, covered, sound. `used` is what a dump
-- is wanted of. The kernel may crash in any state; the properties say what the dump would be.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  RANGES: 2;   -- of memory that may come and go; the rest is always there
  WAITS:  0;   -- 1: an event waits for the lock of kexec. 0: it tries once, as in the tree
  RACES:  0;   -- 1: user space loads an image whenever it likes
  BACK:   1;   -- 0: no memory goes offline again, so the events come to an end
  FAULTS: 0;   -- 1: there may be no memory for a new map
  GRACE:  1;   -- 1: what is under way need not be in a dump

type
  range_t: scalarset(RANGES);

  event_t: enum { GOES_ONLINE, GOES_OFFLINE };

  -- How far the kernel is with an event.
  at_t:    enum {
    NOTHING,
    NOTIFIED,   -- memory has changed, and the notifier is called
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
  range:    range_t;                       -- of the event
  event:    event_t;
  at:       at_t;
  lock:     lock_t;
  image:    image_t;
  supports: boolean;                       -- the map may be rewritten in place
  udev:     udev_t;

  -- Truth.
  there:    array [range_t] of boolean;    -- the memory can be read
  used:     array [range_t] of boolean;    -- it is in use
  map:      array [range_t] of boolean;    -- the map of the image has it
  covered:  boolean;                       -- the check sum of the image is over the map as well
  sound:    boolean;                       -- the check sum is right, so the image would start

procedure forget_image();
begin
  image := NONE;
  supports := false;
  for r: range_t do map[r] := false; end;
  covered := false;
  sound := false;
end;

procedure forget_event();
begin
  undefine range;
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
end;

-- What the crash kernel would be told.
procedure write_map();
begin
  for r: range_t do map[r] := used[r]; end;
  if covered then
    sound := false;
  end;
end;

function may_come_or_go(): boolean;
begin
  return at = NOTHING & (RACES = 1 | lock != LOADER);
end;

-- Memory comes and goes -----------------------------------------------------------------------

ruleset r: range_t do
  -- N28 (adds to facts.md 4.4). One event at a time.
  -- @code mm/memory_hotplug.c:online_pages @holds mem_hotplug_lock(w)
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
  -- @code mm/memory_hotplug.c:offline_pages @holds mem_hotplug_lock(w)
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
  at = HOLDS
==>
begin
  write_map();
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
rule "kernel: the notifier has returned"
  at = RETURNED
==>
begin
  there[range] := event = GOES_ONLINE;
  udev := TO_LOOK;
  forget_event();
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
-- is of the memory in use when it begins.
ruleset rewritable: boolean do
  -- @code kernel/kexec_file.c:kexec_file_load @holds kexec_lock
  rule "userspace: begin to load the crash kernel"
    lock = FREE & (RACES = 1 | (at = NOTHING & udev != TO_LOOK))
  ==>
  begin
    lock := LOADER;
    forget_image();
    image := LOADING;
    supports := rewritable;
    write_map();
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

-- What the kernel or user space is about to see to.
function is_under_way(r: range_t): boolean;
begin
  return GRACE = 1 & ((at != NOTHING & range = r) | udev != QUIET);
end;

-- facts.md 4.4, kexec_trylock: a crash tries the lock as well (__crash_kexec), and where somebody
-- holds it nobody knows what the image is like, and there is no dump.
function would_be_dumped(): boolean;
begin
  return lock = FREE & image = LOADED;
end;

invariant "a map that nobody is about to change is right"
  image = LOADED & is_settled() -> forall r: range_t do map[r] = used[r] end;

invariant "a dump has all memory that was in use"
  would_be_dumped() -> forall r: range_t do used[r] -> map[r] | is_under_way(r) end;

-- Also while an event is under way: reading it would stop the crash kernel.
invariant "a dump has no memory that is not there"
  would_be_dumped() -> forall r: range_t do map[r] -> there[r] | udev != QUIET end;

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

invariant "nothing is left of an event that is over, or of an image that was unloaded"
  isundefined(range) = (at = NOTHING)
  & isundefined(event) = (at = NOTHING)
  & (image = NONE -> !supports & !covered & !sound & forall r: range_t do !map[r] end);

liveness "a right map can be had again"
  is_settled() & image = LOADED & forall r: range_t do map[r] = used[r] end;

liveness "the crash kernel can be unloaded"
  is_settled() & image = NONE;

cover "the map is rewritten"            at = HOLDS & exists r: range_t do map[r] != used[r] end;
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

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "ranges in use that a dump would not have"
  missing();
