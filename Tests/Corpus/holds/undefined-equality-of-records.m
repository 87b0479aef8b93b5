-- Two records are equal when the same members are undefined, and comparing them never fails.
-- expect: holds
-- states: 8
-- rules: 32
-- judge: rumur

type
  pair : record a, b : 0..1 end;

var
  p, q : pair;
  same : boolean;

startstate
begin
  p.a := 0;
  q := p;
  same := true;
end;

rule "compare" begin same := p = q end;
rule "fill p" begin p.b := 1 end;
rule "fill q" begin q.b := 1 end;
rule "empty" begin undefine p.b; undefine q.b end;
