-- A parameter stands for the variable that it is handed, without `var` too.
-- expect: violated "a copy"
-- judge: rumur
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

type value : 0..3;
var a : value;
procedure change(v : value);
begin
  a := 2;
  if v = 1 then error "a copy"; end;
end;
startstate begin a := 1; end;
rule "call" begin change(a); a := 1; end;
