-- A run-time error in an action: the step that fails is shown with the place.
var
  queue: array [0..1] of 0..3;
  length: 0..2;
startstate
begin
  length := 0;
end;
rule "push"
  true
==>
begin
  queue[length] := length;
  length := length + 1;
end;
