-- A loop without a step whose end lies below its start counts down in Rumur, and has no round in
-- CMurphi.
-- expect: violated "a round"
-- judge: rumur
-- in CMurphi: holds 2 2
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

var count : 0..1;
startstate begin count := 0; end;
rule "shift" begin
  for i := 1 to count - 1 do error "a round"; end;
  count := 1 - count;
end;
