-- Each index has its own brackets.
-- expect: rejected
-- judge: rumur

var a : array [0..1] of array [0..1] of boolean;
startstate begin clear a end;
rule "set" begin
  a[0, 1] := true; -- ^ here
end;
