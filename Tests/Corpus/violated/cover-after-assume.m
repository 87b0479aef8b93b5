-- A top-level cover does not see states that an assumption drops.
-- expect: violated "dropped"
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1 end;
rule "zero" begin x := 0 end;

cover "dropped" x = 3;
assume "not three" x != 3;
