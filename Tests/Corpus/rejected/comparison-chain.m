-- Comparisons do not chain.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set"
  0 < x < 3 ==> -- ^ here
begin
  x := 1;
end;
