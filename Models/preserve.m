-- Preserved devices: a PCI device goes on writing to its user's memory while one kernel jumps to
-- the next.
--
-- A device is given to userspace by VFIO, with a domain of the IOMMU of its own. Its file is
-- preserved: then the bridges above it and the IOMMU are preserved as well, once for each device
-- below. The file is frozen, the kernel jumps, the next kernel finds bridges and what is preserved and
-- leaves the fabric under it as it is: bus numbers, access control (ACS). Userspace
-- retrieves the file, gives the device a new domain, and finishes. preserve/README.md says what is
-- left out.
--
-- Sources: facts-2026.md N12, N13, N14, which follow series under review in 2026: PCI (v5, June),
-- VFIO (v5), IOMMU (v2); none is merged. The default is what they aim at, where transfers run
-- through the jump (facts.md 6.3 has the sessions of files).
--
-- Belief and truth are separate variables. What kernels believe: phase, file, refs, ids. What is
-- so: master, forwards, isolates, number, entry, named, pasid, memory, restored, irqs. History:
-- streams, to_go.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  DEVICES: 2;
  BRIDGES: 2;   -- from each device to the root: the first has all devices below it
  IDS:     3;   -- of domains; one more than devices, for the next domain of one
  FAULTS:  0;   -- of those that nobody can cure, in one live update

  -- 1 (the VFIO series; N13): a device is reset when it is frozen, and its file is of no use then.
  -- 0 (what it aims at): it goes on.
  RESET:   0;

  PASIDS:  0;   -- 1: devices use them (N14)

type
  device_t: scalarset(DEVICES);
  bridge_t: 1 .. BRIDGES;
  shared_t: 1 .. BRIDGES + 1;   -- the bridges upwards, and the IOMMU
  id_t:     0 .. IDS;           -- 0: no domain, what the device sends is stopped

  -- Behind the first bridge are the devices, behind another one is something else.
  bus_t:    enum { THEIRS, OTHERS };
  number_t: 1 .. 2;

  -- The entry of a device for a PASID: it leads to a process that shares its memory with it.
  pasid_t:  enum { NO_PASID, TO_ITS_PROCESS, ASTRAY };

  phase_t: enum {
    RUNNING,
    FREEZING,   -- reboot() has been called
    RETURNED,   -- and has failed
    JUMPED,     -- the next kernel boots
    FOUND,      -- and has found bridges and devices
    UP          -- and runs, with files that have come along
  };

  file_t: enum {
    CLOSED, OPEN,
    PRESERVED, FROZEN,        -- to go along
    DEAD,                     -- frozen in vain: of no more use
    INCOMING, RETRIEVED,      -- has come along
    LOST                      -- retrieving failed, and is not tried again (facts-2026.md N17)
  };

var
  -- Belief.
  phase:    phase_t;
  file:     array [device_t] of file_t;
  refs:     array [shared_t] of 0 .. DEVICES;   -- how often it is preserved
  ids:      array [id_t] of boolean;            -- in use

  -- Truth.
  master:   array [device_t] of boolean;        -- may send
  forwards: array [bridge_t] of boolean;        -- what comes from below
  isolates: array [bridge_t] of boolean;        -- sends all from below upwards, to the IOMMU (ACS)
  number:   array [bus_t] of number_t;          -- a device is known to the IOMMU by it
  entry:    array [device_t] of id_t;           -- in the IOMMU: the domain
  named:    array [device_t] of number_t;       -- whose entry it is: undefined where there is none
  pasid:    array [device_t] of pasid_t;
  memory:   array [device_t] of enum { NOBODYS, USERS, KERNELS };   -- that its domain leads to
  restored: array [device_t] of boolean;        -- its domain has come along
  irqs:     array [device_t] of boolean;        -- may interrupt
  faults:   0 .. FAULTS;

  -- History. The user has started transfers, and not stopped them; the file was preserved when
  -- reboot() was called, undefined while nobody compares.
  streams:  array [device_t] of boolean;
  to_go:    array [device_t] of boolean;

-- The machine ---------------------------------------------------------------------------------

function reaches_memory(d: device_t): boolean;
begin
  return master[d]
  & (forall b: bridge_t do forwards[b] end)
  & entry[d] != 0
  & named[d] = number[THEIRS];
end;

procedure reset(d: device_t);
begin
  master[d] := false;
  irqs[d] := false;
end;

procedure start_transfers(d: device_t);
begin
  master[d] := true;
  for b: bridge_t do forwards[b] := true; end;
end;

-- Each device has a domain of its own. What the one before led to is left alone.
procedure attach(d: device_t; i: id_t);
begin
  ids[entry[d]] := false;
  ids[i] := true;
  entry[d] := i;
  named[d] := number[THEIRS];
  restored[d] := false;
end;

procedure clear_entry(d: device_t);
begin
  entry[d] := 0;
  undefine named[d];
end;

procedure clear_pasids(d: device_t);
begin
  pasid[d] := NO_PASID;
end;

procedure detach(d: device_t);
begin
  ids[entry[d]] := false;
  clear_entry(d);
  clear_pasids(d);
  memory[d] := NOBODYS;
end;

-- The processes are gone, and so is what their PASIDs led to.
procedure end_processes();
begin
  for d: device_t do
    if pasid[d] = TO_ITS_PROCESS then
      pasid[d] := ASTRAY;
    end;
  end;
end;

-- The tables of the domain that has come along go, and with them what the device still used of it.
procedure free_restored(d: device_t);
begin
  if restored[d] then
    memory[d] := NOBODYS;
  end;
end;

-- What the IOMMU works with has come along, with the memory that it leads to.
procedure carry_over(d: device_t);
begin
  restored[d] := true;
end;

-- What kernels do -----------------------------------------------------------------------------

function is_preserved(d: device_t): boolean;
begin
  return file[d] != CLOSED & file[d] != OPEN;
end;

-- Nothing below reaches its neighbours but by way of the IOMMU.
function is_alone_in_its_group(): boolean;
begin
  return forall b: bridge_t do isolates[b] end;
end;

function is_usable(d: device_t): boolean;
begin
  return file[d] = OPEN | file[d] = PRESERVED | file[d] = RETRIEVED;
end;

function preserved_devices(): 0 .. DEVICES;
  var n: 0 .. DEVICES;
begin
  n := 0;
  for d: device_t do
    if is_preserved(d) then
      n := n + 1;
    end;
  end;
  return n;
end;

-- From the device upwards, as far as this.
procedure hold(last: 0 .. BRIDGES + 1);
begin
  for s: shared_t do
    if s <= last then
      refs[s] := refs[s] + 1;
    end;
  end;
end;

procedure release(last: 0 .. BRIDGES + 1);
begin
  for s: shared_t do
    if s <= last then
      refs[s] := refs[s] - 1;
    end;
  end;
end;

procedure close(d: device_t);
begin
  reset(d);
  detach(d);
  file[d] := CLOSED;
end;

startstate "no device is open"
begin
  phase := RUNNING;
  for i: id_t do ids[i] := false; end;
  for d: device_t do
    entry[d] := 0;
    close(d);
    streams[d] := false;
    undefine to_go[d];
    restored[d] := false;
  end;
  for s: shared_t do refs[s] := 0; end;
  for b: bridge_t do
    forwards[b] := false;
    isolates[b] := true;
  end;
  number[THEIRS] := 1;
  number[OTHERS] := 2;
  faults := 0;
end;

-- A device and its user -----------------------------------------------------------------------

ruleset d: device_t; i: id_t do
  -- facts.md 6.3; N13: what has come along is busy. In the next kernel a native driver may do it.
  -- @code drivers/vfio/device_cdev.c:vfio_device_fops_cdev_open
  rule "user: open a device"
    (phase = RUNNING | phase = UP) & file[d] = CLOSED & i != 0 & !ids[i]
  ==>
  begin
    attach(d, i);
    memory[d] := USERS;
    file[d] := OPEN;
  end;

  -- N14 (facts.md 6.3): the restored domain is replaced.
  -- @code drivers/iommu/iommu.c:iommu_attach_device
  rule "user: attach a new domain in place of the restored one"
    phase = UP & file[d] = RETRIEVED & restored[d] & i != 0 & !ids[i]
  ==>
  begin
    attach(d, i);
  end;
end;

ruleset d: device_t do
  -- facts.md 6.3: a file that is preserved can be used until it is frozen.
  rule "user: start transfers"
    is_usable(d)
  ==>
  begin
    streams[d] := true;
    start_transfers(d);
  end;

  -- facts.md 6.3: the same.
  rule "user: stop transfers"
    is_usable(d) & streams[d]
  ==>
  begin
    streams[d] := false;
    master[d] := false;
  end;

  -- facts.md 6.3: the same. N13: they have to be off when it is frozen.
  rule "user: switch interrupts on or off"
    is_usable(d)
  ==>
  begin
    irqs[d] := !irqs[d];
  end;

  -- N14 (facts.md 6.3): the same; a process shares its memory with the device, or no longer.
  -- @code drivers/iommu/iommu.c:iommu_attach_device_pasid
  rule "user: use a PASID or no longer"
    PASIDS = 1 & is_usable(d)
  ==>
  begin
    pasid[d] := pasid[d] = NO_PASID ? TO_ITS_PROCESS : NO_PASID;
  end;

  -- facts.md 6.3.
  rule "user: close a device"
    file[d] = OPEN
  ==>
  begin
    streams[d] := false;
    close(d);
  end;

  -- N12, N14 (facts.md 6.3): the device, the bridges above it, and the IOMMU, each once for each
  -- device below. It has to be alone in its group, and stay so.
  -- @code drivers/vfio/pci/vfio_pci_liveupdate.c:vfio_pci_liveupdate_preserve, drivers/pci/liveupdate.c:pci_liveupdate_preserve_path, drivers/iommu/liveupdate.c:iommu_preserve_device @holds pci_liveupdate.rwsem(w)
  rule "user: preserve a device"
    phase = RUNNING & file[d] = OPEN & is_alone_in_its_group()
  ==>
  begin
    hold(BRIDGES + 1);
    file[d] := PRESERVED;
  end;

  -- N12 (facts.md 6.3).
  -- @code drivers/vfio/pci/vfio_pci_liveupdate.c:vfio_pci_liveupdate_unpreserve, drivers/pci/liveupdate.c:pci_liveupdate_unpreserve_path @holds pci_liveupdate.rwsem(w)
  rule "user: unpreserve a device"
    phase = RUNNING & file[d] = PRESERVED
  ==>
  begin
    release(BRIDGES + 1);
    file[d] := OPEN;
  end;

  -- N13 (facts.md 6.3): there is nothing else to be done with it.
  -- @code drivers/vfio/pci/vfio_pci_liveupdate.c:vfio_pci_liveupdate_unpreserve
  rule "user: close a device that was frozen in vain"
    phase = RUNNING & file[d] = DEAD
  ==>
  begin
    release(BRIDGES + 1);
    streams[d] := false;
    close(d);
  end;
end;

ruleset d: device_t; s: shared_t do
  -- N12 (facts.md 6.3): no room for the record of what comes next; what is held already is
  -- released.
  -- @code drivers/pci/liveupdate.c:pci_liveupdate_preserve_path @holds pci_liveupdate.rwsem(w)
  rule "machine: preserving fails half-way"
    phase = RUNNING & file[d] = OPEN
  ==>
  begin
    hold(s - 1);
    release(s - 1);
  end;

  -- N12 (facts.md 6.3): it stops at the first error, and nobody goes on from there.
  -- @code drivers/pci/liveupdate.c:pci_liveupdate_unpreserve_path @holds pci_liveupdate.rwsem(w)
  rule "machine: unpreserving fails half-way"
    faults < FAULTS & phase = RUNNING & file[d] = PRESERVED
  ==>
  begin
    faults := faults + 1;
    release(s - 1);
    file[d] := OPEN;
  end;
end;

-- The old kernel ------------------------------------------------------------------------------

-- facts.md 6.3, T4.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize @holds luo_session_serialize_rwsem(w)
rule "user: reboot"
  phase = RUNNING
==>
begin
  for d: device_t do to_go[d] := file[d] = PRESERVED; end;
  phase := FREEZING;
end;

ruleset d: device_t do
  -- N13 (facts.md 6.3, T4): interrupts have to be off.
  -- @code drivers/vfio/pci/vfio_pci_liveupdate.c:vfio_pci_liveupdate_freeze @holds dev_set->lock, vdev->igate, vdev->memory_lock(w)
  rule "old: freeze a device"
    phase = FREEZING & file[d] = PRESERVED & !irqs[d]
  ==>
  begin
    file[d] := FROZEN;
    if RESET = 1 then
      reset(d);
    end;
  end;
end;

-- facts.md 6.3, T4; N13, N7: interrupts are on, the device cannot be locked, or kexec comes back.
-- What was frozen is as before, unless it has been reset.
-- @code kernel/liveupdate/luo_session.c:luo_session_serialize, drivers/vfio/pci/vfio_pci_liveupdate.c:vfio_pci_liveupdate_freeze
rule "machine: freezing fails"
  phase = FREEZING
==>
begin
  for d: device_t do
    if file[d] = FROZEN then
      file[d] := RESET = 1 ? DEAD : PRESERVED;
    end;
  end;
  phase := RETURNED;
end;

-- facts.md 6.3, T4.
rule "user: reboot() has failed"
  phase = RETURNED
==>
begin
  for d: device_t do undefine to_go[d]; end;
  phase := RUNNING;
end;

-- facts.md 4.4, 6.3; N12, N14: whatever is not preserved may not send any more, and its entries in
-- the IOMMU are cleared, also those of preserved devices but for the first, which is for what they
-- send without a PASID. What is not kept is free memory of the next kernel, and so is what it knew;
-- the IOMMU works on with what it has.
-- @code drivers/pci/pci-driver.c:pci_device_shutdown, drivers/iommu/intel/iommu.c:intel_iommu_shutdown, drivers/iommu/intel/iommu.c:__maybe_clean_unpreserved_context_entries, drivers/iommu/intel/liveupdate.c:pasid_cleanup_preserved_table
rule "old: jump"
  phase = FREEZING & forall d: device_t do file[d] != PRESERVED end
==>
begin
  for d: device_t do
    undefine to_go[d];
    clear_pasids(d);
    if file[d] = FROZEN then
      file[d] := INCOMING;
      carry_over(d);
    else
      clear_entry(d);
      reset(d);
      streams[d] := false;
      memory[d] := NOBODYS;
      file[d] := CLOSED;
    end;
  end;
  for b: bridge_t do
    if refs[b] = 0 then
      forwards[b] := false;
    end;
  end;
  for i: id_t do ids[i] := false; end;
  end_processes();
  phase := JUMPED;
end;

-- The next kernel -----------------------------------------------------------------------------

-- N12 (facts.md 6.3): before the IOMMU is set up. Bridges that are preserved keep their access
-- control, and while anything is preserved all bridges keep their bus numbers: one that got a new
-- one might get that of another. Otherwise both are as the command line says, and as they are found.
ruleset theirs_first: boolean; shares: 0 .. BRIDGES do
  -- N12 (facts.md 6.3).
  -- @code drivers/pci/probe.c:pci_scan_bridge_extend, drivers/pci/pci.c:pci_enable_acs, drivers/pci/liveupdate.c:pci_liveupdate_setup_device @holds pci_liveupdate.rwsem(r)
  rule "new: find the bridges"
    phase = JUMPED
  ==>
  begin
    for b: bridge_t do
      if refs[b] = 0 then
        isolates[b] := b != shares;
      end;
    end;
    if forall s: shared_t do refs[s] = 0 end then
      number[THEIRS] := theirs_first ? 1 : 2;
      number[OTHERS] := theirs_first ? 2 : 1;
    end;
    phase := FOUND;
  end;
end;

-- N14 (facts.md 6.3): the ids of what has come along are taken.
-- @code drivers/iommu/intel/liveupdate.c:intel_iommu_liveupdate_restore_root_table
rule "new: take over the IOMMU"
  phase = FOUND
==>
begin
  for d: device_t do
    if file[d] = INCOMING then
      ids[entry[d]] := true;
    end;
  end;
  phase := UP;
end;

ruleset d: device_t do
  -- facts.md 6.1: what is not preserved is free, as is what a domain led to that is gone.
  rule "kernel: use memory that is nobody's"
    memory[d] = NOBODYS
  ==>
  begin
    memory[d] := KERNELS;
  end;

  -- N13 (facts.md 6.3).
  -- @code drivers/vfio/pci/vfio_pci_liveupdate.c:vfio_pci_liveupdate_retrieve
  rule "user: retrieve a device"
    phase = UP & file[d] = INCOMING
  ==>
  begin
    file[d] := RETRIEVED;
  end;

  -- N13, N17 (facts.md 6.3): it is not tried again.
  -- @code drivers/vfio/pci/vfio_pci_liveupdate.c:vfio_pci_liveupdate_retrieve
  rule "machine: retrieving fails"
    faults < FAULTS & phase = UP & file[d] = INCOMING
  ==>
  begin
    faults := faults + 1;
    file[d] := LOST;
  end;

  -- N13, N14 (facts.md 6.3): not before it is retrieved, and has a domain of its own. The bridges
  -- are given up, and the domain that has come along.
  -- @code drivers/vfio/pci/vfio_pci_liveupdate.c:vfio_pci_liveupdate_can_finish, drivers/vfio/pci/vfio_pci_liveupdate.c:vfio_pci_liveupdate_finish, drivers/pci/liveupdate.c:pci_liveupdate_finish @holds pci_liveupdate.rwsem(w)
  rule "user: finish"
    phase = UP & file[d] = RETRIEVED & !restored[d]
  ==>
  begin
    free_restored(d);
    release(BRIDGES + 1);
    file[d] := OPEN;
  end;
end;

-- No fact changes here, only the names (facts.md 6.3).
rule "machine: the next kernel is the old one of the next live update"
  phase = UP & forall d: device_t do !is_preserved(d) end
==>
begin
  phase := RUNNING;
  faults := 0;
end;

-- What must hold ------------------------------------------------------------------------------

-- Nor may a device that does not send yet.
invariant "transfers stay in the memory of the device's user"
  forall d: device_t do
    isundefined(named[d]) = (entry[d] = 0) & (entry[d] != 0 -> memory[d] = USERS)
  end;

invariant "a PASID leads to the process that shares its memory"
  forall d: device_t do pasid[d] != ASTRAY & (pasid[d] = TO_ITS_PROCESS -> entry[d] != 0) end;

-- Groups that split or merge under a device would take its domain away, or share it.
invariant "a device that is preserved is alone in its group"
  forall d: device_t do is_preserved(d) -> forall b: bridge_t do isolates[b] end end;

-- What one device sends would be taken for another's.
invariant "no two buses have one number"
  number[THEIRS] != number[OTHERS];

-- One id, one translation: what the IOMMU remembers of one would be used for the other.
invariant "no two devices have one domain id"
  forall d: device_t do
    forall e: device_t do d != e & entry[d] != 0 -> entry[d] != entry[e] end
  end;

invariant "no domain id and no memory is kept for nobody"
  (forall i: id_t do ids[i] -> i != 0 & exists d: device_t do entry[d] = i end end)
  & (forall d: device_t do memory[d] = USERS -> file[d] != CLOSED end);

invariant "what has come along is given up when a device is finished"
  forall d: device_t do
    restored[d] -> file[d] = INCOMING | file[d] = RETRIEVED | file[d] = LOST
  end;

-- A bridge that is preserved once too often is never let go, and one that is so too rarely is
-- switched off above a device that sends.
invariant "bridges and the IOMMU are preserved once for each device below"
  forall s: shared_t do refs[s] = preserved_devices() end;

-- What live update is for; and what nobody has started stays still.
invariant "transfers go on until their user stops them"
  forall d: device_t do
    (RESET = 0 & streams[d] -> reaches_memory(d)) & (master[d] -> streams[d])
  end;

invariant "no device interrupts a kernel that has no handler for it"
  forall d: device_t do irqs[d] -> is_usable(d) end;

invariant "a reboot that does not take place leaves the files as they were"
  phase = RETURNED -> forall d: device_t do (file[d] = PRESERVED) = to_go[d] end;

liveness "every live update can still end"
  phase = RUNNING & forall d: device_t do file[d] = CLOSED end;

cover "transfers run through the jump"
  RESET = 1 | phase = JUMPED & exists d: device_t do reaches_memory(d) end;
cover "one device sends through the jump, the other may not"
  RESET = 1 | DEVICES = 1
  | phase = JUMPED
  & (exists d: device_t do reaches_memory(d) end)
  & (exists d: device_t do entry[d] = 0 & memory[d] = KERNELS end);
cover "a device of another command line is not alone in its group"
  phase = RUNNING & number[THEIRS] = 1 & exists d: device_t do file[d] = OPEN & !isolates[1] end;
cover "a bridge further up does not isolate"
  BRIDGES = 1 | phase = RUNNING & exists d: device_t do file[d] = OPEN & isolates[1] & !isolates[BRIDGES] end;
cover "a device sends by another bus number"
  exists d: device_t do reaches_memory(d) & number[THEIRS] = 2 end;
cover "a device that is preserved shares the memory of a process"
  PASIDS = 0 | exists d: device_t do file[d] = FROZEN & pasid[d] = TO_ITS_PROCESS end;
cover "a reboot does not take place"
  RESET = 1 | phase = RETURNED & exists d: device_t do to_go[d] end;
cover "all devices are preserved"
  preserved_devices() = DEVICES;
cover "one is frozen, the other interrupts"
  DEVICES = 1
  | (exists d: device_t do file[d] = FROZEN end)
  & (exists d: device_t do file[d] = PRESERVED & irqs[d] end);
cover "a device is opened while another has come along"
  DEVICES = 1
  | (exists d: device_t do file[d] = INCOMING end)
  & (exists d: device_t do phase = UP & file[d] = OPEN end);
cover "a retrieved device sends by a domain of its own"
  exists d: device_t do file[d] = RETRIEVED & !restored[d] & reaches_memory(d) end;
cover "a live update ends, and transfers have gone on"
  RESET = 1 | phase = UP & (forall d: device_t do !is_preserved(d) end)
  & exists d: device_t do streams[d] end;

function standing_still(): 0 .. DEVICES;
  var n: 0 .. DEVICES;
begin
  n := 0;
  for d: device_t do
    if streams[d] & !reaches_memory(d) then
      n := n + 1;
    end;
  end;
  return n;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "devices whose transfers stand still"
  standing_still();
