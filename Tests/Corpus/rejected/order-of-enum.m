-- Enums have no order.
-- expect: rejected
-- judge: rumur

var x : enum { red, green };
startstate begin x := red end;
rule "set"
  x < green ==> -- ^ here
begin
  x := green;
end;
