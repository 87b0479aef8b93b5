-- A range of one value has two states: that value and undefined.
-- expect: holds
-- states: 2
-- rules: 4
-- judge: rumur

var
  x : 3..3;

startstate begin end;

rule "set" begin x := 3 end;
rule "unset" begin undefine x end;
