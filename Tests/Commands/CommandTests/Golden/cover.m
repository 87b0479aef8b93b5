-- A cover that nothing reaches.
var
  n: 0..3;
startstate
begin
  n := 0;
end;
rule "count in twos"
  n < 2
==>
begin
  n := n + 2;
end;
rule "back"
  n = 2
==>
begin
  n := 0;
end;
cover "an odd number"
  n % 2 = 1;
cover "two"
  n = 2;
