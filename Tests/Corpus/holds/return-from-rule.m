-- Return ends a rule, a start state or a procedure early and keeps what was done.
-- expect: holds
-- states: 3
-- rules: 6
-- judge: rumur

var
  x : 0..4;

procedure early();
begin
  x := 1;
  return;
  x := 4;
end;

startstate begin early(); return; x := 4 end;

rule "return"
begin
  if x = 1 then
    x := 2;
    return;
  end;
  x := 3;
end;

rule "start over" begin early() end;

invariant "never four" x < 4;
