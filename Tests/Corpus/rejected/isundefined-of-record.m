-- The question isundefined is about simple values.
-- expect: rejected
-- judge: rumur

var r : record a : 0..3 end;
startstate begin undefine r end;
rule "set"
  isundefined(r) ==> -- ^ here
begin
  clear r;
end;
