-- Rules, start states and invariants may share one name, and need none.
-- expect: holds
-- states: 3
-- rules: 9
-- judge: rumur

var
  x : 0..2;

startstate "s" begin x := 0 end;
startstate "s" begin x := 1 end;
startstate begin x := 2 end;

rule "s" begin x := 0 end;
rule "s" begin x := 1 end;
rule begin x := 2 end;

invariant "s" x < 3;
invariant "s" x >= 0;
invariant x <= 2;
invariant "" true;
