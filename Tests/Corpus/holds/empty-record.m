-- A record without fields is one value.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: rumur

var
  x, y : record end;
  b : boolean;

startstate begin b := x = y end;

rule "assign" begin x := y; b := !b end;
