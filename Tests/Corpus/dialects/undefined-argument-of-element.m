-- A parameter of the type of a variable stands for it, undefined or not.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: rumur
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

type value : 0..3;
var a : array [0..1] of value; seen : boolean;
procedure look(v : value);
begin
  assert isundefined(v);
  seen := true;
end;
startstate begin undefine a; seen := true; end;
rule "look" begin look(a[0]); end;
