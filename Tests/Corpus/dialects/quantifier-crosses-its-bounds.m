-- What runs over no value is true of all and of none.
-- expect: violated "somewhere"
-- judge: rumur
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

var last : 0..1;
startstate begin last := 0; end;
rule "ask" begin
  if exists i := 1 to last do true end then error "somewhere"; end;
  if !forall i := 1 to last do false end then error "not everywhere"; end;
end;
