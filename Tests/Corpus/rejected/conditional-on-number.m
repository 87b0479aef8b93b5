-- The condition of a conditional expression is boolean.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  x := x ? 1 : 2; -- ^ here
end;
