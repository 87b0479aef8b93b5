-- An assertion within a function that a rule calls.
var
  n: 0..5;
procedure step(amount: 1..2);
begin
  assert "never four" n + amount != 4;
  n := n + amount;
end;
startstate
begin
  n := 0;
end;
rule "one"
  n < 4
==>
begin
  step(1);
end;
rule "two"
  n < 4
==>
begin
  step(2);
end;
