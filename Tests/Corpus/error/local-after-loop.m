-- A local variable that is undefined is read after loops, which have had variables of their own.
-- expect: error
-- judge: rumur

var
  a : array [0..2] of boolean;
  b : boolean;

startstate begin clear a; b := false end;

function last() : 0..2;
begin
  for i : 0..2 do a[i] := !a[i] end;
  if forall j : 0..2 do a[j] end then return 2 end;
  return 0;
end;

rule "read"
  var x : 0..2;
begin
  for i : 0..2 do a[i] := true end;
  if exists j : 0..2 do !a[j] end then x := last() end;
  b := a[x];
end;
