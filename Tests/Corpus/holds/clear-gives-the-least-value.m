-- Clear sets ranges to their lower bound, enums to the first member, booleans to false, element by element.
-- expect: holds
-- states: 3
-- rules: 9
-- judge: rumur

type
  colour : enum { red, green };
  thing : record n : -2..1; c : colour; b : boolean; a : array [boolean] of 5..6 end;

var
  t : thing;

startstate
begin
  clear t;
end;

rule "change"
begin
  t.n := 1;
  t.c := green;
  t.b := true;
  t.a[false] := 6;
end;

rule "clear part" begin clear t.a end;
rule "clear all" begin clear t end;

invariant "least or changed"
  (t.n = -2 & t.c = red & !t.b & t.a[false] = 5 & t.a[true] = 5) | (t.n = 1 & t.c = green);
