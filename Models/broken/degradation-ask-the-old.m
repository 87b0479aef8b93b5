-- Broken on purpose: a new kernel gets the facts about the hardware from one that still runs the old
-- kernel, and goes back if there is none. The last node's never comes up.
--
-- Why somebody might do it: the proposal has an old kernel as the leader. Its role has to move.
--
-- Violates only: liveness "every swap can still end".
--
-- The rest is degradation.m, whose comments describe the sound protocol.

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

function serving_cpus(): 0 .. NODES * NODE_CPUS;
begin
  return (on_old + on_new) * NODE_CPUS;
end;

startstate "all nodes run the old kernel"
begin
  on_old := NODES;
  away := 0;
  on_new := 0;
end;

rule "old: leave a node"
  on_old > 0 & away < AT_ONCE
==>
begin
  on_old := on_old - 1;
  away := away + 1;
end;

rule "new: come up on a node"
  away > 0 & on_old > 0   -- Changed: the latter is new.
==>
begin
  away := away - 1;
  on_new := on_new + 1;
end;

-- Changed: the rule is new.
rule "old: take a node back"
  away > 0
==>
begin
  away := away - 1;
  on_old := on_old + 1;
end;

rule "machine: the new kernel is the old one of the next swap"
  on_new = NODES
==>
begin
  on_old := NODES;
  on_new := 0;
end;

invariant "no node is lost"
  on_old + away + on_new = NODES;

invariant "at most AT_ONCE nodes are away"
  serving_cpus() >= (NODES - AT_ONCE) * NODE_CPUS;

liveness "every swap can still end"
  on_new = NODES;

cover "half-way"
  on_old > 0 & on_new > 0;

-- 512 at most and 496 at least.
measure "CPUs serving users"
  serving_cpus();
