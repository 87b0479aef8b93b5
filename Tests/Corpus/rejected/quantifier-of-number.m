-- The body of a quantifier is boolean.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set"
  forall i : 0..3 do i end ==> -- ^ here
begin
  x := 1;
end;
