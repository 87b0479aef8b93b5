-- A number ends where a letter follows, and a declaration may declare no name.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: rumur

type : boolean;
var
  n : 0..3;
  : 0..9;
  level : record : boolean; x : 0..1 end;

startstate begin n := 0; level.x := 0end;

rule begin
  for i := 0to 1do n := (n + 1) % 4; if i = 1then n := n + 3 - 1 - 2end end;
  n := n = 0?3:n - 1;
  for i := 1to 1by 1do n := (n + i) % 4end
end;
