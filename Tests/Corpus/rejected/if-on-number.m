-- The condition of an if is boolean.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  if x then x := 1 end; -- ^ here
end;
