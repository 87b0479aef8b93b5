-- Semicolons are needed between statements only.
-- expect: holds
-- states: 4
-- rules: 8
-- judge: rumur

const n : 1
type t : 0..n u : t
var x : t y : u
function f() : t begin return 1 end
procedure g() begin end
startstate x := 0; y := f(); g() end
rule "z" begin x := 1 - x end
invariant true
ruleset i : t do rule "q" x = i ==> y := i end end
