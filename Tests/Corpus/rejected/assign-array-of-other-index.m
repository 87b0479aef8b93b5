-- Arrays of different indices do not mix.
-- expect: rejected
-- judge: rumur

var
  x : array [0..1] of boolean;
  y : array [1..2] of boolean;
startstate begin clear x; clear y end;
rule "set" begin
  x := y; -- ^ here
end;
