-- Changes to local variables are no progress.
-- expect: deadlock
-- judge: rumur

var x : 0..1;

startstate begin x := 0 end;

rule "local work"
var y : 0..9;
begin
  for i : 0..9 do y := i end;
end;
