-- Undefine works on whole records and arrays.
-- expect: holds
-- states: 3
-- rules: 9
-- judge: rumur

var
  r : record x : 0..1; y : array [0..1] of boolean end;

startstate begin end;

rule "clear" begin clear r end;
rule "undefine element" begin undefine r.y[1] end;
rule "undefine all" begin undefine r end;
