-- Var parameters are references: to variables, elements and fields, defined or not, and to the same thing twice.
-- expect: holds
-- states: 22
-- rules: 88
-- judge: rumur

var
  x : 0..9;
  a : array [0..2] of 0..9;
  r : record f : 0..9 end;

procedure set(var v : 0..9; w : 0..9);
begin
  v := w;
end;

procedure two(var v, w : 0..9);
begin
  v := 1;
  w := 2;
  if v = 2 then v := 3 end;
end;

startstate begin x := 0; r.f := 0 end;

rule "element" begin set(a[x % 3], 7) end;
rule "field" begin set(r.f, 5) end;
rule "same twice" begin two(x, x) end;
rule "different" begin two(x, r.f) end;
