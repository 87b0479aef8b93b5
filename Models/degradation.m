-- How much of a large machine stays with its users while the kernel is swapped node by node.
--
-- The proposal's figures: 50 % of a machine with two CPUs is away for a moment, but only 1/32, or
-- 3 %, of one with 512 CPUs in 32 nodes, if the new kernels come up on one node at a time. The
-- nodes are alike, so it is enough to count them. What happens within a node is the matter of
-- hotswap.m.
--
-- `measure` is an extension of swapcheck. Without that line the file is plain Murphi.
--
-- Expect: holds

const
  NODES:     32;
  NODE_CPUS: 16;
  AT_ONCE:   1;    -- nodes that may be away at the same time

type
  node_count_t: 0 .. NODES;
  away_count_t: 0 .. AT_ONCE;

var
  on_old: node_count_t;   -- run the old kernel
  away:   away_count_t;   -- run neither
  on_new: node_count_t;   -- run the new kernel

  -- History: on how many a new kernel has come up in this swap.
  came_up: node_count_t;

function serving_cpus(): 0 .. NODES * NODE_CPUS;
begin
  return (on_old + on_new) * NODE_CPUS;
end;

startstate "all nodes run the old kernel"
begin
  on_old := NODES;
  away := 0;
  on_new := 0;
  came_up := 0;
end;

rule "old: leave a node"
  on_old > 0 & away < AT_ONCE
==>
begin
  on_old := on_old - 1;
  away := away + 1;
end;

rule "new: come up on a node"
  away > 0
==>
begin
  away := away - 1;
  on_new := on_new + 1;
  came_up := came_up + 1;
end;

rule "machine: the new kernel is the old one of the next swap"
  on_new = NODES
==>
begin
  on_old := NODES;
  on_new := 0;
  came_up := 0;
end;

invariant "no node is lost"
  on_old + away + on_new = NODES;

invariant "at most AT_ONCE nodes are away"
  serving_cpus() >= (NODES - AT_ONCE) * NODE_CPUS;

invariant "a node is away once in a swap"
  on_new = came_up;

liveness "every swap can still end"
  on_new = NODES;

cover "half-way"
  on_old > 0 & on_new > 0;

-- 512 at most and 496 at least.
measure "CPUs serving users"
  serving_cpus();
