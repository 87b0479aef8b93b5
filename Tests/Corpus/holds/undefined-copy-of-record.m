-- Assigning a partly undefined record is not an error and copies what is undefined.
-- expect: holds
-- states: 20
-- rules: 80
-- judge: rumur

type
  pair : record a, b : 0..1 end;

var
  p, q : pair;

startstate
begin
  p.a := 0;
end;

rule "copy" begin q := p end;
rule "fill" begin p.b := 1 end;
rule "flip" begin p.a := 1 - p.a end;
rule "empty" begin undefine p.b end;

invariant "a is defined" !isundefined(p.a);
