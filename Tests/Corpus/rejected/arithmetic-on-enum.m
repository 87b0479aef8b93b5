-- No arithmetic on enums.
-- expect: rejected
-- judge: rumur

var x : enum { red, green };
startstate begin x := red end;
rule "set" begin
  x := red + 1; -- ^ here
end;
