-- `interleaved`, a reserved word of Murphi's manual, means nothing, and a priority may stand without
-- a name.
-- Each state has two successors but the last, which the first rule leaves.
-- expect: holds
-- states: 3
-- rules: 5

var
  a : array interleaved [0..1] of record interleaved x : 0..2; interleaved : boolean; end;
  b : multiset interleaved [2] of 0..1;

startstate
begin
  for i : 0..1 do a[i].x := 0; a[i].interleaved := true; end;
end;

rule 5 a[0].x < 2 ==> begin a[0].x := a[0].x + 1; end;
rule 5 begin a[0].x := 0; end;
