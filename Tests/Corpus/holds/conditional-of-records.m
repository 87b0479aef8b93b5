-- A conditional expression may choose between records.
-- expect: holds
-- states: 12
-- rules: 36
-- judge: rumur

type
  pair : record a, b : 0..1 end;

var
  p, q, r : pair;
  left : boolean;

startstate begin clear p; q.a := 1; q.b := 0; clear r; left := true end;

rule "choose" begin r := left ? p : q end;
rule "other" begin left := !left end;
rule "change" begin p.b := 1 - p.b end;
