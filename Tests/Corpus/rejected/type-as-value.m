-- A type is not a value.
-- expect: rejected
-- judge: rumur

type t : 0..3;
var x : t;
startstate begin x := 0 end;
rule "set" begin
  x := t; -- ^ here
end;
