-- A loop that never ends.
-- expect: error
-- judge: none, the reference tool does not return

var x : 0..3;

startstate begin x := 0 end;

rule "spin" begin while x < 3 do x := 0 end end;
