-- A top-level cover that no state satisfies.
-- expect: violated "never"
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 2 ==> begin x := x + 1 end;
rule "zero" begin x := 0 end;

cover "reached" x = 2;
cover "never" x = 3;
