-- Rules that change nothing are fired too.
-- expect: holds
-- states: 2
-- rules: 6
-- judge: rumur

var x : 0..1;

startstate begin x := 0 end;

rule "same" begin x := x end;
rule "flip" begin x := 1 - x end;
rule begin end;
