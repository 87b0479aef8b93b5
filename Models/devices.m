-- Devices, their file systems and modules, handed from one kernel to another without a probe.
--
-- The proposal says that the new kernel does not touch the hardware as it comes up, and determines
-- "which file systems and drivers were needed, which modules need to be loaded". It does not say
-- how a device changes hands. Here the devices stay with the old kernel until all processes have
-- moved, and serve those that have by way of it. Then each goes by itself: the old kernel takes no
-- more requests, ends those that it has, writes back, unmounts, masks the interrupt and lets go;
-- the new one attaches with what the old one knew, without a reset. How processes and CPUs move is
-- the matter of hotswap.m.
--
-- Belief and truth are separate variables. What a kernel believes (old, new, stage, module, drives,
-- mounted, dirty, request) is read by its own rules, or said in common memory (old, new, stage,
-- module). What is so is the machine's (present, line, cause, raised, serviced, memory, map) and
-- the users' (place, announced, wish); kernels change it by what the machine does for them. What
-- was promised is history, and no guard of a kernel reads it: what a device has said (news), and
-- what a process has asked for (asked) or written (written).
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

  -- What the machine knows of a kernel: where it sends interrupts, and which memory it reaches.
  party_t: enum { NOBODY, THE_OLD, THE_NEW };

  -- The old kernel's, of a device.
  stage_t: enum {
    IN_USE,
    QUIET,       -- no more requests but to write back
    CLEAN,       -- none is left, and nothing to write back
    UNMOUNTED,
    SILENT,      -- the interrupt is masked
    GIVEN
  };

  wish_t: enum {
    NOTHING,
    DATA,        -- it wants to read
    ANSWER       -- the data are in memory, and it has still to be told
  };

var
  -- Belief, said to the other kernel.
  new:    enum { DOWN, LOADING, READY, RELIEVING };
  old:    enum { SERVING, AGREED, HANDING_OVER };
  stage:  array [device_t] of stage_t;
  module: array [device_t] of enum { UNKNOWN, TOLD, LOADED };   -- the new kernel's

  -- Belief.
  drives:  array [kernel_t] of array [device_t] of boolean;
  mounted: array [kernel_t] of array [device_t] of boolean;   -- the file system on the device
  dirty:   array [kernel_t] of array [device_t] of boolean;   -- in the page cache of this kernel
  -- A descriptor in the memory of this kernel. The device reads it, and writes that it is done.
  request: array [kernel_t] of array [device_t] of enum { NONE, TO_READ, TO_WRITE, READ, WRITTEN };

  -- Truth.
  present:   array [device_t] of boolean;
  line:      array [device_t] of party_t;   -- whom the controller interrupts; nobody: masked
  cause:     array [device_t] of boolean;   -- the device has something to say
  raised:    array [device_t] of boolean;   -- an interrupt is pending at the controller
  serviced:  array [device_t] of party_t;   -- by whom: delivered, and not ended yet
  memory:    array [device_t] of party_t;   -- in whose memory a transfer is going on
  map:       array [device_t] of party_t;   -- whose memory the IOMMU lets the device reach
  announced: array [device_t] of boolean;   -- a process was told of it
  place:     array [device_t] of kernel_t;  -- where this process runs
  wish:      array [device_t] of wish_t;    -- what this process waits for, as the kernels know it

  -- History.
  news:    array [device_t] of boolean;     -- there is something that no kernel has heard of
  asked:   array [device_t] of boolean;     -- the process has had no answer
  written: array [device_t] of enum { ON_DISK, ON_ITS_WAY, IN_CACHE };

startstate "one kernel, no device yet"
begin
  new := DOWN;
  old := SERVING;
  for d: device_t do
    stage[d] := IN_USE;
    module[d] := UNKNOWN;
    for k: kernel_t do
      drives[k][d] := false;
      mounted[k][d] := false;
      dirty[k][d] := false;
      request[k][d] := NONE;
    end;
    present[d] := false;
    line[d] := NOBODY;
    cause[d] := false;
    raised[d] := false;
    serviced[d] := NOBODY;
    memory[d] := NOBODY;
    map[d] := NOBODY;
    announced[d] := false;
    place[d] := OLD;
    wish[d] := NOTHING;
    news[d] := false;
    asked[d] := false;
    written[d] := ON_DISK;
  end;
end;

-- What the machine does when it is told to ----------------------------------------------------

function party(k: kernel_t): party_t;
begin
  return k = OLD ? THE_OLD : THE_NEW;
end;

-- The line is level-triggered: what is pending goes when the device has been heard.
procedure raise(d: device_t);
begin
  news[d] := true;
  cause[d] := true;
  raised[d] := true;
end;

procedure hear(k: kernel_t; d: device_t);
begin
  assert "who touches a device drives it" drives[k][d];
  news[d] := false;
  cause[d] := false;
  raised[d] := false;
end;

procedure start_transfer(k: kernel_t; d: device_t);
begin
  assert "who touches a device drives it" drives[k][d];
  assert "a device has one transfer at a time" memory[d] = NOBODY;
  assert "the IOMMU lets a device reach its transfer" map[d] = party(k);
  memory[d] := party(k);
  if request[k][d] = TO_WRITE then
    written[d] := ON_ITS_WAY;
  end;
end;

procedure answer(d: device_t);
begin
  assert "who is answered has what it has asked for" wish[d] = ANSWER;
  wish[d] := NOTHING;
  asked[d] := false;
end;

-- One controller for both kernels. Each interrupt has a register of its own in it; who sets up the
-- controller as a whole resets those of the other kernel.
procedure send_interrupts(d: device_t; p: party_t);
begin
  line[d] := p;
end;

-- What it does by itself ----------------------------------------------------------------------

ruleset d: device_t do
  rule "machine: a device is plugged in"
    !present[d]
  ==>
  begin
    present[d] := true;
  end;

  -- A packet, a key, an error: nobody has asked for it.
  rule "device: something comes in"
    announced[d] & !cause[d]
  ==>
  begin
    raise(d);
  end;

  rule "machine: an interrupt is delivered"
    raised[d] & line[d] != NOBODY & serviced[d] = NOBODY
  ==>
  begin
    raised[d] := false;
    serviced[d] := line[d];
  end;
end;

ruleset k: kernel_t; d: device_t do
  rule "machine: a transfer ends"
    memory[d] = party(k)
  ==>
  begin
    assert "a device finds its descriptor" request[k][d] = TO_READ | request[k][d] = TO_WRITE;
    if request[k][d] = TO_READ then
      request[k][d] := READ;
      wish[d] := ANSWER;
    else
      request[k][d] := WRITTEN;
      if written[d] = ON_ITS_WAY then
        written[d] := ON_DISK;
      end;
    end;
    memory[d] := NOBODY;
    raise(d);
  end;
end;

-- The users and the kernels, at any time ------------------------------------------------------

function takes_requests(k: kernel_t; d: device_t): boolean;
begin
  return mounted[k][d] & (k = OLD -> stage[d] = IN_USE);
end;

ruleset d: device_t do
  rule "user: read"
    announced[d] & wish[d] = NOTHING
  ==>
  begin
    wish[d] := DATA;
    asked[d] := true;
  end;
end;

-- What a process wants that runs on the other kernel comes by way of common memory.
ruleset k: kernel_t; d: device_t do
  -- To the page cache, also while a page is written back.
  rule "user: write"
    takes_requests(k, d) & !dirty[k][d]
  ==>
  begin
    dirty[k][d] := true;
    written[d] := IN_CACHE;
  end;

  rule "kernel: take a request"
    takes_requests(k, d) & wish[d] = DATA & request[k][d] = NONE
  ==>
  begin
    request[k][d] := TO_READ;
    start_transfer(k, d);
  end;

  -- Also when no more requests are taken.
  rule "kernel: write back"
    dirty[k][d] & request[k][d] = NONE
  ==>
  begin
    dirty[k][d] := false;
    request[k][d] := TO_WRITE;
    start_transfer(k, d);
  end;

  -- The answer goes to where the process is now.
  rule "kernel: handle an interrupt"
    serviced[d] = party(k)
  ==>
  begin
    hear(k, d);
    if request[k][d] = READ then
      answer(d);
    end;
    if request[k][d] = READ | request[k][d] = WRITTEN then
      request[k][d] := NONE;
    end;
    serviced[d] := NOBODY;
  end;
end;

-- Hole: a device that is plugged in during the swap. It is the old kernel's, which will find at its
-- double check that the new one has no module for it. Once it has agreed the device has to wait.
ruleset d: device_t do
  rule "old: attach a device that was plugged in"
    present[d] & !drives[OLD][d] & old = SERVING
  ==>
  begin
    drives[OLD][d] := true;
    map[d] := THE_OLD;
    send_interrupts(d, THE_OLD);
    mounted[OLD][d] := true;
    announced[d] := true;
  end;
end;

-- Before the hand-over ------------------------------------------------------------------------

-- The facts are the old kernel's.
rule "new: come up without a probe"
  new = DOWN
==>
begin
  for d: device_t do module[d] := drives[OLD][d] ? TOLD : UNKNOWN; end;
  new := LOADING;
end;

ruleset d: device_t do
  -- A module that is loaded waits for its device to be given.
  rule "new: load a module"
    new = LOADING & module[d] = TOLD
  ==>
  begin
    module[d] := LOADED;
  end;
end;

-- The first assessment is of what it was told.
rule "new: I am ready to relieve you"
  new = LOADING & (forall d: device_t do module[d] != TOLD end)
==>
begin
  new := READY;
end;

-- The second is of what is driven now.
rule "old: I am ready to be relieved"
  new = READY & old = SERVING & (forall d: device_t do drives[OLD][d] -> module[d] = LOADED end)
==>
begin
  old := AGREED;
end;

rule "new: I relieve you"
  old = AGREED & new = READY
==>
begin
  new := RELIEVING;
end;

-- The new kernel has found no module, the old one a device that has none, or one of them has
-- changed its mind. From "I relieve you" on nobody does.
rule "either: the new kernel shuts down"
  new = LOADING | new = READY
==>
begin
  for d: device_t do module[d] := UNKNOWN; end;
  new := DOWN;
  old := SERVING;
end;

ruleset d: device_t do
  -- Also one that waits: its request goes on.
  rule "old: move a process"
    new = RELIEVING & place[d] = OLD
  ==>
  begin
    place[d] := NEW;
  end;
end;

rule "old: all processes have moved"
  old = AGREED & (forall d: device_t do place[d] = NEW end)
==>
begin
  old := HANDING_OVER;
end;

-- The old kernel lets go ----------------------------------------------------------------------

ruleset d: device_t do
  rule "old: take no more requests"
    old = HANDING_OVER & drives[OLD][d] & stage[d] = IN_USE
  ==>
  begin
    stage[d] := QUIET;
  end;

  rule "old: all is done and written back"
    stage[d] = QUIET & request[OLD][d] = NONE & !dirty[OLD][d]
  ==>
  begin
    stage[d] := CLEAN;
  end;

  -- The page cache goes with it.
  rule "old: unmount"
    stage[d] = CLEAN
  ==>
  begin
    mounted[OLD][d] := false;
    dirty[OLD][d] := false;
    stage[d] := UNMOUNTED;
  end;

  -- Hole: who owns an interrupt that comes now? It stays pending, masked, until the new kernel is
  -- there. One that is being serviced is ended first, because only who has got it can end it.
  rule "old: mask the interrupt"
    stage[d] = UNMOUNTED
  ==>
  begin
    send_interrupts(d, NOBODY);
    stage[d] := SILENT;
  end;

  rule "old: let go"
    stage[d] = SILENT & serviced[d] = NOBODY
  ==>
  begin
    map[d] := NOBODY;
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
    drives[NEW][d] := true;
    map[d] := THE_NEW;
  end;

  rule "new: mount"
    drives[NEW][d] & !mounted[NEW][d]
  ==>
  begin
    mounted[NEW][d] := true;
  end;

  rule "new: unmask the interrupt"
    drives[NEW][d] & line[d] = NOBODY
  ==>
  begin
    send_interrupts(d, THE_NEW);
  end;
end;

-- All that the new kernel has offered to take.
function is_complete(): boolean;
begin
  return old = HANDING_OVER
  & (forall d: device_t do module[d] = LOADED -> mounted[NEW][d] & line[d] = THE_NEW end);
end;

function renamed(p: party_t): party_t;
begin
  assert "nothing of the machine is left to the old kernel" p != THE_OLD;
  return p = THE_NEW ? THE_OLD : NOBODY;
end;

-- No fact changes here, only the names.
rule "machine: the new kernel is the old one of the next swap"
  is_complete()
==>
begin
  for d: device_t do
    assert "nothing is left with the old kernel"
      !drives[OLD][d]
      & !mounted[OLD][d]
      & !dirty[OLD][d]
      & request[OLD][d] = NONE
      & place[d] = NEW;
    drives[OLD][d] := drives[NEW][d];
    mounted[OLD][d] := mounted[NEW][d];
    dirty[OLD][d] := dirty[NEW][d];
    request[OLD][d] := request[NEW][d];
    drives[NEW][d] := false;
    mounted[NEW][d] := false;
    dirty[NEW][d] := false;
    request[NEW][d] := NONE;
    module[d] := UNKNOWN;
    stage[d] := IN_USE;
    line[d] := renamed(line[d]);
    serviced[d] := renamed(serviced[d]);
    memory[d] := renamed(memory[d]);
    map[d] := renamed(map[d]);
    place[d] := OLD;
  end;
  new := DOWN;
  old := SERVING;
end;

-- What must hold ------------------------------------------------------------------------------

invariant "a device in use has one driver, with its module, or is on its way to it"
  forall d: device_t do
    !(drives[OLD][d] & drives[NEW][d])
    & (drives[NEW][d] -> module[d] = LOADED)
    & (announced[d] -> drives[OLD][d] | drives[NEW][d] | stage[d] = GIVEN)
  end;

-- There is no way from the old kernel to devices of the new one.
invariant "until all processes have moved the devices serve as ever"
  old != HANDING_OVER | (exists d: device_t do place[d] = OLD end) ->
  forall d: device_t do
    announced[d] -> takes_requests(OLD, d) & line[d] = THE_OLD & map[d] = THE_OLD
  end;

invariant "a request is with the driver"
  forall k: kernel_t do forall d: device_t do request[k][d] != NONE -> drives[k][d] end end;

invariant "no request is forgotten"
  forall d: device_t do asked[d] = (wish[d] != NOTHING) end;

invariant "interrupts reach the driver, or wait for one"
  forall k: kernel_t do
    forall d: device_t do line[d] = party(k) | serviced[d] = party(k) -> drives[k][d] end
  end;

invariant "no interrupt is lost"
  forall d: device_t do
    news[d] = cause[d] & (cause[d] -> raised[d] | serviced[d] != NOBODY)
  end;

-- A handler that finds nothing to do would have the kernel switch the line off.
invariant "no interrupt comes for nothing"
  forall d: device_t do raised[d] | serviced[d] != NOBODY -> cause[d] end;

-- Who attached it has set it up and told the users.
invariant "only what was announced speaks and is asked, and it is there"
  forall d: device_t do
    announced[d] ? present[d] : !cause[d] & wish[d] = NOTHING
  end;

invariant "a device that is done says so"
  forall k: kernel_t do
    forall d: device_t do request[k][d] = READ | request[k][d] = WRITTEN -> cause[d] end
  end;

invariant "a device reaches the memory of its driver's kernel alone"
  forall k: kernel_t do
    forall d: device_t do
      (map[d] = party(k) -> drives[k][d]) & (memory[d] = party(k) -> map[d] = party(k))
    end
  end;

invariant "a file system is mounted by one kernel, which has the device"
  forall d: device_t do
    !(mounted[OLD][d] & mounted[NEW][d])
    & (forall k: kernel_t do mounted[k][d] -> drives[k][d] end)
  end;

invariant "what was written is on the disk or will be"
  forall d: device_t do
    (written[d] = IN_CACHE) = (exists k: kernel_t do mounted[k][d] & dirty[k][d] end)
    & (written[d] = ON_ITS_WAY -> memory[d] != NOBODY)
  end;

invariant "who is ready has all modules that it was told of"
  new = READY | new = RELIEVING -> forall d: device_t do module[d] != TOLD end;

invariant "the old kernel agrees to what is offered, and no less"
  old != SERVING ->
  (new = READY | new = RELIEVING)
  & (forall d: device_t do drives[OLD][d] -> module[d] = LOADED end);

-- Requests that are there can end until all is written back. The new kernel goes by what it is told.
invariant "the stage of a device says what is so"
  forall d: device_t do
    (stage[d] = QUIET | stage[d] = CLEAN ->
      mounted[OLD][d] & line[d] = THE_OLD & map[d] = THE_OLD)
    & (stage[d] = UNMOUNTED -> !mounted[OLD][d])
    & (stage[d] = SILENT -> !mounted[OLD][d] & line[d] = NOBODY)
    & (stage[d] = GIVEN ->
      !mounted[OLD][d] & line[d] != THE_OLD & map[d] != THE_OLD & !drives[OLD][d])
  end;

invariant "without a swap there is one kernel"
  new = DOWN ->
  forall d: device_t do
    !drives[NEW][d] & module[d] = UNKNOWN & stage[d] = IN_USE & place[d] = OLD
  end;

liveness "every swap can still end"
  new = DOWN;

-- Said of all devices at once: of a single one it would not survive their exchange.
liveness "a swap can still succeed, and all be done that users and devices want"
  new = RELIEVING
  & (forall d: device_t do
      (present[d] -> announced[d])
      & wish[d] = NOTHING
      & !cause[d]
      & serviced[d] = NOBODY
      & written[d] = ON_DISK
    end);

cover "a module is loaded while its device works"
  exists d: device_t do module[d] = LOADED & memory[d] = THE_OLD end;
cover "the old kernel works for a process that has moved"
  exists d: device_t do place[d] = NEW & request[OLD][d] = TO_READ end;
cover "a page is written while it is written back"
  exists d: device_t do written[d] = IN_CACHE & memory[d] != NOBODY end;
cover "a process waits for a device in nobody's hands"
  exists d: device_t do stage[d] = GIVEN & !drives[NEW][d] & wish[d] = DATA end;
cover "something comes in for a device in nobody's hands"
  exists d: device_t do stage[d] = GIVEN & !drives[NEW][d] & cause[d] end;
cover "the last data are written back"
  exists d: device_t do stage[d] = QUIET & written[d] = ON_ITS_WAY end;
cover "the new kernel works while the swap goes on"
  exists d: device_t do memory[d] = THE_NEW end;
cover "the swap is complete"
  is_complete();
cover "a device waits for the end of the swap"
  exists d: device_t do present[d] & !announced[d] & old = HANDING_OVER end;
cover "a device comes after the new kernel was ready"
  new = READY & (exists d: device_t do drives[OLD][d] & module[d] = UNKNOWN end);

-- This needs a second device.
cover "each kernel drives a device"
  DEVICES = 1
  | ((exists d: device_t do drives[OLD][d] end) & (exists d: device_t do drives[NEW][d] end));

function unattended(): 0 .. DEVICES;
  var count: 0 .. DEVICES;
begin
  count := 0;
  for d: device_t do
    if announced[d] & !drives[OLD][d] & !drives[NEW][d] then
      count := count + 1;
    end;
  end;
  return count;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "devices that nobody drives"
  unattended();
