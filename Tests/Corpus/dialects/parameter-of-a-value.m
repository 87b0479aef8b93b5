-- A value that is no variable is handed on as a copy.
-- expect: violated "a copy"
-- judge: rumur
-- in CMurphi: violated "a copy"
-- CMurphi 5.4.9: violated "a copy"
-- option: --deadlock off

type value : 0..3;
var a : value;
procedure change(v : value);
begin
  a := 2;
  if v = 1 then error "a copy"; end;
end;
startstate begin a := 1; end;
rule "call" begin change(a + 0); a := 1; end;
rule "call with the variable" a = 0 ==> begin change(a); end;
