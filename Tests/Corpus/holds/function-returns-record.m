-- A function may return a record, and the result may be assigned, compared and passed on.
-- expect: holds
-- states: 14
-- rules: 42
-- judge: rumur

type
  pair : record a, b : 0..3 end;

var
  p : pair;

function swapped(v : pair) : pair;
var
  out : pair;
begin
  out.a := v.b;
  out.b := v.a;
  return out;
end;

function sum(v : pair) : 0..6;
begin
  return v.a + v.b;
end;

startstate begin p.a := 0; p.b := 1 end;

rule "swap" begin p := swapped(p) end;
rule "grow" begin if sum(swapped(p)) < 5 & p.a < 3 then p.a := p.a + 1 end end;
rule "same" begin if p = swapped(p) then p.a := 0; p.b := 1 end end;
