-- A loop that counts down by a step runs in both.
-- expect: violated "three rounds"
-- judge: rumur
-- in CMurphi: violated "three rounds"
-- CMurphi 5.4.9: violated "three rounds"
-- option: --deadlock off

var rounds : 0..3; last : 0..3;
startstate begin rounds := 0; last := 1; end;
rule "walk" begin
  for i := 3 to last by -1 do rounds := rounds + 1; end;
  if rounds = 3 then error "three rounds"; end;
end;
