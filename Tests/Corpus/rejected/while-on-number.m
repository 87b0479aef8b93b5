-- The condition of a while is boolean.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  while x do x := 0 end; -- ^ here
end;
