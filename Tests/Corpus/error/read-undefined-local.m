-- A local variable is read before it is assigned.
-- expect: error
-- judge: rumur

var x : 0..1;

startstate begin x := 0 end;

rule "local"
var l : 0..1;
begin
  x := l;
end;
