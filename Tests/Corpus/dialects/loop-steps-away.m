-- A step that leads away from the end is an error in Rumur, and no round in CMurphi.
-- expect: error
-- judge: rumur
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

var last : 0..2;
startstate begin last := 2; end;
rule "walk" begin
  for i := 0 to last by -1 do error "a round"; end;
end;
