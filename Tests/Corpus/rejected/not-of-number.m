-- The operand of ! is boolean.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set"
  !x ==> -- ^ here
begin
  x := 1;
end;
