-- A run-time error in a procedure: which calls led there, innermost first.
var
  count: 0..2;
procedure up(step: 0..3);
begin
  count := count + step;
end;
procedure twice();
begin
  up(1);
  up(1);
end;
startstate
begin
  count := 1;
end;
rule "count"
  true
==>
begin
  twice();
end;
