-- An array indexed by an enum takes no number.
-- expect: rejected
-- judge: rumur

var a : array [enum { red, green }] of boolean;
startstate begin clear a end;
rule "set" begin
  a[0] := true; -- ^ here
end;
