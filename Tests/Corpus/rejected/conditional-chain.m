-- A conditional after the colon needs parentheses.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  x := x = 0 ? 1 : x = 1 ? 2 : 3; -- ^ here
end;
