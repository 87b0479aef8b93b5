-- A character that means nothing.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  x := 3 $ x; -- ^ here
end;
