-- The question isundefined is about variables.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin undefine x end;
rule "set"
  isundefined(x + 1) ==> -- ^ here
begin
  clear x;
end;
