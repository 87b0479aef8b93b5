-- The sides of & are both boolean or both numbers.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set"
  x = 1 & x ==> -- ^ here
begin
  x := 1;
end;
