-- The least and the greatest value of a measure, each with a run.
var
  n: 0..3;
startstate
begin
  n := 1;
end;
rule "up"
  n < 3
==>
begin
  n := n + 1;
end;
rule "down"
  n = 3
==>
begin
  n := 0;
end;
measure "distance from two"
  n < 2 ? 2 - n : n - 2;
