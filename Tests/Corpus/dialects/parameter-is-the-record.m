-- So does a parameter that is a record, behind an alias and a further call.
-- expect: violated "a copy"
-- judge: rumur
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

type message : record v : 0..3; end;
var net : array [0..1] of message; i : 0..1;
procedure clean();
begin
  net[0].v := 2;
  net[1].v := 2;
end;
procedure receive(m : message);
begin
  clean();
  if m.v = 1 then error "a copy"; end;
end;
startstate begin i := 1; net[0].v := 1; net[1].v := 1; end;
rule "call" begin
  alias m : net[i] do receive(m); end;
  net[0].v := 1;
  net[1].v := 1;
end;
