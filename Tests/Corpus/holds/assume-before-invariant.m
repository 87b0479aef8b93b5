-- An invariant is not asked about a state that an assumption drops.
-- expect: holds
-- states: 3
-- rules: 6
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1 end;
rule "zero" begin x := 0 end;

invariant "would fail" x != 3;
assume "but is dropped" x != 3;
