-- A record returned by a function is compared in a guard.
-- expect: holds
-- states: 2
-- rules: 3
-- judge: none, version 2022.08 of the reference tool emits C that does not compile

-- p is (0,1) or (1,1). "grow" fires in both, "reset" in (1,1) only.

type pair : record a, b : 0..1 end;

var p : pair;

function swapped(v : pair) : pair;
var out : pair;
begin
  out.a := v.b;
  out.b := v.a;
  return out;
end;

function first(v : pair) : 0..1;
begin
  return v.a;
end;

startstate begin p.a := 0; p.b := 1 end;

rule "grow" first(swapped(p)) = 1 ==> begin p.a := 1 end;
rule "reset" p = swapped(p) ==> begin p.a := 0 end;
