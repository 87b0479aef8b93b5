-- A parameter of another range, even of one that is written alike, reads the value.
-- expect: holds
-- states: 1
-- rules: 1
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var a : 0..3; b : boolean;
procedure look(v : 0..3);
begin
  b := isundefined(v);
end;
startstate begin undefine a; b := true; end;
rule "look" begin look(a); end;
