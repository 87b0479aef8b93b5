-- Field names may repeat the names of variables, types and other records' fields.
-- expect: holds
-- states: 12
-- rules: 36
-- judge: rumur

type
  r : record x : 0..1; r : boolean end;
  q : record x : 0..2 end;

var
  x : r;
  y : q;

startstate begin x.x := 0; x.r := false; y.x := 0 end;

rule "x.x" begin x.x := 1 - x.x end;
rule "x.r" begin x.r := !x.r end;
rule "y.x" begin y.x := (y.x + 1) % 3 end;
