-- A run-time error in a guard: no step fails, the state is at fault.
var
  a: boolean;
  b: boolean;
startstate
begin
  a := false;
end;
rule "set"
  !a
==>
begin
  a := true;
end;
rule "read"
  a & b
==>
begin
  a := false;
end;
