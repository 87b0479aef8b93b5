-- An enum member is not compared with a number.
-- expect: rejected
-- judge: rumur

var x : enum { red, green };
startstate begin x := red end;
rule "set"
  x = 0 ==> -- ^ here
begin
  x := red;
end;
