-- Without the deadlock check an end state is fine.
-- expect: holds
-- states: 4
-- rules: 3
-- option: --deadlock off
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1 end;
