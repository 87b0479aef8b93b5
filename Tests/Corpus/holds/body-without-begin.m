-- Without declarations a body needs no begin, if a guard or a name's expression cannot swallow it.
-- expect: holds
-- states: 3
-- rules: 6
-- judge: rumur

var x : 0..2;

startstate x := 0 end;

rule "up" x < 2 ==> x := x + 1 end;
rule x = 2 ==> x := 0 end;
rule if x = 1 then x := 2 end end;
