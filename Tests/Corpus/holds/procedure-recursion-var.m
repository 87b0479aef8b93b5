-- A recursive procedure passes on its var parameter.
-- expect: holds
-- states: 16
-- rules: 80
-- judge: rumur

var
  a : array [0..4] of 0..4;

procedure fill(var target : array [0..4] of 0..4; from : 0..5; v : 0..4);
begin
  if from < 5 then
    target[from] := v;
    fill(target, from + 1, v);
  end;
end;

startstate begin fill(a, 0, 0) end;

ruleset i : 0..4 do
  rule "fill from i" begin fill(a, i, i) end;
end;

invariant "sorted" forall i : 0..3 do a[i] <= a[i + 1] end;
invariant "at most its index" forall i : 0..4 do a[i] <= i end;
