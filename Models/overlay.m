-- Overlays: several resources are handed to a kernel beside the host in one transaction, or taken
-- back.
--
-- A transaction is a list of operations, which are applied in order. When one fails, those before
-- it stay, and the transaction is marked; to remove it undoes the operations in reverse. An
-- operation may be answered late, when it counts as failed. overlay/README.md says what is left
-- out.
--
-- Sources: facts-2026.md N24, which follows github.com/multikernel/linux,
-- kernel/multikernel/overlay.c@14213ee5 (facts.md 6.4 f is an earlier version of it). How the tree
-- undoes is a reading of the code, a patch in overlay/hypotheses; the default is a protocol that
-- holds.
--
-- What the host believes: status, reached, waiting, asked. What is so: has, wire, about.
--
-- Comments that begin with "Hole" settle what the sources leave open.
--
-- Expect: holds

const
  OPS: 3;   -- memory, a CPU that parks in it, a device

type
  op_t:   1 .. OPS;
  wire_t: enum { EMPTY, ASK_ADD, ASK_REMOVE, DONE, REFUSED, ABSENT };

var
  status:  enum { NOTHING, APPLYING, APPLIED, FAILED, ROLLING };
  reached: 0 .. OPS;                  -- the last operation that was tried, and is not undone
  waiting: boolean;                   -- somebody waits for the answer
  asked:   op_t;                      -- about this; undefined where nobody waits
  has:     array [op_t] of boolean;   -- the other kernel has it

  -- The request that is under way, or its answer, and what it is about; undefined where there is
  -- none.
  wire:    wire_t;
  about:   op_t;

-- CPUs of the pool wait in its memory.
procedure give(o: op_t);
begin
  assert "what is given has something to wait in" o = 1 | has[o - 1];
  has[o] := true;
end;

procedure take(o: op_t);
begin
  assert "nobody waits in what is taken" o = OPS | !has[o + 1];
  has[o] := false;
end;

procedure wait_no_longer();
begin
  waiting := false;
  undefine asked;
end;

procedure ask(what: wire_t; o: op_t);
begin
  assert "one request at a time is under way" wire = EMPTY;
  wire := what;
  about := o;
  waiting := true;
  asked := o;
end;

procedure hear();
begin
  assert "what is heard is an answer" wire = DONE | wire = REFUSED | wire = ABSENT;
  wire := EMPTY;
  undefine about;
  wait_no_longer();
end;

startstate "no transaction"
begin
  status := NOTHING;
  reached := 0;
  for o: op_t do has[o] := false; end;
  wire := EMPTY;
  undefine about;
  wait_no_longer();
end;

-- N24 (facts.md 6.4).
-- @code kernel/multikernel/overlay.c:mk_overlay_new_write, kernel/multikernel/overlay.c:mk_overlay_apply @holds mk_overlay_mutex
rule "user: write an overlay"
  status = NOTHING
==>
begin
  status := APPLYING;
end;

-- N24 (facts.md 6.4), in order. It has been tried from now on.
-- @code kernel/multikernel/overlay.c:mk_overlay_run_op, kernel/multikernel/overlay.c:mk_overlay_walk_fragment @holds mk_overlay_mutex
rule "host: ask for the next operation"
  status = APPLYING & !waiting
==>
begin
  reached := reached + 1;
  ask(ASK_ADD, reached);
end;

-- N24 (facts.md 6.4).
-- @code kernel/multikernel/overlay.c:mk_overlay_apply @holds mk_overlay_mutex
rule "host: hear that an operation is done"
  status = APPLYING & waiting & wire = DONE
==>
begin
  hear();
  if reached = OPS then
    status := APPLIED;
  end;
end;

-- facts.md 6.4.
-- @code kernel/multikernel/hotplug.c:mk_do_cpu_add, kernel/multikernel/hotplug.c:mk_do_mem_add, kernel/multikernel/hotplug.c:mk_do_device_add
rule "instance: add what is asked for"
  wire = ASK_ADD
==>
begin
  give(about);
  wire := DONE;
end;

-- facts.md 6.4. Where it has nothing of the kind, it says so.
-- @code kernel/multikernel/hotplug.c:mk_do_cpu_remove, kernel/multikernel/hotplug.c:mk_do_mem_remove, kernel/multikernel/hotplug.c:mk_do_device_remove
rule "instance: remove what is asked for"
  wire = ASK_REMOVE
==>
begin
  if has[about] then
    take(about);
    wire := DONE;
  else
    wire := ABSENT;
  end;
end;

-- facts.md 6.4.
-- @code kernel/multikernel/hotplug.c:mk_do_cpu_add, kernel/multikernel/hotplug.c:mk_do_cpu_remove
rule "instance: refuse"
  wire = ASK_ADD | wire = ASK_REMOVE
==>
begin
  wire := REFUSED;
end;

-- N24 (facts.md 6.4): the transaction stays, and is marked.
-- @code kernel/multikernel/overlay.c:mk_overlay_apply, kernel/multikernel/overlay.c:mk_overlay_rmdir @holds mk_overlay_mutex
rule "host: hear that it is refused"
  waiting & wire = REFUSED
==>
begin
  hear();
  status := FAILED;
end;

-- N20, N24 (facts.md 6.4): after ten seconds. The request is still under way.
-- @code kernel/multikernel/messaging.c:mk_msg_pending_wait, kernel/multikernel/overlay.c:mk_overlay_apply, kernel/multikernel/overlay.c:mk_overlay_rmdir
rule "host: wait no longer"
  waiting
==>
begin
  wait_no_longer();
  status := FAILED;
end;

-- facts.md 6.4 (a).
-- @code kernel/multikernel/messaging.c:mk_msg_pending_complete
rule "host: drop a late answer"
  !waiting & (wire = DONE | wire = REFUSED | wire = ABSENT)
==>
begin
  hear();
end;

-- N24 (facts.md 6.4).
-- @code kernel/multikernel/overlay.c:mk_overlay_rmdir @holds mk_overlay_mutex
rule "user: remove the transaction"
  status = APPLIED | status = FAILED
==>
begin
  status := ROLLING;
end;

-- N24 (facts.md 6.4), in reverse. Hole: it begins with the last operation that was tried, whether
-- it succeeded or not; and what is under way is answered first.
-- @code kernel/multikernel/overlay.c:mk_overlay_parse_and_rollback, kernel/multikernel/overlay.c:mk_overlay_walk_fragment @holds mk_overlay_mutex
rule "host: ask for something back"
  status = ROLLING & !waiting & wire = EMPTY & reached > 0
==>
begin
  ask(ASK_REMOVE, reached);
end;

-- N24 (facts.md 6.4). Hole: that there is nothing to be undone counts as success.
-- @code kernel/multikernel/overlay.c:mk_overlay_run_op @holds mk_overlay_mutex
rule "host: hear that an operation is undone"
  status = ROLLING & waiting & (wire = DONE | wire = ABSENT)
==>
begin
  hear();
  reached := reached - 1;
end;

-- N24 (facts.md 6.4).
-- @code kernel/multikernel/overlay.c:mk_overlay_rmdir
rule "host: forget the transaction"
  status = ROLLING & reached = 0
==>
begin
  status := NOTHING;
end;

-- What must hold ------------------------------------------------------------------------------

-- What nobody has a transaction for, nobody can take back.
invariant "what is handed over belongs to a transaction"
  forall o: op_t do has[o] -> o <= reached end
  & (status = NOTHING -> reached = 0 & wire = EMPTY);

invariant "an overlay that is applied has handed over everything"
  status = APPLIED -> forall o: op_t do has[o] end;

invariant "who waits is answered about what was asked for"
  isundefined(asked) = !waiting
  & isundefined(about) = (wire = EMPTY)
  & (waiting -> wire != EMPTY & about = asked & (status = APPLYING | status = ROLLING));

liveness "every transaction can be taken back"
  status = NOTHING & forall o: op_t do !has[o] end;

cover "it is applied"
  status = APPLIED;
cover "it fails half-way"
  status = FAILED & wire = EMPTY & has[1] & !has[OPS];
cover "it fails, and what failed comes after all"
  status = FAILED & wire = DONE & has[about];
cover "it is rolled back, and what is under way is answered first"
  status = ROLLING & !waiting & wire = ASK_ADD;
cover "an operation is refused"
  waiting & wire = REFUSED & !has[about];
cover "something is not given back"
  waiting & wire = REFUSED & has[about];
cover "there is nothing to be undone"
  waiting & wire = ABSENT;
cover "it is rolled back half-way, and has failed again"
  status = FAILED & wire = EMPTY & reached > 0 & reached < OPS & has[reached] & !has[reached + 1];
cover "something is undone late"
  status = FAILED & wire = DONE & !has[about];

function handed_over(): 0 .. OPS;
  var n: 0 .. OPS;
begin
  n := 0;
  for o: op_t do n := n + (has[o] ? 1 : 0); end;
  return n;
end;

-- `measure` is an extension of swapcheck. Without what follows the file is plain Murphi.
measure "resources handed over"
  handed_over();
