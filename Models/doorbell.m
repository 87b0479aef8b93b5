-- Doorbells: how one kernel wakes a worker of another one. A bit is set in memory that both see,
-- and a bare interrupt makes the other kernel look through all doorbells.
--
-- The interrupt says nothing of what it is for, and several of them become one. So a wake-up is
-- lost where somebody looks before the bit is set, or clears the bit after it has looked.
-- doorbell/README.md says what is left out.
--
-- Sources: facts-2026.md N23, which follows github.com/multikernel/linux, kernel/multikernel:
-- doorbell.c@b5dcf237, virtio_host.c@7f859d76 (facts.md 6.4 has the rest of multikernel).
--
-- What the two kernels share is work, pending, ipi. The producer has step; the rest is the other
-- kernel's.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  BELLS: 2;
  WORK:  1;   -- items that a queue holds
  STOPS: 1;   -- 0: backends are always there

type
  bell_t: scalarset(BELLS);

  step_t: enum {
    REST,
    POSTED,   -- an item is in the queue
    MARKED    -- and the bit is set
  };

  worker_t: enum {
    ASLEEP,
    AWAKE,
    LEAVING   -- it has found its queue empty
  };

var
  -- Shared.
  work:    array [bell_t] of 0 .. WORK;   -- posted, and not handled
  pending: array [bell_t] of boolean;
  ipi:     boolean;                       -- an interrupt is on its way; a second one makes no more

  -- The producer's.
  step:    array [bell_t] of step_t;

  -- The interrupt handler's.
  scanning: boolean;
  to_scan:  array [bell_t] of boolean;
  fetched:  array [bell_t] of boolean;    -- the bit was set, and nobody has been woken yet

  -- The workers'.
  started: array [bell_t] of boolean;     -- there is a backend
  queued:  array [bell_t] of boolean;     -- it is to run
  worker:  array [bell_t] of worker_t;

startstate "nothing to do"
begin
  for b: bell_t do
    work[b] := 0;
    pending[b] := false;
    step[b] := REST;
    to_scan[b] := false;
    fetched[b] := false;
    started[b] := true;
    queued[b] := false;
    worker[b] := ASLEEP;
  end;
  ipi := false;
  scanning := false;
end;

-- The kernel that has work to give ------------------------------------------------------------

ruleset b: bell_t do
  -- N23 (facts.md 6.4). It does not know whether there is a backend.
  rule "producer: post an item"
    step[b] = REST & work[b] < WORK
  ==>
  begin
    work[b] := work[b] + 1;
    step[b] := POSTED;
  end;

  -- N23 (facts.md 6.4).
  -- @code kernel/multikernel/virtio_host.c:mk_virtio_hdev_call
  rule "producer: set the bit"
    step[b] = POSTED
  ==>
  begin
    pending[b] := true;
    step[b] := MARKED;
  end;

  -- N23 (facts.md 6.4).
  -- @code kernel/multikernel/virtio_host.c:mk_virtio_hdev_call, kernel/multikernel/doorbell.c:mk_doorbell_ring
  rule "producer: ring"
    step[b] = MARKED
  ==>
  begin
    ipi := true;
    step[b] := REST;
  end;
end;

-- The kernel that is rung ---------------------------------------------------------------------

-- N23 (facts.md 6.4). One that comes while the handler runs is taken after it.
-- @code kernel/multikernel/doorbell.c:mk_doorbell_scan_all
rule "cpu: take the interrupt"
  ipi & !scanning
==>
begin
  ipi := false;
  scanning := true;
  for b: bell_t do to_scan[b] := true; end;
end;

ruleset b: bell_t do
  -- N23 (facts.md 6.4): xchg.
  -- @code kernel/multikernel/virtio_host.c:mk_virtio_host_scan @holds rcu_read_lock
  rule "handler: fetch and clear the bit"
    scanning & to_scan[b]
  ==>
  begin
    to_scan[b] := false;
    fetched[b] := pending[b];
    pending[b] := false;
  end;

  -- N23 (facts.md 6.4). Where there is no backend, nobody is woken, and the bit is cleared all the
  -- same.
  -- @code kernel/multikernel/virtio_host.c:mk_virtio_host_scan @holds rcu_read_lock
  rule "handler: wake the worker"
    fetched[b]
  ==>
  begin
    fetched[b] := false;
    if started[b] then
      queued[b] := true;
    end;
  end;
end;

-- N23 (facts.md 6.4).
-- @code kernel/multikernel/doorbell.c:mk_doorbell_scan_all
rule "handler: all are scanned"
  scanning & forall b: bell_t do !to_scan[b] & !fetched[b] end
==>
begin
  scanning := false;
end;

ruleset b: bell_t do
  -- N23 (facts.md 6.4): as a work of a queue; woken while it runs, it runs again.
  rule "worker: begin"
    queued[b] & worker[b] = ASLEEP
  ==>
  begin
    queued[b] := false;
    worker[b] := AWAKE;
  end;

  -- N23 (facts.md 6.4).
  rule "worker: handle an item"
    worker[b] = AWAKE & work[b] > 0
  ==>
  begin
    work[b] := work[b] - 1;
  end;

  -- N23 (facts.md 6.4).
  rule "worker: the queue is empty"
    worker[b] = AWAKE & work[b] = 0
  ==>
  begin
    worker[b] := LEAVING;
  end;

  -- N23 (facts.md 6.4).
  rule "worker: go to sleep"
    worker[b] = LEAVING
  ==>
  begin
    worker[b] := ASLEEP;
  end;

  -- N23 (facts.md 6.4). The handler is waited for (synchronize_rcu), and the worker.
  -- @code kernel/multikernel/virtio_host.c:mk_virtio_hdev_stop, kernel/multikernel/virtio_host.c:mk_virtio_unregister_backend @holds mk_virtio_mutex
  rule "backend: stop"
    STOPS = 1 & started[b] & !fetched[b] & worker[b] = ASLEEP
  ==>
  begin
    started[b] := false;
    queued[b] := false;
  end;

  -- N23 (facts.md 6.4). Hole: what was posted while there was no backend. The bit may be gone, so
  -- the queue is looked at.
  -- @code kernel/multikernel/virtio_host.c:mk_virtio_hdev_ctrl, kernel/multikernel/virtio_host.c:mk_virtio_register_backend @holds mk_virtio_mutex
  rule "backend: start"
    !started[b]
  ==>
  begin
    started[b] := true;
    queued[b] := true;
  end;
end;

-- What must hold ------------------------------------------------------------------------------

-- Otherwise a wake-up is lost: the item waits until another one is posted.
invariant "work that waits is known to somebody"
  forall b: bell_t do
    started[b] & work[b] > 0 & step[b] = REST ->
    queued[b] | worker[b] = AWAKE | fetched[b] | (pending[b] & (ipi | (scanning & to_scan[b])))
  end;

invariant "nobody works where there is no backend"
  forall b: bell_t do queued[b] | worker[b] != ASLEEP -> started[b] end;

invariant "doorbells are looked at by the handler alone"
  (exists b: bell_t do to_scan[b] | fetched[b] end) -> scanning;

liveness "all work can still be done"
  !ipi & !scanning
  & forall b: bell_t do
    work[b] = 0 & step[b] = REST & !pending[b] & !queued[b] & worker[b] = ASLEEP
  end;

cover "it rings while the handler runs"
  ipi & scanning;
cover "a bit is set behind the handler"
  exists b: bell_t do scanning & !to_scan[b] & pending[b] end;
cover "one interrupt is for two"
  BELLS = 1 | ipi & !scanning & forall b: bell_t do pending[b] & step[b] = REST end;
cover "an interrupt finds nothing"
  scanning & forall b: bell_t do !pending[b] & !fetched[b] & to_scan[b] end;
cover "a worker is woken while it runs"
  exists b: bell_t do queued[b] & worker[b] = AWAKE end;
cover "work comes when a worker has looked"
  exists b: bell_t do work[b] > 0 & worker[b] = LEAVING end;
cover "work waits where there is no backend, and the bit is gone"
  STOPS = 0 | exists b: bell_t do
    !started[b] & work[b] > 0 & step[b] = REST & !pending[b] & !fetched[b]
  end;
cover "a queue is full"
  exists b: bell_t do work[b] = WORK end;

function waiting_items(): 0 .. BELLS * WORK;
  var n: 0 .. BELLS * WORK;
begin
  n := 0;
  for b: bell_t do
    if worker[b] != AWAKE then
      n := n + work[b];
    end;
  end;
  return n;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "items that nobody is working on"
  waiting_items();
