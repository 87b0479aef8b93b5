-- Declarations, functions, rules and properties may come in any order as long as names come first.
-- expect: holds
-- states: 6
-- rules: 8
-- judge: rumur

const n : 2;
var x : 0..n;
startstate begin x := n end;
invariant "early" x <= n;
type t : 0..1;
rule "down" x > 0 ==> begin x := x - 1 end;
function up(v : t) : 0..n; begin return v + 1 end;
var y : t;
rule "up" x < n ==> begin x := up(x); y := 0 end;
const m : n + 1;
cover "late" x < m;
