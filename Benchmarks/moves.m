-- Processes move from one kernel to another in one memory, as in Models/regions.m but more of them, in the
-- one layout that the assumptions allow: what symbolic constants cost when there is nothing to find out
-- about them. symbolic.py measures it against the same model with constants.

const
  PROCESSES: 6;

type
  proc_t: 1 .. PROCESSES;
  place_t: enum { AT_HOME, COPIED, MOVED };

symbolic
  ram: address;
  old_base, old_size: address;
  new_base, new_size: address;
  pool_base, pool_size: address;   -- memory that both kernels take and give back
  need: array [proc_t] of address;

assume "one layout"
  ram = 4GiB & old_base = 16MiB & old_size = 64MiB & new_base = 2GiB & new_size = 96MiB
  & pool_base = 1GiB & pool_size = 32MiB;

ruleset q: proc_t do
  assume "processes" need[q] = 4MiB * q;
end;

var
  place: array [proc_t] of place_t;
  freed: array [proc_t] of boolean;
  rank: array [proc_t] of 0 .. PROCESSES;
  old_pool, new_pool: boolean;

function home(q: proc_t): address;
  var
    base: address;
begin
  base := old_base + old_size;
  for other: proc_t do
    if other < q then
      base := base + need[other];
    end;
  end;
  return base;
end;

function grown(): address;
  var
    sum: address;
begin
  sum := 0;
  for q: proc_t do
    if place[q] != AT_HOME then
      sum := sum + need[q];
    end;
  end;
  return sum;
end;

function copied(): 0 .. PROCESSES;
  var
    count: 0 .. PROCESSES;
begin
  count := 0;
  for q: proc_t do
    if place[q] != AT_HOME then
      count := count + 1;
    end;
  end;
  return count;
end;

-- Where the copy of a process lies, or would.
function copy(q: proc_t): address;
  var
    base: address;
begin
  base := new_base + new_size;
  for other: proc_t do
    if rank[other] > 0 & (rank[q] = 0 | rank[other] < rank[q]) then
      base := base + need[other];
    end;
  end;
  return base;
end;

function apart(base: address; size: address; other: address; length: address): boolean;
begin
  return base + size <= other | other + length <= base;
end;

function is_free(base: address; size: address): boolean;
begin
  return apart(base, size, old_base, old_size)
  & apart(base, size, new_base, new_size + grown())
  & (forall q: proc_t do freed[q] | apart(base, size, home(q), need[q]) end);
end;

startstate "all is the old kernel's"
begin
  for q: proc_t do
    place[q] := AT_HOME;
    freed[q] := false;
    rank[q] := 0;
  end;
  old_pool := false;
  new_pool := false;
end;

ruleset q: proc_t do
  rule "copy"
    place[q] = AT_HOME & copy(q) + need[q] <= ram & is_free(copy(q), need[q])
  ==>
  begin
    rank[q] := copied() + 1;
    place[q] := COPIED;
  end;

  rule "run"
    place[q] = COPIED
  ==>
  begin
    place[q] := MOVED;
  end;

  rule "free"
    place[q] = MOVED & !freed[q]
  ==>
  begin
    freed[q] := true;
  end;
end;

rule "old: take"
  !old_pool & !new_pool & is_free(pool_base, pool_size)
==>
begin
  old_pool := true;
end;

rule "old: give back"
  old_pool
==>
begin
  old_pool := false;
end;

rule "new: take"
  !old_pool & !new_pool & is_free(pool_base, pool_size)
==>
begin
  new_pool := true;
end;

rule "new: give back"
  new_pool
==>
begin
  new_pool := false;
end;

invariant "the new kernel grows within memory"
  new_base + new_size + grown() <= ram;

invariant "copies keep apart from what is still at home"
  forall q: proc_t do
    place[q] != AT_HOME
    -> forall other: proc_t do freed[other] | apart(copy(q), need[q], home(other), need[other]) end
  end;
