-- Of the enabled rules those of the least number fire; a rule without one has 0.
-- expect: holds
-- states: 7
-- rules: 7
-- judge: none, Rumur does not read it
-- in CMurphi: holds 7 7
-- CMurphi 5.4.9: no error, 7 states, 7 rules fired
-- option: --deadlock off

var full : boolean; served : 0..3;
startstate begin full := false; served := 0; end;
rule "clean up" full ==> begin full := false; end;
rule 2 "serve" served < 3 ==> begin
  assert !full "served while full";
  served := served + 1;
  full := true;
end;
rule 2 "start again" served = 3 ==> begin served := 0; end;
rule 7 "never" true ==> begin error "the last one"; end;
